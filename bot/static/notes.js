// What reading a document found and missed, as sentences.

import { element } from "./dom.js";
import { direction, text } from "./texts.js";

const SAID = {
  symbol: "said_symbol",
  "other symbol": "said_other_symbol",
  title: "said_title",
  date: "said_date",
  session: "said_session",
  "agenda item": "said_agenda_item",
  distribution: "said_distribution",
  "original language": "said_original_language",
};

const WHERE = {
  masthead: "where_masthead",
  "first page": "where_first_page",
  "running head": "where_running_head",
  heading: "where_heading",
  "file name": "where_file_name",
};

function recognised({ page, confidence }) {
  return `${page} (${Math.round(confidence * 100)} %)`;
}

function figures(report) {
  return [
    report.numbering_gaps.length ? text("note_gaps", { numbers: report.numbering_gaps.join(", ") }) : null,
    report.numbering_repeats.length ? text("note_repeats", { numbers: report.numbering_repeats.join(", ") }) : null,
    report.pages_without_text ? text("note_pages_without_text", { count: report.pages_without_text }) : null,
    ...(report.recognised.length ? [text("note_ocr_pages", { pages: report.recognised.map(recognised).join(", ") })] : []),
  ].filter(Boolean);
}

/** What the document says of itself and where it was found, as the terms and descriptions of a list. */
export function metadataItems(report) {
  return report.metadata.flatMap(({ name, value, where }) => [
    element("dt", {}, text(SAID[name])),
    element("dd", {}, element("bdi", {}, value), " ", element("span", { class: "muted" }, text(WHERE[where]))),
  ]);
}

/** What an ingest report's figures and warnings tell a reader, as list items; none when all went well. */
export function noteItems(report) {
  return [...figures(report), ...report.warnings].map((note) => element("li", { dir: direction(note) }, note));
}
