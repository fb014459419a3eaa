// The interface's texts in the reader's language, and dates and language names in it.

const select = document.getElementById("language");
const page = document.documentElement;
const texts = JSON.parse(page.dataset.texts);
const YEAR = 365 * 24 * 60 * 60; // in seconds

export const language = page.lang;

/** How dates and numbers are written, as in United Nations documents: the day before the month, Western digits. */
export const locale = `${language === "en" ? "en-GB" : language}-u-nu-latn`;

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
  const format = new Intl.DateTimeFormat(locale, shape);
  const date = Date.UTC(year, month - 1, day ?? 1);
  return Number.isNaN(date) ? iso : format.format(date);
}

/** The direction that most letters of a text run in: "rtl" or "ltr". */
export function direction(words) {
  const leftward = words.match(/[\p{Script=Arabic}\p{Script=Hebrew}]/gu)?.length ?? 0;
  const letters = words.match(/\p{Letter}/gu)?.length ?? 0;
  return leftward * 2 > letters ? "rtl" : "ltr";
}

select.disabled = false;

// The server renders the page in the language that the cookie names.
select.addEventListener("change", () => {
  document.cookie = `language=${select.value}; path=/; max-age=${YEAR}; samesite=lax`;
  location.reload();
});
