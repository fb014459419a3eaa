// A refresh: its state, what it changed in numbers, and how far it has come.

import { get } from "./api.js";
import { element } from "./dom.js";
import { durationText, numberText } from "./measures.js";
import { language, text } from "./texts.js";

const SECOND = 1000; // milliseconds
const STATES = { running: "run_running", done: "run_done", failed: "run_failed", held: "run_held" };

/** The kinds of change that a refresh counts, each with its name. */
export const CHANGES = {
  new: "count_new",
  changed: "count_changed",
  moved: "count_moved",
  removed: "count_removed",
  unchanged: "count_unchanged",
  failed: "count_failed",
};

/** A refresh as the API tells it, its digest in the reader's language. */
export const read = (id) => get(`/v1/refresh/${encodeURIComponent(id)}?language=${language}`);

/** Tells how a refresh gets on, every second, until it has ended; the refresh as it ended. */
export async function follow(id, told) {
  for (;;) {
    const run = await read(id);
    told(run);
    if (run.state !== "running") return run;
    await new Promise((resolve) => setTimeout(resolve, SECOND));
  }
}

/** The state of a refresh, marked. */
export function stateMark({ state }) {
  return element("span", { class: `mark state ${state}` }, text(STATES[state]));
}

/** How many documents, by what came of them. */
export function counts(run) {
  return Object.keys(CHANGES).map((change) => [change, change === "failed" ? run.failed.length : run[change]]);
}

/** What a refresh changed, in a line; of one that was held, what it would. */
export function changeWords(run) {
  if (run.state === "held" && run.removed) return text("would_remove", { count: numberText(run.removed) });
  if (run.state !== "done") return "–";
  const told = counts(run).filter(([change, count]) => count && change !== "unchanged");
  const words = told.map(([change, count]) => text("counted", { name: text(CHANGES[change]), count: numberText(count) }));
  return words.length ? words.join(" · ") : text("nothing_changed");
}

/** The stage that a refresh under way is at, in a sentence. */
export function stageWords({ files, files_done }) {
  if (!files) return text("progress_waiting");
  return text(files_done < files ? "progress_reading" : "progress_embedding");
}

/** Shows how far a refresh has come: an element, and what takes the refresh as it gets on. */
export function progressView(run) {
  const stage = element("p", { role: "status" });
  const bar = element("progress", { "aria-label": text("progress_label"), max: "1" });
  const facts = element("p", { class: "facts muted" });

  function show(now) {
    const words = stageWords(now);
    if (stage.textContent !== words) stage.textContent = words; // told once by screen readers
    const share = shareDone(now);
    if (share === null) bar.removeAttribute("value");
    else bar.value = share;
    facts.replaceChildren(...progressFacts(now).map((fact) => element("span", {}, fact)));
  }

  show(run);
  return { node: element("div", { class: "progress" }, stage, bar, facts), show };
}

/** The share of the files while they are read; null before and after, when how long it takes is not known. */
function shareDone({ files, files_done }) {
  return files_done < files ? files_done / files : null;
}

function progressFacts(run) {
  const { files, files_done, passages, passages_embedded, passages_per_second: rate, seconds_left: left } = run;
  return [
    files ? text("progress_files", { done: numberText(files_done), all: numberText(files) }) : null,
    passages ? text("progress_passages", { done: numberText(passages_embedded), all: numberText(passages) }) : null,
    rate ? text("progress_rate", { rate: numberText(Math.round(rate)) }) : null,
    left ? text("progress_left", { time: durationText(left) }) : null,
  ].filter(Boolean);
}
