// One refresh: how far it is, what it changed, what failed, and the way on or back.

import { actionView, begin, sureActionView } from "./actions.js";
import { get, Missing, post } from "./api.js";
import { digestView, editionView } from "./digest_view.js";
import { element } from "./dom.js";
import { durationText, momentText, numberText, secondsBetween } from "./measures.js";
import { fill, lastPart, tell } from "./page.js";
import { CHANGES, counts, follow, progressView, read, stateMark } from "./run_view.js";
import { failuresView, filesView, stepsView } from "./sources_view.js";
import { direction, text } from "./texts.js";

const id = decodeURIComponent(lastPart());
const place = document.getElementById("run");

function factsView(run) {
  const facts = [
    stateMark(run),
    run.finished_at ? text("took", { time: durationText(secondsBetween(run.started_at, run.finished_at)) }) : null,
    run.dry_run ? text("run_dry") : null,
    run.restored ? text("run_restored") : null,
  ];
  return element("p", { class: "facts muted" }, ...facts.filter(Boolean).map((fact) => element("span", {}, fact)));
}

function countsView(run) {
  const tiles = counts(run).map(([change, count]) =>
    element("div", {}, element("dt", {}, text(CHANGES[change])), element("dd", {}, numberText(count))),
  );
  return element("dl", { class: "tiles", "aria-label": text("counts_heading") }, ...tiles);
}

function section(name, ...children) {
  return element("section", { "aria-labelledby": name }, element("h2", { id: name }, text(name)), ...children);
}

/** Why nothing was changed; null where something could be. */
function troubleView(run) {
  if (run.state === "failed") return warning(run.digest || text("broken_off"));
  if (run.state !== "held") return null;
  return run.problems.length ? heldByQuestions(run) : heldByRemoval(run);
}

function warning(words, ...children) {
  return element("div", { class: "card warning" }, element("p", { dir: direction(words) }, words), ...children);
}

function heldByQuestions(run) {
  const items = run.problems.map((problem) => element("li", { dir: direction(problem) }, problem));
  return warning(text("held_questions"), element("ul", {}, ...items), aheadView(run, "go_ahead_sure_questions"));
}

function heldByRemoval(run) {
  const removed = run.steps.filter(({ change }) => change === "removed");
  const heading = element("h2", { class: "small" }, text("would_remove", { count: numberText(removed.length) }));
  return warning(text("held_removal"), heading, filesView(removed), aheadView(run, "go_ahead_sure"));
}

/** Goes on with what was held, once that is asked for twice. */
function aheadView(run, sure) {
  return sureActionView(text("go_ahead"), { sure: text(sure), work: () => begin(way(run, "proceed"), {}) });
}

/** What failed in this refresh, with what is known of it by now. */
async function failedView({ failed }) {
  if (!failed.length) return null;
  const { failures } = await get("/v1/failures");
  const known = new Map(failures.map((failure) => [failure.source, failure]));
  return section("failures_heading", failuresView(failed.map((failure) => known.get(failure.source) ?? failure)));
}

function restoreView(run) {
  const plan = element("div", { "aria-live": "polite" });
  const ask = actionView(text("restore_plan"), async () => {
    const { run_id } = await post(way(run, "restore"), { dry_run: true });
    plan.replaceChildren(...planned(await follow(run_id, () => {}), run));
  });
  return section("restore_heading", element("p", { class: "muted" }, text("restore_why")), ask, plan);
}

const way = ({ run_id }, where) => `/v1/refresh/${encodeURIComponent(run_id)}/${where}`;

function planned({ steps }, run) {
  if (!steps.length) return [element("p", {}, text("restore_nothing"))];
  return [stepsView(steps), actionView(text("restore_go"), () => begin(way(run, "restore"), {}))];
}

async function endedView(run) {
  const changed = run.state === "done" && !run.dry_run;
  return [
    troubleView(run),
    run.state === "done" ? countsView(run) : null,
    changed ? section("digest_heading", digestView(run)) : null,
    run.editions.length ? section("changes_heading", ...run.editions.map(editionView)) : null,
    await failedView(run),
    run.steps.length && run.state !== "held" ? section(run.dry_run ? "steps_dry" : "steps_heading", stepsView(run.steps)) : null,
    changed ? restoreView(run) : null,
  ].filter(Boolean);
}

async function show(run) {
  const heading = text("refresh_heading", { moment: momentText(run.started_at) });
  document.getElementById("heading").textContent = heading;
  document.title = `${heading} – Reformbot`;
  place.replaceChildren(factsView(run), ...(run.state === "running" ? [runningView(run)] : await endedView(run)));
}

/** How far the refresh has come, until it has ended and the page tells what came of it. */
function runningView(run) {
  const progress = progressView(run);
  follow(id, progress.show).then(showEnded).catch(tell);
  return element("div", { class: "card" }, progress.node);
}

async function showEnded(run) {
  await show(run);
  document.getElementById("ended").textContent = stateMark(run).textContent;
}

fill(async () => {
  try {
    await show(await read(id));
  } catch (error) {
    throw error instanceof Missing ? new Missing(text("refresh_gone"), { cause: error }) : error;
  }
});
