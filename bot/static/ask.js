// The page to ask on: questions and answers of one conversation, kept in this tab.

import { ask, Missing, Refusal, remove } from "./api.js";
import { asked, chosenNames, offer } from "./filters.js";
import { recall, remember } from "./memory.js";
import { text } from "./texts.js";
import { newTurn } from "./turn.js";

const at = (id) => document.getElementById(id);
const form = at("ask");
const field = at("question");
const turns = at("turns");
let conversation = recall("conversation") ?? { id: null, answers: [] };
let stopping = null;

function show() {
  const begun = turns.childElementCount > 0;
  at("content").classList.toggle("begun", begun);
  at("examples").hidden = begun;
  at("new").hidden = !begun;
  at("forget").hidden = stopping !== null || conversation.id === null;
  at("send").hidden = stopping !== null;
  at("stop").hidden = stopping === null;
}

function addTurn(question, filters) {
  const turn = newTurn(question, filters);
  turns.append(turn.node);
  return turn;
}

async function put(question) {
  if (stopping || !question.trim()) return;
  const filters = chosenNames();
  const turn = addTurn(question, filters);
  tell("");
  stopping = new AbortController();
  turn.status(text("waiting"));
  show();
  turn.node.scrollIntoView();
  try {
    const answer = await answered(question, turn, stopping.signal);
    turn.answer(answer);
    keep({ ...answer, filters });
  } catch (error) {
    failed(error, question, turn);
  } finally {
    stopping = null;
    show();
  }
}

async function answered(question, turn, signal) {
  let words = "";
  let verified = { text: "", after: 0 };
  const citations = [];
  for await (const { event, data } of ask({ question, conversation_id: conversation.id, ...asked() }, signal)) {
    if (event === "status") turn.status(data.text);
    if (event === "citation") citations.push(data);
    if (event === "token") words += data.text;
    if (event === "verified") verified = { text: data.text, after: words.length };
    if (event === "token" || event === "verified") turn.draft(words, verified, citations);
    if (event === "error") throw new Refusal(data.detail);
    if (event === "answer") return data;
  }
  throw new Refusal(text("broken"));
}

function keep(answer) {
  conversation = { id: answer.conversation_id, answers: [...conversation.answers, answer] };
  remember("conversation", conversation);
}

function failed(error, question, turn) {
  const stopped = error.name === "AbortError";
  if (!stopped && !(error instanceof Refusal)) console.error(error);
  const sentence = error instanceof Refusal ? error.message : text(stopped ? "stopped" : "broken");
  turn.problem(sentence, () => {
    turn.node.remove();
    put(question);
  });
  turn.node.scrollIntoView({ block: "nearest" });
}

function startAnew() {
  stopping?.abort();
  conversation = { id: null, answers: [] };
  remember("conversation", null);
  turns.replaceChildren();
  show();
  field.focus();
}

/** Deletes the conversation once the button, which then asks whether it is meant, has been pressed again. */
async function forget() {
  const sure = at("forget").dataset.sure;
  askWhetherSure(!sure);
  if (!sure) return;
  try {
    await remove(`/v1/conversations/${encodeURIComponent(conversation.id)}`);
  } catch (error) {
    if (!(error instanceof Missing)) return tell(error instanceof Refusal ? error.message : text("broken"));
  }
  startAnew();
  tell(text("forgotten"));
}

function askWhetherSure(asked) {
  const button = at("forget");
  button.textContent = text(asked ? "forget_sure" : "forget");
  if (asked) button.dataset.sure = "asked";
  else delete button.dataset.sure;
}

function tell(sentence) {
  at("told").textContent = sentence;
}

async function showWhetherEmpty() {
  try {
    const holdsSomething = await offer();
    at("empty").hidden = holdsSomething;
    at("examples").hidden ||= !holdsSomething;
  } catch (error) {
    // Whatever is wrong is told when somebody asks.
    console.warn(error);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (stopping) return;
  put(field.value);
  field.value = "";
});

field.addEventListener("keydown", (event) => {
  // While an input method composes, Enter chooses a word; Safari says so only by the code 229.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  form.requestSubmit();
});

for (const chip of document.querySelectorAll("#examples .chip")) {
  chip.addEventListener("click", () => put(chip.textContent));
  chip.disabled = false;
}
at("stop").addEventListener("click", () => stopping?.abort());
at("new").addEventListener("click", startAnew);
at("forget").addEventListener("click", forget);
at("forget").addEventListener("blur", () => askWhetherSure(false));

for (const answer of conversation.answers) addTurn(answer.question, answer.filters).answer(answer);
show();
showWhetherEmpty();
form.dataset.ready = "yes";
if (form.dataset.sent) form.requestSubmit();
