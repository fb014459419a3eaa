// The interface's texts in the reader's language, and dates and language names in it.

import { lasting, recall, remember } from "./memory.js";

const select = document.getElementById("language");
const page = document.documentElement;

export const language = preferred();
const texts = await load();

/** The text of this name with its {names} filled in. */
export function text(name, values = {}) {
  return texts[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

/** What a language is called, in the reader's language. */
export function languageName(code) {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(code);
  } catch {
    return code;
  }
}

/** An ISO date or a part of one ("2021", "2021-03"), as it is written in the reader's language. */
export function dateText(iso) {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(iso) ?? [];
  if (!month) return iso;
  const shape = { year: "numeric", month: "long", ...(day && { day: "numeric" }), timeZone: "UTC" };
  // As in United Nations documents: the day before the month in English, Western digits in all six languages.
  const format = new Intl.DateTimeFormat(`${language === "en" ? "en-GB" : language}-u-nu-latn`, shape);
  const date = Date.UTC(year, month - 1, day ?? 1);
  return Number.isNaN(date) ? iso : format.format(date);
}

/** The direction that most letters of a text run in: "rtl" or "ltr". */
export function direction(words) {
  const leftward = words.match(/[\p{Script=Arabic}\p{Script=Hebrew}]/gu)?.length ?? 0;
  const letters = words.match(/\p{Letter}/gu)?.length ?? 0;
  return leftward * 2 > letters ? "rtl" : "ltr";
}

function preferred() {
  const offered = [...select.options].map((option) => option.value);
  const wanted = [recall(lasting, "language"), ...navigator.languages, "en"];
  return wanted.map((tag) => (tag ?? "").split("-")[0]).find((tag) => offered.includes(tag));
}

async function load() {
  const response = await fetch(`/interface/${language}.json`);
  return response.json();
}

function translatePage() {
  page.lang = language;
  page.dir = language === "ar" ? "rtl" : "ltr";
  select.value = language;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = text(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) node.ariaLabel = text(node.dataset.label);
  for (const node of document.querySelectorAll("[data-placeholder]")) node.placeholder = text(node.dataset.placeholder);
}

if (page.lang !== language) translatePage();
select.disabled = false;

select.addEventListener("change", () => {
  remember(lasting, "language", select.value);
  location.reload();
});
