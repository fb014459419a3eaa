// An answer with its citations, as elements.

import { documentPage, element, link } from "./dom.js";
import { dateText, direction, languageName, text } from "./texts.js";

const MARKERS = /\[(\d+(?:\s*[,;]\s*\d+)*)\]/;
const card = element("div", { class: "quote-card", popover: "auto" });
let views = 0;

/** The whole answer: its text, its citations or the nearest paragraphs, and what it rests on. */
export function answerView(answer) {
  const view = `${++views}`;
  const words = answer.abstained ? answer.reason || answer.answer : answer.answer;
  const cited = answer.abstained ? answer.nearest : answer.citations;
  return [
    element("div", { class: answer.abstained ? "words abstained" : "words", lang: answer.language }, ...paragraphs(words, cited)),
    cited.length ? citationsView(cited, { view, title: text(answer.abstained ? "nearest" : "sources") }) : null,
    footView(answer),
  ].filter(Boolean);
}

/** The lines of a text as paragraphs, with each [n] that names a citation as a button that shows its quote. */
export function paragraphs(words, citations) {
  const lines = words.split("\n").filter((line) => line.trim());
  return lines.map((line) => element("p", { dir: direction(line) }, ...marked(line, citations)));
}

function marked(line, citations) {
  // A pattern with one group: every other piece is the numbers between brackets.
  return line.split(MARKERS).flatMap((piece, place) => (place % 2 ? buttons(piece, citations) : [piece]));
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
  card.replaceChildren(
    element("p", { class: "label", dir: "auto" }, citation.label),
    quoteView(citation),
    element("p", {}, link(citation.url, text("read_paragraph"))),
  );
  button.closest("p").after(card);
  card.showPopover({ source: button });
  place(card, button.getBoundingClientRect());
}

function place(box, mark) {
  const margin = 16;
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(margin, Math.min(mark.left, document.documentElement.clientWidth - width - margin));
  const fits = mark.bottom + height + margin < window.innerHeight || mark.top < height + margin;
  box.style.left = `${left + window.scrollX}px`;
  box.style.top = `${(fits ? mark.bottom + 6 : mark.top - height - 6) + window.scrollY}px`;
}

function citationsView(citations, { view, title }) {
  const heading = `sources-${view}`;
  return element(
    "section",
    { class: "sources", "aria-labelledby": heading },
    element("h3", { id: heading, class: "small" }, title),
    element("ol", {}, ...citations.map(citationView)),
  );
}

function citationView(citation) {
  return element(
    "li",
    {},
    citation.marker ? element("span", { class: "number", "aria-hidden": "true" }, `${citation.marker}`) : null,
    element("p", { class: "label" }, link(citation.url, citation.label, { dir: "auto" })),
    factsView(citation),
    citation.superseded_by ? editionView(citation) : null,
    quoteView(citation),
  );
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

function quoteView({ quote, translation, language }) {
  const words = element("blockquote", { lang: language, dir: language === "ar" ? "rtl" : "ltr" }, quote);
  if (!translation) return words;
  const translated = element("blockquote", { dir: direction(translation) }, translation);
  return element("div", {}, words, element("p", { class: "small" }, text("translation")), translated);
}

function footView(answer) {
  const facts = [
    answer.abstained ? null : text(`mode_${answer.mode}`),
    answer.as_of ? text("as_of", { date: dateText(answer.as_of) }) : null,
    link(`/answers/${encodeURIComponent(answer.answer_id)}`, text("permalink")),
  ];
  return element("p", { class: "facts foot muted" }, ...facts.filter(Boolean).map((fact) => element("span", {}, fact)));
}
