// The HTTP API: requests with the key where one is needed, answers as they come, errors as sentences.

import { recall, remember } from "./memory.js";
import { text } from "./texts.js";
import { fetchTelling } from "./upload_request.js";

const form = document.getElementById("key");
const field = document.getElementById("key-field");
const refused = document.getElementById("key-refused");
let keyGiven = null;

/** What the server would not or could not do; the message is a sentence for the reader. */
export class Refusal extends Error {}

/** The server has nothing there. */
export class Missing extends Refusal {}

/** The JSON that a path answers. Throws Missing where there is nothing, or another Refusal. */
export async function get(path) {
  const response = await send(path, {});
  return response.json();
}

/** The text that a path answers. Throws as `get` does. */
export async function getText(path) {
  const response = await send(path, {});
  return response.text();
}

/** The JSON that comes back for what is sent to a path, null where nothing does. Throws as `get` does. */
export async function post(path, body) {
  const response = await send(path, asJson(body));
  return response.status === 204 ? null : response.json();
}

/** The same for a form with files; `told` is called with the share that has been sent, from 0 to 1. */
export async function upload(path, body, told) {
  const response = await send(path, { method: "POST", body, told });
  return response.json();
}

/** Deletes what a path leads to. Throws Missing where there is nothing, or another Refusal. */
export async function remove(path) {
  await send(path, { method: "DELETE" });
}

/** The events {event, data} of a streamed answer. Throws Refusal, or AbortError when stopped by the signal. */
export async function* ask(question, signal) {
  const response = await send("/v1/ask", { ...asJson({ ...question, stream: true }), signal });
  try {
    yield* events(response.body);
  } catch (error) {
    throw signal.aborted ? error : new Refusal(text("broken"), { cause: error });
  }
}

function asJson(body) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function send(path, options) {
  const key = recall("key");
  const headers = { ...options.headers, ...(key && { Authorization: `Bearer ${key}` }) };
  const response = await reach(path, { ...options, headers });
  if (response.status === 401) {
    await newKey(key, options.signal);
    return send(path, options);
  }
  if (response.status === 404) throw new Missing(await detail(response));
  if (!response.ok) throw new Refusal(await detail(response));
  return response;
}

async function reach(path, options) {
  try {
    return await (options.told ? fetchTelling(path, options) : fetch(path, options));
  } catch (error) {
    throw options.signal?.aborted ? error : new Refusal(text("unreachable"), { cause: error });
  }
}

async function detail(response) {
  try {
    return (await response.json()).detail || text("failed", response);
  } catch {
    return text("failed", response);
  }
}

/** Resolves once the reader has given another key than the refused one; requests under way share one question. */
function newKey(tried, signal) {
  if (recall("key") !== tried) return Promise.resolve();
  keyGiven ??= new Promise((resolve) => {
    refused.hidden = !tried;
    form.hidden = false;
    field.focus();
    form.addEventListener("submit", (event) => resolve(accept(event)), { once: true });
  });
  const stopped = new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
  return Promise.race([keyGiven, stopped]);
}

function accept(event) {
  event.preventDefault();
  remember("key", field.value);
  field.value = "";
  form.hidden = true;
  keyGiven = null;
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    const frames = (rest + value).split(/\r?\n\r?\n/);
    rest = frames.pop();
    yield* frames.map(parsed).filter(Boolean);
  }
}

/** One server-sent event: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
function parsed(frame) {
  const fields = frame.split(/\r?\n/).map((line) => /^(event|data): ?(.*)$/.exec(line)).filter(Boolean);
  const data = fields.filter(([, name]) => name === "data").map(([, , value]) => value);
  const event = fields.find(([, name]) => name === "event")?.[2];
  return data.length ? { event, data: JSON.parse(data.join("\n")) } : null;
}
