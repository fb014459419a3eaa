// What reading a document found and missed, as sentences.

import { element } from "./dom.js";
import { direction, text } from "./texts.js";

function figures(report) {
  return [
    report.numbering_gaps.length ? text("note_gaps", { numbers: report.numbering_gaps.join(", ") }) : null,
    report.numbering_repeats.length ? text("note_repeats", { numbers: report.numbering_repeats.join(", ") }) : null,
    report.pages_without_text ? text("note_pages_without_text", { count: report.pages_without_text }) : null,
    report.ocr_pages ? text("note_ocr_pages", { count: report.ocr_pages }) : null,
  ].filter(Boolean);
}

/** What an ingest report's figures and warnings tell a reader, as list items; none when all went well. */
export function noteItems(report) {
  return [...figures(report), ...report.warnings].map((note) => element("li", { dir: direction(note) }, note));
}
