// Charts by day as SVG: stacked bars, and lines; in right-to-left languages time runs from the right.

import { numberText, shortDay } from "./measures.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 240;
const TOP = 12;
const BOTTOM = 28;
const SIDE = 56; // where the numbers of the vertical axis stand
const END = 12;
const LABEL_WIDTH = 72;
const STEPS = 4; // of the vertical axis, about
const rightToLeft = document.documentElement.dir === "rtl";
let charts = 0;

/**
 * A chart of days; `series` are {name, values, look}, a value for each day, null where there is none.
 * Bars stand on one another, lines cross each other. `title` and `told` say what it shows to whoever cannot see it.
 */
export function chart({ days, series, title, told, width, lines = false }) {
  const most = Math.max(1, ...(lines ? series.flatMap(({ values }) => values) : sums(series)));
  const scale = scaled(most, { days, width });
  const name = `chart-${++charts}`;
  const drawn = lines ? series.flatMap((one) => lineOf(one, scale)) : barsOf(series, scale);
  return shape(
    "svg",
    { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", direction: "ltr", "aria-labelledby": `${name}-title`, "aria-describedby": `${name}-told` },
    shape("title", { id: `${name}-title` }, title),
    shape("desc", { id: `${name}-told` }, told),
    ...axes(scale),
    ...drawn,
    ...hovered(series, scale),
  );
}

/** The highest value that a chart of these series shows. */
export const highest = (series, { lines }) => Math.max(0, ...(lines ? series.flatMap(({ values }) => values) : sums(series)));

function sums(series) {
  return series[0].values.map((_, day) => series.reduce((sum, { values }) => sum + values[day], 0));
}

function shape(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Where days and values stand. */
function scaled(most, { days, width }) {
  const step = stepOf(most);
  const top = Math.ceil(most / step) * step;
  const band = (width - SIDE - END) / days.length;
  const mirrored = (x) => (rightToLeft ? width - x : x);
  return {
    days,
    width,
    band,
    mirrored,
    ticks: Array.from({ length: top / step + 1 }, (_, place) => place * step),
    middle: (day) => mirrored(SIDE + (day + 0.5) * band),
    y: (value) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM),
  };
}

/** The step between two numbers of an axis: 1, 2 or 5 with noughts. */
function stepOf(most) {
  const least = Math.max(1, most / STEPS);
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least);
}

function axes({ days, width, band, mirrored, ticks, middle, y }) {
  const lines = ticks.map((tick) =>
    shape("line", { class: tick ? "grid" : "axis", x1: mirrored(SIDE), x2: mirrored(width - END), y1: y(tick), y2: y(tick) }),
  );
  const end = rightToLeft ? "start" : "end";
  const numbers = ticks.map((tick) =>
    shape("text", { x: mirrored(SIDE - 8), y: y(tick), "text-anchor": end, "dominant-baseline": "middle" }, numberText(tick)),
  );
  const every = Math.ceil(LABEL_WIDTH / band);
  const named = days.map((day, place) => [day, place]).filter(([, place]) => (days.length - 1 - place) % every === 0);
  const names = named
    .filter(([, place]) => (place + 0.5) * band >= LABEL_WIDTH / 4)
    .map(([day, place]) => dayName(day, middle(place), { width }));
  return [...lines, ...numbers, ...names];
}

function dayName(day, x, { width }) {
  const inside = Math.min(width - LABEL_WIDTH / 3, Math.max(LABEL_WIDTH / 3, x));
  const direction = rightToLeft ? "rtl" : "ltr";
  return shape("text", { x: inside, y: HEIGHT - 8, "text-anchor": "middle", direction }, shortDay(day));
}

function barsOf(series, { days, band, middle, y }) {
  const width = Math.max(1, Math.min(28, band * 0.72));
  return days.flatMap((_, day) => {
    let below = 0;
    return series.map(({ values, look }) => {
      const value = values[day];
      const bar = { class: `bar ${look}`, x: middle(day) - width / 2, width, y: y(below + value), height: y(below) - y(below + value) };
      below += value;
      return shape("rect", bar);
    });
  });
}

/** A line through the days that have a value, broken where one has none, and a dot for each. */
function lineOf({ values, look }, { middle, y }) {
  const points = values.map((value, day) => (value === null ? null : [middle(day), y(value)]));
  const path = points.map((point, day) => (point ? `${points[day - 1] ? "L" : "M"}${point.join(" ")}` : "")).join("");
  const dots = points.filter(Boolean).map(([cx, cy]) => shape("circle", { class: `dot ${look}`, cx, cy, r: 3 }));
  return [shape("path", { class: `line ${look}`, d: path }), ...dots];
}

/** Over each day, its figures for whoever points at it. */
function hovered(series, { days, band, middle }) {
  return days.map((day, place) => {
    const figures = series.map(({ name, values }) => `${name}: ${values[place] === null ? "–" : numberText(values[place])}`);
    const area = { class: "over", x: middle(place) - band / 2, width: band, y: TOP, height: HEIGHT - TOP - BOTTOM };
    return shape("rect", area, shape("title", {}, [shortDay(day), ...figures].join("\n")));
  });
}
