// Terms of the glossary: definitions, and notes on the terms that an answer or a quote mentions.

import { newCard } from "./card.js";
import { element } from "./dom.js";
import { direction, languageName, text } from "./texts.js";

const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;
const CHINESE = /[\u3400-\u9fff]/;
const { show: showCard } = newCard("auto");

/** What the terms mean that a question asks about, marked as not from a report. */
export function definitionsView(definitions, { view }) {
  const heading = `definitions-${view}`;
  return element(
    "section",
    { class: "definitions", "aria-labelledby": heading },
    element("h3", { id: heading, class: "small" }, text("from_glossary")),
    element("dl", {}, ...definitions.flatMap(definitionItems)),
  );
}

function definitionItems({ name, short, meaning, language, names }) {
  const called = [name, ...short].join(" · ");
  const heading = element("dt", { lang: language, dir: direction(called) }, element("dfn", {}, called));
  const said = element("dd", { lang: language, dir: direction(meaning) }, meaning);
  return [heading, said, element("dd", {}, otherNames(language, names))];
}

function otherNames(language, names) {
  const others = Object.entries(names).filter(([code]) => code !== language);
  const items = others.map(([code, name]) => element("li", {}, `${languageName(code)}: `, element("bdi", { lang: code }, name)));
  return element("details", {}, element("summary", {}, text("other_languages")), element("ul", {}, ...items));
}

/** The words as pieces, in which each term first mentioned is one to ask the meaning of; `told` are ids told already. */
export function explained(words, mentions, told) {
  const known = new Map(mentions.map((mention) => [mention.form, mention]));
  if (!known.size) return [words];
  // A pattern with one group: every other piece is a form.
  return words.split(pattern([...known.keys()])).map((piece, place) => (place % 2 ? term(piece, known.get(piece), told) : piece));
}

function pattern(forms) {
  const longest = forms.toSorted((one, other) => other.length - one.length).map(whole);
  return new RegExp(`(${longest.join("|")})`, "u");
}

function whole(form) {
  const escaped = form.replace(SPECIAL, "\\$&");
  return CHINESE.test(form) ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`;
}

function term(form, mention, told) {
  if (told.has(mention.id)) return form;
  told.add(mention.id);
  // Not a button: a long name must break across lines as the words around it do.
  const node = element("dfn", { class: "term", role: "button", tabindex: "0", title: mention.meaning }, form);
  const show = () => showCard(node, ...noteOn(mention));
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    show();
  });
  return node;
}

function noteOn({ name, meaning }) {
  return [
    element("p", { class: "label", dir: direction(name) }, name),
    element("p", { dir: direction(meaning) }, meaning),
    element("p", { class: "muted small" }, text("from_glossary")),
  ];
}
