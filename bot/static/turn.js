// One question and what becomes of it.

import { answerView, paragraphs } from "./answer_view.js";
import { element } from "./dom.js";
import { direction, text } from "./texts.js";

const SENTENCE_END = /[.!?。！？؟][”»"')\]）』」]*(?:\s*\[\d+\])*(?=\s|$|[^\x00-\x7f])/gu;

/** A question on the page, with the names of its filters, to be given its progress and then its answer or a problem. */
export function newTurn(question, filters = []) {
  const status = element("p", { class: "status muted", role: "status" });
  const draft = newDraft();
  const answer = element("div", { "aria-live": "polite" });
  const heading = element("h2", { class: "question", dir: direction(question) }, question);
  const node = element("article", { class: "turn" }, heading, filtersView(filters), status, draft.node, answer);

  function finish(...views) {
    status.remove();
    draft.node.remove();
    answer.replaceChildren(...views);
  }

  return {
    node,
    status: (words) => status.replaceChildren(words),
    draft: draft.show,
    answer: (given) => finish(...answerView(given)),
    problem: (sentence, again) => finish(problemView(sentence, again)),
  };
}

/** The text so far: what is verified of it, and after it what is not yet, marked as such. */
function newDraft() {
  const checked = element("div", { class: "words" });
  const rest = element("div", { class: "words provisional" });
  const note = element("p", { class: "small" }, text("provisional"));
  const node = element("div", { class: "draft", hidden: "" }, checked, rest);
  let shown = null;

  function show(words, verified, citations) {
    // What is verified stays as it is while more is written, with the quote that may be shown beside it.
    if (verified !== shown) checked.replaceChildren(...paragraphs(verified.text, citations));
    shown = verified;
    const unchecked = unverified(words, verified);
    rest.hidden = !unchecked;
    rest.replaceChildren(...paragraphs(unchecked, citations), note);
    node.hidden = false;
  }

  return { node, show };
}

function filtersView(names) {
  const items = names.map((name) => element("li", { class: "chip", dir: direction(name) }, name));
  return items.length ? element("ul", { class: "chips used", "aria-label": text("filters") }, ...items) : null;
}

/** The text behind the last sentence that had ended when so many characters of it were verified. */
function unverified(words, { text: verified, after }) {
  const ended = [...words.slice(0, after).matchAll(SENTENCE_END)].at(-1);
  const rest = words.slice(ended ? ended.index + ended[0].length : 0).trim();
  return verified.includes(rest) ? "" : rest;
}

function problemView(sentence, again) {
  const retry = element("button", { type: "button" }, text("retry"));
  retry.addEventListener("click", again);
  return element("div", { class: "problem", role: "alert" }, element("p", { dir: "auto" }, sentence), retry);
}
