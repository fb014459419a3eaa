// The citations of an answer, as a list.

import { documentPage, element, link } from "./dom.js";
import { quoteView } from "./quote_view.js";
import { dateText, direction, languageName, text } from "./texts.js";

/** The list of citations under a title; `view` is the number of the answer that they stand below. */
export function citationsView(citations, { view, title, mentions, language }) {
  const heading = `sources-${view}`;
  return element(
    "section",
    { class: "sources", "aria-labelledby": heading, "aria-live": "off" },
    element("h3", { id: heading, class: "small" }, title),
    element("ol", {}, ...citations.map((citation) => citationView(citation, { view, mentions, language }))),
  );
}

function citationView(citation, { view, mentions, language }) {
  const id = citation.marker ? `quote-${view}-${citation.marker}` : null;
  return element(
    "li",
    {},
    citation.marker ? element("span", { class: "number", "aria-hidden": "true" }, `${citation.marker}`) : null,
    element("p", { class: "label" }, link(citation.url, citation.label, { dir: "auto" })),
    factsView(citation),
    citation.superseded_by ? editionView(citation) : null,
    quoteView(citation, { id, mentions, language }),
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
