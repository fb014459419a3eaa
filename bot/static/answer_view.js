// An answer with its citations, as elements.

import { showCard } from "./card.js";
import { documentPage, element, link } from "./dom.js";
import { definitionsView, explained } from "./term_view.js";
import { dateText, direction, languageName, text } from "./texts.js";

const MARKERS = /\[(\d+(?:\s*[,;]\s*\d+)*)\]/;
let views = 0;

/** The whole answer: its text, its citations or the nearest paragraphs, and what it rests on. */
export function answerView(answer) {
  const view = `${++views}`;
  const words = answer.abstained ? answer.reason || answer.answer : answer.answer;
  const cited = answer.abstained ? answer.nearest : answer.citations;
  const { definitions = [], mentions = [] } = answer;
  return [
    definitions.length ? definitionsView(definitions, { view }) : null,
    element("div", { class: answer.abstained ? "words abstained" : "words", lang: answer.language }, ...paragraphs(words, cited, mentions)),
    cited.length ? citationsView(cited, { view, title: text(answer.abstained ? "nearest" : "sources"), mentions }) : null,
    footView(answer),
  ].filter(Boolean);
}

/**
 * The lines of a text as paragraphs, with each [n] that names a citation as a button that shows its quote, and each
 * term that is mentioned as one to ask the meaning of.
 */
export function paragraphs(words, citations, mentions = []) {
  const lines = words.split("\n").filter((line) => line.trim());
  const told = new Set();
  return lines.map((line) => element("p", { dir: direction(line) }, ...marked(line, citations, (piece) => explained(piece, mentions, told))));
}

function marked(line, citations, plain) {
  // A pattern with one group: every other piece is the numbers between brackets.
  return line.split(MARKERS).flatMap((piece, place) => (place % 2 ? buttons(piece, citations) : plain(piece)));
}

function buttons(numbers, citations) {
  const named = numbers.split(/[,;]/).map((number) => citations.find(({ marker }) => marker === Number(number)));
  return named.every(Boolean) ? named.map(markerButton) : [`[${numbers}]`];
}

function markerButton(citation) {
  const label = text("show_quote", { number: citation.marker });
  const button = element("button", { type: "button", class: "marker", "aria-label": label }, `[${citation.marker}]`);
  button.addEventListener("click", () => showQuote(button, citation));
  return button;
}

function showQuote(button, citation) {
  const label = element("p", { class: "label", dir: "auto" }, citation.label);
  showCard(button, label, quoteView(citation), element("p", {}, link(citation.url, text("read_paragraph"))));
}

function citationsView(citations, { view, title, mentions }) {
  const heading = `sources-${view}`;
  return element(
    "section",
    { class: "sources", "aria-labelledby": heading },
    element("h3", { id: heading, class: "small" }, title),
    element("ol", {}, ...citations.map((citation) => citationView(citation, mentions))),
  );
}

function citationView(citation, mentions) {
  return element(
    "li",
    {},
    citation.marker ? element("span", { class: "number", "aria-hidden": "true" }, `${citation.marker}`) : null,
    element("p", { class: "label" }, link(citation.url, citation.label, { dir: "auto" })),
    factsView(citation),
    citation.superseded_by ? editionView(citation) : null,
    quoteView(citation, mentions),
    citation.text ? wholeView(citation) : null,
  );
}

/** The whole paragraph as it stood, which a kept answer holds. */
function wholeView({ text: words, language }) {
  const summary = element("summary", {}, text("whole_paragraph"));
  return element("details", {}, summary, element("blockquote", { lang: language, dir: direction(words) }, words));
}

function factsView({ symbol, title, language, date, page, recognised }) {
  const facts = [
    symbol ? element("bdi", { lang: language }, title) : null,
    languageName(language),
    date ? dateText(date) : null,
    page ? text("page", { page }) : null,
    recognised ? text("recognised") : null,
  ];
  return element("p", { class: "facts muted" }, ...facts.filter(Boolean).map((fact) => element("span", {}, fact)));
}

/** The mark of a document that a newer edition has replaced, with the way to that one. */
export function editionView({ superseded_by }) {
  return element("p", { class: "edition" }, `${text("superseded")} `, link(documentPage(superseded_by), text("newer_edition")));
}

function quoteView({ quote, translation, language }, mentions = []) {
  const pieces = explained(quote, mentions, new Set());
  const words = element("blockquote", { lang: language, dir: language === "ar" ? "rtl" : "ltr" }, ...pieces);
  if (!translation) return words;
  const translated = element("blockquote", { dir: direction(translation) }, translation);
  return element("div", {}, words, element("p", { class: "small" }, text("translation")), translated);
}

/** How recent the index and the newest report are, as the answer says it; those kept before it did have the date. */
function asOfView({ as_of_line: line, as_of, language }) {
  if (line) return element("bdi", { lang: language, dir: direction(line) }, line);
  return as_of ? text("as_of", { date: dateText(as_of) }) : null;
}

function footView(answer) {
  const facts = [
    answer.abstained ? null : text(`mode_${answer.mode}`),
    asOfView(answer),
    link(`/answers/${encodeURIComponent(answer.answer_id)}`, text("permalink")),
  ];
  return element("p", { class: "facts foot muted" }, ...facts.filter(Boolean).map((fact) => element("span", {}, fact)));
}
