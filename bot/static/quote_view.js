// The words of a report, as elements.

import { element } from "./dom.js";
import { explained } from "./term_view.js";
import { text } from "./texts.js";

/** The words that are cited and below them their translation into `language`, each in its own direction. */
export function quoteView({ quote, translation, language: original }, { id = null, mentions = [], language }) {
  const words = element("blockquote", { id, ...inLanguage(original) }, ...explained(quote, mentions, new Set()));
  if (!translation) return words;
  const label = element("p", { class: "small" }, text("translation"));
  return element("div", {}, words, label, element("blockquote", inLanguage(language), translation));
}

function inLanguage(code) {
  return { lang: code, dir: code === "ar" ? "rtl" : "ltr" };
}
