// What stands above the text of a report: what it is, its versions, how it was read.

import { editionView } from "./citation_view.js";
import { documentPage, element, link } from "./dom.js";
import { metadataItems, noteItems } from "./notes.js";
import { dateText, languageName, text } from "./texts.js";

const ENGLISH_NAMES = new Intl.DisplayNames(["en"], { type: "language" });

/** The head of a report; `beside` is called with the id of the version to read beside it, or null. */
export function headView(report, { chosen, beside }) {
  const found = noteItems(report.report);
  return element(
    "header",
    {},
    report.symbol ? element("p", { class: "symbol" }, element("bdi", {}, report.symbol)) : null,
    element("h1", { lang: report.language, dir: "auto" }, report.title || text("untitled")),
    factsView(report),
    report.superseded_by ? editionView(report) : null,
    report.versions.length ? versionsView(report) : null,
    report.versions.length ? chooserView(report, { chosen, beside }) : null,
    found.length ? notesView(found) : null,
    report.report.metadata.length ? metadataView(report.report) : null,
  );
}

function factsView(report) {
  const facts = [
    languageText(report, report.language),
    report.date ? dateText(report.date) : null,
    report.edition ? element("bdi", {}, report.edition) : null,
    report.pages ? text("pages", { count: report.pages }) : null,
    text("paragraphs", { count: report.paragraphs }),
    report.report.tables ? text("tables", { count: report.report.tables }) : null,
    text("source", { name: `\u2068${report.source.split("/").pop()}\u2069` }),
  ];
  return element("p", { class: "facts muted" }, ...facts.filter(Boolean).map((fact) => element("span", {}, fact)));
}

/** The name of a language, marked where the report says that it was written in it. */
function languageText({ report: { metadata } }, code) {
  const original = metadata.find(({ name }) => name === "original language")?.value;
  return `${languageName(code)}${original && original === englishName(code) ? ` (${text("original")})` : ""}`;
}

function englishName(code) {
  try {
    return ENGLISH_NAMES.of(code);
  } catch {
    return code;
  }
}

function versionsView(report) {
  const items = report.versions.map((version) => element("li", {}, ...versionFacts(report, version)));
  const heading = element("h2", { id: "versions", class: "small" }, text("versions"));
  return element("section", { class: "versions", "aria-labelledby": "versions" }, heading, element("ul", {}, ...items));
}

function versionFacts(report, { document_id, language, symbol, status }) {
  const name = symbol ? [" · ", element("bdi", {}, symbol)] : [];
  return [link(documentPage(document_id), languageText(report, language)), ...name, ` · ${text(`status_${status}`)}`];
}

function chooserView(report, { chosen, beside }) {
  const options = report.versions.map(({ document_id, language, symbol }) => {
    const name = [languageText(report, language), symbol].filter(Boolean).join(" · ");
    return element("option", { value: document_id, selected: document_id === chosen ? "" : null }, name);
  });
  const chooser = element("select", { autocomplete: "off" }, element("option", { value: "" }, text("beside_nothing")), ...options);
  chooser.addEventListener("change", () => beside(chooser.value || null));
  return element("label", { class: "field chooser" }, text("beside"), chooser);
}

function notesView(found) {
  const summary = element("summary", {}, `${text("column_notes")} (${found.length})`);
  return element("details", { class: "card" }, summary, element("ul", {}, ...found));
}

function metadataView(report) {
  const summary = element("summary", {}, text("said_heading"));
  return element("details", { class: "card" }, summary, element("dl", { class: "said" }, ...metadataItems(report)));
}
