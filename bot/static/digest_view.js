// What a refresh changed for readers: its digest, and each change from one edition to the next, with both citations.

import { documentPage, element, link } from "./dom.js";
import { direction, text } from "./texts.js";

const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;
const LANGUAGE = /\((\w\w)\)$/; // at the end of what a digest calls a document: "A/80/74 (en)"

/** The digest as lines of text, in which the paragraphs that it cites are links. */
export function digestView({ digest, editions }) {
  const places = editions.flatMap(({ changes }) => changes.flatMap(({ after, before }) => [after, before])).filter(Boolean);
  const known = Map.groupBy(places, ({ label }) => label);
  const lines = digest.split("\n").filter((line) => line.trim());
  return element("div", { class: "digest" }, ...lines.map((line) => lineView(line, known)));
}

function lineView(line, known) {
  const isChange = line.startsWith("- ");
  const words = isChange ? line.slice(2) : line;
  return element("p", { class: isChange ? "change" : null }, ...linked(words, known));
}

/** The pieces of a line; of a label that is in it twice, the first is the newer paragraph's and the second the older's. */
function linked(words, known) {
  if (!known.size) return [words];
  const met = new Map();
  // A pattern with one group: every other piece is a label.
  return words.split(pattern([...known.keys()])).map((piece, place) => {
    if (place % 2 === 0) return piece;
    const before = met.get(piece) ?? 0;
    met.set(piece, before + 1);
    const places = known.get(piece);
    return placeLink(places[Math.min(before, places.length - 1)]);
  });
}

function pattern(labels) {
  const longest = labels.toSorted((one, other) => other.length - one.length);
  const escaped = longest.map((label) => label.replace(SPECIAL, "\\$&"));
  return new RegExp(`(?<![\\p{L}\\p{N}])(${escaped.join("|")})(?![\\p{L}\\p{N}])`, "u");
}

/** The way to a paragraph of a report, by its label. */
function placeLink({ document_id, anchor, label }) {
  return link(`${documentPage(document_id)}#${encodeURIComponent(anchor)}`, label, { dir: "auto" });
}

/** Every change between two editions, as a table below their names. */
export function editionView({ before, after, changes }) {
  const names = { before: `\u2068${before.label}\u2069`, after: `\u2068${after.label}\u2069`, count: changes.length };
  const head = ["column_before", "column_after"].map((name) => element("th", { scope: "col" }, text(name)));
  const rows = changes.map((change) => changeRow(change, LANGUAGE.exec(after.label)?.[1]));
  const table = element("table", { class: "changes stacked" }, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows));
  return element("details", { class: "card" }, element("summary", {}, text("supersedes", names)), table);
}

function changeRow(change, language) {
  const note = change.kinds.find((kind) => kind in WHOLE);
  return element("tr", {}, sideCell("before", change, { language }), sideCell("after", change, { language, note }));
}

const WHOLE = { added: "kind_added", removed: "kind_removed", wording: "kind_wording" };

function sideCell(side, change, { language, note }) {
  const place = change[side];
  const values = change.values.map((value) => value[side]).filter(Boolean);
  const said = values.length ? values : [place?.quote].filter(Boolean);
  return element(
    "td",
    { "data-column": text(`column_${side}`) },
    place ? element("p", { class: "label" }, placeLink(place)) : null,
    ...said.map((words) => element("p", { lang: language, dir: direction(words) }, words)),
    note ? element("p", { class: "muted" }, text(WHOLE[note])) : null,
    place || note ? null : "–",
  );
}
