// How the bot is used, by day: charts, and all their figures as a table.

import { get } from "./api.js";
import { chart, highest } from "./chart.js";
import { element } from "./dom.js";
import { numberText, shareText } from "./measures.js";
import { fill } from "./page.js";
import { dateText, text } from "./texts.js";

const PERIODS = ["7", "30", "90"];
const CHARTS = [
  { title: "chart_questions", series: ["answered", "silent", "off_subject"] },
  { title: "chart_thumbs", series: ["up", "down"] },
  { title: "chart_latency", series: ["p50_ms", "p95_ms"], lines: true },
];
const NAMES = {
  questions: "series_questions",
  answered: "series_answered",
  silent: "series_silent",
  off_subject: "series_off_subject",
  up: "series_up",
  down: "series_down",
  p50_ms: "series_p50",
  p95_ms: "series_p95",
};
const TOTALS = ["questions", "answered", "silent", "off_subject", "up", "down"];
const AROUND = 50; // pixels of padding and border at both sides of a card
const at = (id) => document.getElementById(id);
const choices = at("period").querySelectorAll("input");
let days = [];
let asked = 0;
let width = 0;

function totalsView() {
  const sum = (name) => days.reduce((total, day) => total + day[name], 0);
  const ratings = sum("up") + sum("down");
  const wholes = { answered: "questions", silent: "questions", off_subject: "questions" };
  return TOTALS.map((name) => {
    const whole = name in wholes ? sum("questions") : name === "questions" ? 0 : ratings;
    const share = whole ? element("span", { class: "muted" }, ` ${shareText(sum(name) / whole)}`) : null;
    return element("div", {}, element("dt", {}, text(NAMES[name])), element("dd", {}, numberText(sum(name)), share));
  });
}

function figureView({ title, series, lines = false }) {
  const shown = series.map((name) => ({ name: text(NAMES[name]), look: name, values: days.map((day) => day[name]) }));
  const legend = shown.map(({ name, look }) => element("li", {}, element("span", { class: `swatch ${look}` }), name));
  const [first, last] = [days[0], days.at(-1)].map(({ date }) => dateText(date));
  const told = text("chart_told", { first, last, most: numberText(highest(shown, { lines })) });
  const drawn = chart({ days: days.map(({ date }) => date), series: shown, title: text(title), told, lines, width: width - AROUND });
  const head = element("figcaption", {}, element("h2", {}, text(title)), element("ul", { class: "legend" }, ...legend));
  return element("figure", { class: "card" }, head, drawn);
}

function tableView() {
  const names = Object.keys(NAMES);
  const head = [text("column_day"), ...names.map((name) => text(NAMES[name]))].map((word) => element("th", { scope: "col" }, word));
  const rows = days.toReversed().map((day) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, dateText(day.date)),
      ...names.map((name) => element("td", {}, day[name] === null ? "–" : numberText(day[name]))),
    ),
  );
  return element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows));
}

function draw() {
  width = at("charts").clientWidth;
  at("charts").replaceChildren(...CHARTS.map(figureView));
}

async function show() {
  const turn = ++asked;
  const found = await get(`/v1/statistics?days=${chosen()}`);
  if (turn !== asked) return;
  days = found.days;
  const none = days.every(({ questions, up, down }) => questions + up + down === 0);
  at("none").textContent = none ? text("statistics_none") : "";
  at("statistics").hidden = none;
  if (none) return;
  at("totals").replaceChildren(...totalsView());
  at("figures").replaceChildren(tableView());
  draw();
}

function chosen() {
  const given = new URLSearchParams(location.search).get("days");
  return PERIODS.includes(given) ? given : "30";
}

for (const choice of choices) {
  choice.checked = choice.value === chosen();
  choice.addEventListener("change", () => {
    history.replaceState(null, "", `?days=${choice.value}`);
    fill(show);
  });
}

new ResizeObserver(() => {
  const now = at("charts").clientWidth;
  if (width && now && now !== width) draw();
}).observe(at("charts"));
document.title = `${text("nav_statistics")} – Reformbot`;
fill(show);
