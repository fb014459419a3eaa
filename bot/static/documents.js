// The list of reports: each with its language versions and editions, and how they were read.

import { get } from "./api.js";
import { documentPage, element, link } from "./dom.js";
import { numberText } from "./measures.js";
import { noteItems } from "./notes.js";
import { fill } from "./page.js";
import { dateText, language, languageName, text } from "./texts.js";
import { takeFiles } from "./upload.js";

const PAUSE = 250; // milliseconds after the last letter
const NOTES_SHOWN = 2;
const at = (id) => document.getElementById(id);
const rows = at("works").tBodies[0];
const FIELDS = { query: at("words"), language: at("of-language"), status: at("of-status") };
let next = null;
let asked = 0;

function cell(name, ...children) {
  return element("td", { "data-column": text(name) }, ...children);
}

function workRow({ documents }) {
  const current = documents.filter(({ status }) => status === "current");
  const shown = current.length ? current : documents;
  const report = inReach(shown);
  const older = current.length ? documents.filter(({ status }) => status !== "current") : [];
  const status = element("span", { class: current.length ? "mark" : "mark old" }, text(current.length ? "status_current" : "status_superseded"));
  return element(
    "tr",
    {},
    cell("column_symbol", element("bdi", {}, report.symbol ?? "–")),
    cell("column_title", titleLink(report), older.length ? olderView(older) : null),
    cell("column_versions", element("ul", { class: "languages" }, ...shown.map(versionItem))),
    cell("column_date", report.date ? dateText(report.date) : "–"),
    cell("column_status", status),
    cell("column_notes", notesView(shown)),
  );
}

/** The version that a reader is shown first: in the language of the page, or in English, or another. */
function inReach(documents) {
  return [language, "en"].map((code) => documents.find((one) => one.language === code)).find(Boolean) ?? documents[0];
}

function titleLink(report) {
  const title = report.title || text("untitled");
  return link(documentPage(report.document_id), title, { lang: report.language, dir: "auto" });
}

function versionItem({ document_id, language: code }) {
  return element("li", {}, link(documentPage(document_id), languageName(code)));
}

function olderView(older) {
  const items = older.map(({ document_id, symbol, date, language: code }) => {
    const facts = [languageName(code), date ? dateText(date) : null].filter(Boolean).join(" · ");
    return element("li", {}, link(documentPage(document_id), symbol ?? text("untitled"), { dir: "auto" }), ` · ${facts}`);
  });
  const summary = element("summary", {}, text("superseded_versions", { count: older.length }));
  return element("details", { class: "older" }, summary, element("ul", {}, ...items));
}

/** What reading the versions found and missed; of more than one, each note under its language. */
function notesView(documents) {
  const noted = documents.map((one) => [one, noteItems(one.report)]).filter(([, items]) => items.length);
  if (!noted.length) return "–";
  const count = noted.reduce((sum, [, items]) => sum + items.length, 0);
  const lists = noted.flatMap(([one, items]) => [
    documents.length > 1 ? element("p", { class: "small" }, languageName(one.language)) : "",
    element("ul", { class: "notes" }, ...items),
  ]);
  if (count <= NOTES_SHOWN) return element("div", {}, ...lists);
  return element("details", {}, element("summary", {}, text("notes_count", { count })), ...lists);
}

/** What the reader looks for, as the query of an address. */
function wanted() {
  const values = Object.entries(FIELDS).map(([name, field]) => [name, field.value.trim()]);
  const chosen = [...values, ["flagged", at("flagged").checked ? "true" : ""]].filter(([, value]) => value);
  return new URLSearchParams(chosen);
}

async function showWorks({ after = null } = {}) {
  const turn = ++asked;
  const query = wanted();
  const filtered = query.size > 0;
  if (after) query.set("after", after);
  const page = await get(`/v1/works?${query}`);
  if (turn !== asked) return; // the reader has asked for others since
  if (!after) rows.replaceChildren();
  rows.append(...page.works.map(workRow));
  next = page.next;
  showWhat(page.total, filtered);
}

function showWhat(total, filtered) {
  at("works").hidden = total === 0;
  at("more").hidden = !next;
  at("empty").hidden = total > 0 || filtered;
  at("find").hidden = total === 0 && !filtered;
  const words = total ? text("works_count", { count: numberText(total) }) : text("works_none");
  at("count").textContent = total || filtered ? words : "";
}

function changed() {
  const query = wanted();
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  fill(showWorks);
}

function restore() {
  const query = new URLSearchParams(location.search);
  for (const [name, field] of Object.entries(FIELDS)) field.value = query.get(name) ?? "";
  at("flagged").checked = query.get("flagged") === "true";
}

let pause = null;
at("find").addEventListener("input", (event) => {
  clearTimeout(pause);
  pause = setTimeout(changed, event.target === FIELDS.query ? PAUSE : 0);
});
at("find").addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  changed();
});
at("more").addEventListener("click", () => fill(() => showWorks({ after: next })));
document.title = `${text("nav_documents")} – Reformbot`;
restore();
takeFiles(() => fill(showWorks));
fill(showWorks);
