// One question and what becomes of it.

import { answerView, paragraphs } from "./answer_view.js";
import { element } from "./dom.js";
import { direction, text } from "./texts.js";

/** A question on the page, to be given its progress and then its answer or a problem. */
export function newTurn(question) {
  const status = element("p", { class: "status muted", role: "status" });
  const draft = element("div", { class: "words draft" });
  const answer = element("div", { "aria-live": "polite" });
  const heading = element("h2", { class: "question", dir: direction(question) }, question);
  const node = element("article", { class: "turn" }, heading, status, draft, answer);

  function finish(...views) {
    status.remove();
    draft.remove();
    answer.replaceChildren(...views);
  }

  return {
    node,
    status: (words) => status.replaceChildren(words),
    draft: (words, citations) => draft.replaceChildren(...paragraphs(words, citations)),
    answer: (given) => finish(...answerView(given)),
    problem: (sentence, again) => finish(problemView(sentence, again)),
  };
}

function problemView(sentence, again) {
  const retry = element("button", { type: "button" }, text("retry"));
  retry.addEventListener("click", again);
  return element("div", { class: "problem", role: "alert" }, element("p", { dir: "auto" }, sentence), retry);
}
