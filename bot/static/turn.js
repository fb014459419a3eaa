// One question and what becomes of it.

import { answerView, paragraphs } from "./answer_view.js";
import { element } from "./dom.js";
import { direction, text } from "./texts.js";

const SENTENCE_END = /[.!?。！？؟][”»"')\]）』」]*(?:\s*\[\d+\])*(?=\s|$|[^\x00-\x7f])/gu;

/** A question on the page, with the names of its filters, to be given its progress and then its answer or a problem. */
export function newTurn(question, filters = []) {
  const status = element("p", { class: "status muted", role: "status" });
  const draft = element("div", { class: "words draft", hidden: "" });
  const answer = element("div", { "aria-live": "polite" });
  const heading = element("h2", { class: "question", dir: direction(question) }, question);
  const node = element("article", { class: "turn" }, heading, filtersView(filters), status, draft, answer);

  function finish(...views) {
    status.remove();
    draft.remove();
    answer.replaceChildren(...views);
  }

  return {
    node,
    status: (words) => status.replaceChildren(words),
    draft: (words, verified, citations) => {
      draft.hidden = false;
      draft.replaceChildren(...draftView(words, verified, citations));
    },
    answer: (given) => finish(...answerView(given)),
    problem: (sentence, again) => finish(problemView(sentence, again)),
  };
}

function filtersView(names) {
  const items = names.map((name) => element("li", { class: "chip", dir: direction(name) }, name));
  return items.length ? element("ul", { class: "chips used", "aria-label": text("filters") }, ...items) : null;
}

/** What is verified of the text so far, and after it what is not yet, marked as such. */
function draftView(words, { text: verified, after }, citations) {
  const rest = unverified(words, after, verified);
  const note = element("p", { class: "small" }, text("provisional"));
  return [
    ...paragraphs(verified, citations),
    ...(rest ? [element("div", { class: "provisional" }, ...paragraphs(rest, citations), note)] : []),
  ];
}

/** The text behind the last sentence that had ended when so many characters of it were verified. */
function unverified(words, after, verified) {
  const ended = [...words.slice(0, after).matchAll(SENTENCE_END)].at(-1);
  const rest = words.slice(ended ? ended.index + ended[0].length : 0).trim();
  return verified.includes(rest) ? "" : rest;
}

function problemView(sentence, again) {
  const retry = element("button", { type: "button" }, text("retry"));
  retry.addEventListener("click", again);
  return element("div", { class: "problem", role: "alert" }, element("p", { dir: "auto" }, sentence), retry);
}
