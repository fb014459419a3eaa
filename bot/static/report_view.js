// The text of a report as elements: its paragraphs under their headings, alone or beside another version.

import { copyButton } from "./tools_view.js";
import { newCard } from "./card.js";
import { element } from "./dom.js";
import { gapAfter } from "./gaps.js";
import { tableView } from "./table_view.js";
import { direction, language as reader, text } from "./texts.js";

const rightward = (language) => (language === "ar" ? "rtl" : "ltr");
const { show: showCard } = newCard("auto");

/** The headings and paragraphs of a whole report. */
export function bodyView(report) {
  const body = element("div", { class: "body", ...inLanguage(report) });
  body.append(...newColumn(report, { named: true })(report.outline));
  return body;
}

/** Two versions, each row the same paragraph in both; the first has the anchors. */
export function besideView(report, other, rows) {
  const columns = [newColumn(report, { named: true }), newColumn(other, { named: false })];
  const cells = (row) => [report, other].map((each, side) => element("div", inLanguage(each), ...columns[side](row[side])));
  return element("div", { class: "body beside" }, ...rows.map((row) => element("div", { class: "pair" }, ...cells(row))));
}

function inLanguage({ language }) {
  return { lang: language, dir: rightward(language) };
}

/** What gives the elements of paragraphs one after the other, with headings where a section begins and gaps told. */
function newColumn(report, { named }) {
  let path = [];
  const gapOf = gapAfter(report.report.numbering_gaps);
  return (paragraphs) =>
    paragraphs.flatMap((paragraph) => {
      const before = headings(path, paragraph, { named });
      path = paragraph.section;
      const missing = gapOf(paragraph.paragraph);
      return [...before, paragraphView(paragraph, { named }), ...(missing ? [gapView(missing)] : [])];
    });
}

/** The headings of a section that the paragraph before was not under. */
function headings(before, { section, anchor }, { named }) {
  const shared = section.findIndex((title, depth) => title !== before[depth]);
  const fresh = shared === -1 ? [] : section.slice(shared);
  const id = (depth) => (named ? headingId(anchor, shared + depth) : null);
  return fresh.map((title, depth) => element(`h${Math.min(6, 2 + shared + depth)}`, { id: id(depth), tabindex: "-1" }, title));
}

const headingId = (anchor, depth) => `section-${depth}-${anchor}`;

function gapView(numbers) {
  const words = text("gap", { numbers });
  return element("p", { class: "gap", lang: reader, dir: direction(words) }, words);
}

function paragraphView(paragraph, { named }) {
  const { paragraph: printed, kind, mark, anchor, page } = paragraph;
  const name = printed ?? (kind === "footnote" && mark ? mark : "¶");
  const number = named ? element("a", { class: "number", href: `#${encodeURIComponent(anchor)}` }, name) : element("span", { class: "number" }, name);
  const words = kind === "table" ? tableView(paragraph.text) : element("p", { dir: direction(paragraph.text) }, paragraph.text);
  const place = page ? element("span", { class: "page muted" }, text("page", { page })) : null;
  const side = element("div", { class: "side", lang: reader, dir: rightward(reader) }, place, citeButton(paragraph, { named }));
  const attributes = { class: printed ? "paragraph" : `paragraph block ${kind}`, id: named ? anchor : null, tabindex: "-1" };
  return element("div", attributes, number, words, side);
}

function citeButton(paragraph, { named }) {
  const label = text("cite_paragraph", paragraph);
  const button = element("button", { type: "button", class: "plain cite", "aria-label": label }, text("cite"));
  button.addEventListener("click", () => showCard(button, ...citing(paragraph, { named })));
  return button;
}

function citing({ footnote, anchor }, { named }) {
  const told = element("p", { class: "muted", role: "status" });
  const tell = (sentence) => told.replaceChildren(sentence);
  const address = new URL(`#${encodeURIComponent(anchor)}`, location.href).href;
  const buttons = [copyButton("copy_footnote", () => footnote, tell), named ? copyButton("copy_link", () => address, tell) : null];
  return [element("p", { class: "label", dir: direction(footnote) }, footnote), element("div", { class: "tools" }, ...buttons), told];
}
