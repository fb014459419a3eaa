// What questions are narrowed to: chosen in a panel, kept in this tab, shown with each question.

import { get } from "./api.js";
import { element } from "./dom.js";
import { recall, remember } from "./memory.js";
import { dateText, direction, language, languageName, text } from "./texts.js";

const NOTHING = { reports: [], from_date: null, to_date: null, languages: [], current_only: true, answer: "auto" };
const PAUSE = 200; // milliseconds in typing, after which names are looked up

const at = (id) => document.getElementById(id);
const [panel, toggle, reports, names, told] = ["filters", "filters-toggle", "filter-reports", "report-names", "filter-told"].map(at);
const dates = { from_date: at("filter-from"), to_date: at("filter-to") };
const languages = [...panel.querySelectorAll("[name=languages]")];
let chosen = { ...NOTHING, ...recall("filters") };
let offered = [];
let looking = null;

/** The filters and the language of the answer, in the form of the API. */
export function asked() {
  const { reports: kept, answer, ...filters } = chosen;
  return { language: answer, filters: { ...filters, works: kept.flatMap(({ works }) => works) } };
}

/** The names of what is chosen now, to show with a question. */
export const chosenNames = () => parts().map(({ name }) => name);

/** Fills the panel with what the index holds; whether it holds anything. */
export async function offer() {
  const facets = await facetsFor("");
  const held = Object.keys(facets.languages);
  for (const box of languages) box.closest("label").hidden = !held.includes(box.value);
  for (const field of Object.values(dates)) {
    // Where only a month or a year is known, any day of it may be chosen.
    if (facets.first_date) field.min = `${facets.first_date.slice(0, 4)}-01-01`;
  }
  return held.length > 0;
}

async function facetsFor(query) {
  const facets = await get(`/v1/facets?language=${language}&query=${encodeURIComponent(query)}`);
  offered = facets.reports.map((report) => ({ ...report, name: nameOf(report) }));
  names.replaceChildren(...offered.map(({ name }) => element("option", { value: name })));
  return facets;
}

const nameOf = ({ kind, name }) => (kind === "series" ? text("filter_series", { name }) : name);

/** Each thing that is chosen, with its name and what is left without it. */
function parts() {
  const { reports: kept, from_date, to_date, languages: codes, current_only, answer } = chosen;
  return [
    ...kept.map((report) => ({ name: report.name, without: { reports: kept.filter((one) => one !== report) } })),
    from_date && { name: text("filter_since", { date: dateText(from_date) }), without: { from_date: null } },
    to_date && { name: text("filter_until", { date: dateText(to_date) }), without: { to_date: null } },
    ...codes.map((code) => ({ name: text("filter_in", { language: languageName(code) }), without: { languages: codes.filter((one) => one !== code) } })),
    !current_only && { name: text("filter_superseded"), without: { current_only: true } },
    answer !== "auto" && { name: text("filter_answer", { language: languageName(answer) }), without: { answer: "auto" } },
  ].filter(Boolean);
}

function choose(change) {
  chosen = { ...chosen, ...change };
  remember("filters", chosen);
  show();
}

function show() {
  for (const [name, field] of Object.entries(dates)) field.value = chosen[name] ?? "";
  for (const box of languages) box.checked = chosen.languages.includes(box.value);
  at("filter-current").checked = chosen.current_only;
  at("answer-language").value = chosen.answer;
  const found = parts();
  at("filters-clear").hidden = found.length === 0;
  at("filters-chosen").replaceChildren(...found.map(removable));
}

function removable({ name, without }) {
  const button = element("button", { type: "button", class: "chip", "aria-label": text("filter_remove", { name }), dir: direction(name) }, name);
  button.addEventListener("click", () => {
    choose(without);
    (at("filters-chosen").querySelector("button") ?? toggle).focus();
  });
  return element("li", {}, button);
}

/** Keeps to a report once its whole name stands in the field, as it does when one of the list is picked. */
function picked() {
  const found = offered.find(({ name }) => name === reports.value);
  if (!found) return false;
  reports.value = "";
  told.textContent = "";
  if (!chosen.reports.some(({ name }) => name === found.name)) choose({ reports: [...chosen.reports, found] });
  lookUp();
  return true;
}

function typed() {
  clearTimeout(looking);
  told.textContent = "";
  if (!picked() && reports.value.trim()) looking = setTimeout(lookUp, PAUSE);
}

/** Takes the one report that the words can mean, or says that there is none. */
async function settle(event) {
  if (event.key !== "Enter") return;
  event.preventDefault();
  clearTimeout(looking);
  if (!reports.value.trim() || !(await lookUp()) || picked()) return;
  if (offered.length === 1) reports.value = offered[0].name;
  if (!picked()) told.textContent = text(offered.length ? "filter_several" : "filter_none");
}

async function lookUp() {
  try {
    await facetsFor(reports.value);
    return true;
  } catch (error) {
    told.textContent = error.message;
    return false;
  }
}

toggle.addEventListener("click", () => {
  panel.hidden = !panel.hidden;
  toggle.setAttribute("aria-expanded", `${!panel.hidden}`);
  if (!panel.hidden) reports.focus();
});
panel.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || panel.hidden) return;
  toggle.click();
  toggle.focus();
});
reports.addEventListener("input", typed);
reports.addEventListener("keydown", settle);
for (const [name, field] of Object.entries(dates)) field.addEventListener("change", () => choose({ [name]: field.value || null }));
for (const box of languages) box.addEventListener("change", () => choose({ languages: languages.filter(({ checked }) => checked).map(({ value }) => value) }));
at("filter-current").addEventListener("change", ({ target }) => choose({ current_only: target.checked }));
at("answer-language").addEventListener("change", ({ target }) => choose({ answer: target.value }));
at("filters-clear").addEventListener("click", () => {
  choose(NOTHING);
  toggle.focus();
});
toggle.disabled = false;
show();
