// Tables of files: what a refresh did to each, and those that could not be read.

import { actionView, begin } from "./actions.js";
import { documentPage, element, link } from "./dom.js";
import { momentText, numberText } from "./measures.js";
import { CHANGES } from "./run_view.js";
import { direction, text } from "./texts.js";

const SHOWN = 200; // rows; a first refresh may have thousands

/** What was done to each file, or would be. */
export function stepsView(steps) {
  const more = text("steps_more", { shown: numberText(SHOWN), count: numberText(steps.length) });
  return element(
    "div",
    {},
    tableView(["column_change", "column_file"], steps.slice(0, SHOWN).map(stepRow)),
    steps.length > SHOWN ? element("p", { class: "muted" }, more) : null,
  );
}

function stepRow(step) {
  const { change } = step;
  return [element("span", { class: `mark change ${change}` }, text(CHANGES[change])), stepLink(step)];
}

function stepLink({ source, before, after }) {
  const place = after ?? before;
  return place ? link(documentPage(place), source, { dir: "auto" }) : fileName(source);
}

/** The files of these steps, each as the way to its document. */
export function filesView(steps) {
  const items = steps.map((step) => element("li", {}, stepLink(step)));
  return element("ul", { class: "files", tabindex: "0" }, ...items);
}

/** What could not be read and why; what is still set aside can be tried again. */
export function failuresView(failures) {
  const columns = ["column_file", "column_reason", "column_tries", "column_again", "column_action"];
  return tableView(columns, failures.map(failureRow));
}

function failureRow({ source, reason, attempts, again_at: again }) {
  return [
    fileName(source),
    element("span", { dir: direction(reason) }, reason),
    attempts ? numberText(attempts) : "–",
    again ? momentText(again) : text("set_aside"),
    attempts ? retryView(source) : "–",
  ];
}

function retryView(source) {
  const label = text("retry_source", { name: source });
  return actionView(text("retry"), () => begin("/v1/failures/retry", { sources: [source] }), { "aria-label": label });
}

const fileName = (source) => element("span", { class: "file", dir: "auto" }, source);

function tableView(columns, rows) {
  const head = element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, text(name))));
  const cells = (row) => row.map((cell, place) => element("td", { "data-column": text(columns[place]) }, cell));
  const body = rows.map((row) => element("tr", {}, ...cells(row)));
  return element("table", { class: "stacked" }, element("thead", {}, head), element("tbody", {}, ...body));
}
