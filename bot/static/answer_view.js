// An answer with its citations, as elements.

import { citationsView } from "./citation_view.js";
import { element, link } from "./dom.js";
import { markerView } from "./marker_view.js";
import { definitionsView, explained } from "./term_view.js";
import { dateText, direction, text } from "./texts.js";
import { toolsView } from "./tools_view.js";

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
  const kind = answer.abstained ? "words abstained" : "words";
  return [
    definitions.length ? definitionsView(definitions, { view }) : null,
    element("div", { class: kind, lang: language }, ...paragraphs(words, cited, { mentions, language, view })),
    toolsView(answer),
    cited.length ? citationsView(cited, { view, title: text(answer.abstained ? "nearest" : "sources"), mentions, language }) : null,
    footView(answer),
  ].filter(Boolean);
}

/**
 * The lines of a text as paragraphs, with each [n] that names a citation as a link that shows its quote, and each
 * term that is mentioned as one to ask the meaning of; `language` is that of the text and of translations, `view` the
 * number of the answer whose citations stand below.
 */
export function paragraphs(words, citations, { mentions = [], language = null, view = null } = {}) {
  const lines = words.split("\n").filter((line) => line.trim());
  const told = new Set();
  const plain = (piece) => explained(piece, mentions, told);
  return lines.map((line) => element("p", { dir: frameDirection(line) }, ...marked(line, citations, { plain, language, view })));
}

/** The direction of what a line says itself, however long the quotes in it are; of a quote alone its own. */
function frameDirection(line) {
  const frame = LINE_OF_QUOTE.test(line) ? line : line.replaceAll(new RegExp(QUOTES, "g"), "");
  return direction(frame);
}

/** The pieces of a line; what it quotes keeps its own direction, so that its marks and the [n] after it stay in place. */
function marked(line, citations, shown) {
  // A pattern with one group: every other piece is a quote.
  const pieces = line.split(LINE_OF_QUOTE.test(line) ? LINE_OF_QUOTE : QUOTES);
  const parts = (piece) => withMarkers(piece, citations, shown);
  return pieces.flatMap((piece, place) => (place % 2 ? [quoteIn(piece, citations, parts)] : parts(piece)));
}

function quoteIn(piece, citations, parts) {
  const cited = citations.find(({ quote }) => quote.includes(piece.slice(1, -1)));
  return element("bdi", { lang: cited?.language, dir: direction(piece) }, ...parts(piece));
}

function withMarkers(words, citations, { plain, language, view }) {
  // A pattern with one group: every other piece is the numbers between brackets.
  return words.split(MARKERS).flatMap((piece, place) => (place % 2 ? markers(piece, citations, { language, view }) : plain(piece)));
}

function markers(numbers, citations, { language, view }) {
  const named = numbers.split(/[,;]/).map((number) => citations.find(({ marker }) => marker === Number(number)));
  if (!named.every(Boolean)) return [`[${numbers}]`];
  const describedBy = ({ marker }) => (view ? `quote-${view}-${marker}` : null);
  return named.map((citation) => markerView(citation, { language, describedBy: describedBy(citation) }));
}

/** How recent the index and the newest report are, as the answer says it; those kept before it did have the date. */
function asOfView({ as_of_line: line, as_of, language }) {
  if (line) return element("bdi", { lang: language, dir: direction(line) }, line);
  return as_of ? text("as_of", { date: dateText(as_of) }) : null;
}

function footView(answer) {
  const page = `/answers/${encodeURIComponent(answer.answer_id)}`;
  const facts = [
    answer.abstained ? null : text(`mode_${answer.mode}`),
    asOfView(answer),
    link(page, text("permalink"), { "data-printed": new URL(page, location.origin).href }),
  ];
  const parts = facts.filter(Boolean).map((fact) => element("span", {}, fact));
  return element("p", { class: "facts foot muted", "aria-live": "off" }, ...parts);
}
