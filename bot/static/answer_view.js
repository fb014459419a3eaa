// An answer with its citations, as elements.

import { showCard } from "./card.js";
import { documentPage, element, link } from "./dom.js";
import { definitionsView, explained } from "./term_view.js";
import { dateText, direction, languageName, text } from "./texts.js";

const MARKERS = /\[(\d+(?:\s*[,;]\s*\d+)*)\]/;
// An answer in quotes has one on a line, with whatever marks it holds itself.
const LINE_OF_QUOTE = /^(“.+”)(?=(?:\s*\[\d+\])*$)/;
const QUOTES = /(“[^“”]+”|«[^«»]+»)/;
let views = 0;

/** The whole answer: its text, its citations or the nearest paragraphs, and what it rests on. */
export function answerView(answer) {
  const view = `${++views}`;
  const words = answer.abstained ? answer.reason || answer.answer : answer.answer;
  const cited = answer.abstained ? answer.nearest : answer.citations;
  const { definitions = [], mentions = [], language } = answer;
  return [
    definitions.length ? definitionsView(definitions, { view }) : null,
    element("div", { class: answer.abstained ? "words abstained" : "words", lang: language }, ...paragraphs(words, cited, { mentions, language })),
    cited.length ? citationsView(cited, { view, title: text(answer.abstained ? "nearest" : "sources"), mentions, language }) : null,
    footView(answer),
  ].filter(Boolean);
}

/**
 * The lines of a text as paragraphs, with each [n] that names a citation as a button that shows its quote, and each
 * term that is mentioned as one to ask the meaning of; `language` is that of the text and of translations.
 */
export function paragraphs(words, citations, { mentions = [], language = null } = {}) {
  const lines = words.split("\n").filter((line) => line.trim());
  const told = new Set();
  const plain = (piece) => explained(piece, mentions, told);
  return lines.map((line) => element("p", { dir: frameDirection(line) }, ...marked(line, citations, { plain, language })));
}

/** The direction of what a line says itself, however long the quotes in it are; of a quote alone its own. */
function frameDirection(line) {
  const frame = LINE_OF_QUOTE.test(line) ? line : line.replaceAll(new RegExp(QUOTES, "g"), "");
  return direction(frame);
}

/** The pieces of a line; what it quotes keeps its own direction, so that its marks and the [n] after it stay in place. */
function marked(line, citations, { plain, language }) {
  // A pattern with one group: every other piece is a quote.
  const pieces = line.split(LINE_OF_QUOTE.test(line) ? LINE_OF_QUOTE : QUOTES);
  const parts = (piece) => withButtons(piece, citations, { plain, language });
  return pieces.flatMap((piece, place) => (place % 2 ? [quoteIn(piece, citations, parts)] : parts(piece)));
}

function quoteIn(piece, citations, parts) {
  const cited = citations.find(({ quote }) => quote.includes(piece.slice(1, -1)));
  return element("bdi", { lang: cited?.language, dir: direction(piece) }, ...parts(piece));
}

function withButtons(words, citations, { plain, language }) {
  // A pattern with one group: every other piece is the numbers between brackets.
  return words.split(MARKERS).flatMap((piece, place) => (place % 2 ? buttons(piece, citations, language) : plain(piece)));
}

function buttons(numbers, citations, language) {
  const named = numbers.split(/[,;]/).map((number) => citations.find(({ marker }) => marker === Number(number)));
  return named.every(Boolean) ? named.map((citation) => markerButton(citation, language)) : [`[${numbers}]`];
}

function markerButton(citation, language) {
  const label = text("show_quote", { number: citation.marker });
  const button = element("button", { type: "button", class: "marker", "aria-label": label }, `[${citation.marker}]`);
  button.addEventListener("click", () => showQuote(button, citation, language));
  return button;
}

function showQuote(button, citation, language) {
  const label = element("p", { class: "label", dir: "auto" }, citation.label);
  const quote = quoteView(citation, { language });
  showCard(button, label, quote, element("p", {}, link(citation.url, text("read_paragraph"))));
}

function citationsView(citations, { view, title, mentions, language }) {
  const heading = `sources-${view}`;
  return element(
    "section",
    { class: "sources", "aria-labelledby": heading },
    element("h3", { id: heading, class: "small" }, title),
    element("ol", {}, ...citations.map((citation) => citationView(citation, { mentions, language }))),
  );
}

function citationView(citation, { mentions, language }) {
  return element(
    "li",
    {},
    citation.marker ? element("span", { class: "number", "aria-hidden": "true" }, `${citation.marker}`) : null,
    element("p", { class: "label" }, link(citation.url, citation.label, { dir: "auto" })),
    factsView(citation),
    citation.superseded_by ? editionView(citation) : null,
    quoteView(citation, { mentions, language }),
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

/** The words of a report and below them their translation into `language`, each in its own direction. */
function quoteView({ quote, translation, language: original }, { mentions = [], language }) {
  const words = element("blockquote", inLanguage(original), ...explained(quote, mentions, new Set()));
  if (!translation) return words;
  const label = element("p", { class: "small" }, text("translation"));
  return element("div", {}, words, label, element("blockquote", inLanguage(language), translation));
}

function inLanguage(code) {
  return { lang: code, dir: code === "ar" ? "rtl" : "ltr" };
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
