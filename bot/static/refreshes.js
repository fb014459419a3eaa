// The refreshes of the index: the one under way, what could not be read, and those before.

import { actionView, begin, onPress, refreshPage } from "./actions.js";
import { get } from "./api.js";
import { element, link } from "./dom.js";
import { durationText, momentText, secondsBetween } from "./measures.js";
import { fill, tell } from "./page.js";
import { changeWords, follow, progressView, stateMark } from "./run_view.js";
import { failuresView } from "./sources_view.js";
import { text } from "./texts.js";

const at = (id) => document.getElementById(id);
const rows = at("runs").tBodies[0];
const ended = new Set(); // those followed to their end, which the list may be slow to tell
let next = null;

function runRow(run) {
  const marks = [run.dry_run ? "run_dry" : null, run.restored ? "run_restored" : null].filter(Boolean);
  return element(
    "tr",
    {},
    cell("column_started", link(refreshPage(run.run_id), momentText(run.started_at))),
    cell("column_state", stateMark(run)),
    cell("column_change", changeWords(run), ...marks.map((name) => element("p", { class: "muted" }, text(name)))),
    cell("column_took", run.finished_at ? durationText(secondsBetween(run.started_at, run.finished_at)) : "–"),
  );
}

function cell(name, ...children) {
  return element("td", { "data-column": text(name) }, ...children);
}

async function showRuns({ after = null } = {}) {
  const page = await get(`/v1/refresh${after ? `?after=${encodeURIComponent(after)}` : ""}`);
  if (!after) rows.replaceChildren();
  rows.append(...page.runs.map(runRow));
  next = page.next ?? null;
  at("more").hidden = !next;
  at("none").hidden = rows.childElementCount > 0;
  at("runs").hidden = rows.childElementCount === 0;
  return page.runs;
}

async function showFailures() {
  const { failures } = await get("/v1/failures");
  const all = actionView(text("retry_all"), () => begin("/v1/failures/retry", {}));
  const none = element("p", { class: "muted" }, text("failures_none"));
  at("failures-view").replaceChildren(...(failures.length ? [all, failuresView(failures)] : [none]));
  at("failures").hidden = false;
}

/** Follows the oldest refresh that has not ended, then the next, and tells anew what came of them. */
async function showRunning(runs) {
  const running = runs.findLast(({ run_id, state }) => state === "running" && !ended.has(run_id));
  at("running").hidden = !running;
  if (!running) return;
  const { node, show } = progressView(running);
  at("running-view").replaceChildren(node, element("p", {}, link(refreshPage(running.run_id), text("see_refresh"))));
  await follow(running.run_id, show);
  ended.add(running.run_id);
  await showAll();
}

async function showAll() {
  const [runs] = await Promise.all([showRuns(), showFailures()]);
  showRunning(runs).catch(tell);
}

at("more").addEventListener("click", () => fill(() => showRuns({ after: next })));
onPress(at("start"), at("told"), () => begin("/v1/refresh", {}));
onPress(at("try"), at("told"), () => begin("/v1/refresh", { dry_run: true }));
document.title = `${text("nav_refreshes")} – Reformbot`;
fill(showAll);
