// The list of reports.

import { get } from "./api.js";
import { documentPage, element, link } from "./dom.js";
import { noteItems } from "./notes.js";
import { fill } from "./page.js";
import { dateText, languageName, text } from "./texts.js";

const table = document.getElementById("documents");
const more = document.getElementById("more");
let next = null;

function cell(name, ...children) {
  return element("td", { "data-column": text(name) }, ...children);
}

function row(report) {
  const title = link(documentPage(report.document_id), report.title || text("untitled"), { lang: report.language, dir: "auto" });
  const found = noteItems(report.report);
  const status = element("span", { class: `mark ${report.status === "superseded" ? "old" : ""}` }, text(`status_${report.status}`));
  return element(
    "tr",
    {},
    cell("column_symbol", element("bdi", {}, report.symbol ?? "–")),
    cell("column_title", title),
    cell("column_language", languageName(report.language)),
    cell("column_date", report.date ? dateText(report.date) : "–"),
    cell("column_status", status),
    cell("column_notes", found.length ? element("ul", { class: "notes" }, ...found) : "–"),
  );
}

async function showMore() {
  const after = next ? `&after=${encodeURIComponent(next)}` : "";
  const page = await get(`/v1/documents?limit=50${after}`);
  next = page.next;
  table.tBodies[0].append(...page.documents.map(row));
  const empty = table.tBodies[0].childElementCount === 0;
  document.getElementById("empty").hidden = !empty;
  table.hidden = empty;
  more.hidden = !next;
}

more.addEventListener("click", () => fill(showMore));
document.title = `${text("nav_documents")} – Reformbot`;
fill(showMore);
