// One report, whole, with every paragraph under its number.

import { editionView } from "./answer_view.js";
import { get } from "./api.js";
import { documentPage, element, link } from "./dom.js";
import { metadataItems, noteItems } from "./notes.js";
import { fill, lastPart } from "./page.js";
import { tableView } from "./table_view.js";
import { dateText, direction, languageName, text } from "./texts.js";

const place = document.getElementById("document");

function headView(report) {
  const found = noteItems(report.report);
  return element(
    "header",
    {},
    report.symbol ? element("p", { class: "symbol" }, element("bdi", {}, report.symbol)) : null,
    element("h1", { lang: report.language, dir: "auto" }, report.title || text("untitled")),
    factsView(report),
    report.superseded_by ? editionView(report) : null,
    report.versions.length ? versionsView(report.versions) : null,
    found.length ? notesView(found) : null,
    report.report.metadata.length ? metadataView(report.report) : null,
  );
}

function factsView(report) {
  const facts = [
    languageName(report.language),
    report.date ? dateText(report.date) : null,
    report.edition ? element("bdi", {}, report.edition) : null,
    report.pages ? text("pages", { count: report.pages }) : null,
    text("paragraphs", { count: report.paragraphs }),
    report.report.tables ? text("tables", { count: report.report.tables }) : null,
    text("source", { name: `\u2068${report.source.split("/").pop()}\u2069` }),
  ];
  return element("p", { class: "facts muted" }, ...facts.filter(Boolean).map((fact) => element("span", {}, fact)));
}

function versionsView(versions) {
  const items = versions.map((version) => element("li", {}, ...versionFacts(version)));
  const heading = element("h2", { id: "versions", class: "small" }, text("versions"));
  return element("section", { "aria-labelledby": "versions" }, heading, element("ul", {}, ...items));
}

function versionFacts({ document_id, language, symbol, status }) {
  const name = symbol ? [" · ", element("bdi", {}, symbol)] : [];
  return [link(documentPage(document_id), languageName(language)), ...name, ` · ${text(`status_${status}`)}`];
}

function notesView(found) {
  const summary = element("summary", {}, `${text("column_notes")} (${found.length})`);
  return element("details", { class: "card" }, summary, element("ul", {}, ...found));
}

function metadataView(report) {
  const summary = element("summary", {}, text("said_heading"));
  return element("details", { class: "card" }, summary, element("dl", { class: "said" }, ...metadataItems(report)));
}

function bodyView(report) {
  const rightward = report.language === "ar" ? "rtl" : "ltr";
  const body = element("div", { class: "body", lang: report.language, dir: rightward });
  let path = [];
  for (const paragraph of report.outline) {
    body.append(...headings(path, paragraph.section), paragraphView(paragraph));
    path = paragraph.section;
  }
  return body;
}

/** The headings of a section that the paragraph before was not under. */
function headings(before, section) {
  const shared = section.findIndex((title, depth) => title !== before[depth]);
  const fresh = shared === -1 ? [] : section.slice(shared);
  return fresh.map((title, depth) => element(`h${Math.min(6, 2 + shared + depth)}`, {}, title));
}

function paragraphView(paragraph) {
  const { paragraph: printed, kind, mark, anchor } = paragraph;
  const number = element("a", { class: "number", href: `#${encodeURIComponent(anchor)}` }, printed ?? (kind === "footnote" && mark ? mark : "¶"));
  const page = paragraph.page ? element("span", { class: "page muted", lang: document.documentElement.lang }, text("page", paragraph)) : null;
  const words = kind === "table" ? tableView(paragraph.text) : element("p", { dir: direction(paragraph.text) }, paragraph.text);
  return element("div", { class: printed ? "paragraph" : `paragraph block ${kind}`, id: anchor, tabindex: "-1" }, number, words, page);
}

/** Goes to the paragraph that the address names; it was not there yet when the browser looked for it. */
function goToParagraph() {
  if (!location.hash) return;
  location.replace(location.hash);
  document.querySelector(":target")?.focus({ preventScroll: true });
}

fill(async () => {
  const report = await get(`/v1/documents/${lastPart()}`);
  place.append(headView(report), bodyView(report));
  document.title = `${report.symbol ?? report.title} – Reformbot`;
  goToParagraph();
});
