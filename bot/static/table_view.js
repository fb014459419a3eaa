// A table of a report: its lines as rows, its cells parted by " | ".

import { element } from "./dom.js";
import { direction } from "./texts.js";

const BETWEEN = " | ";

/** The lines of a table as an element: those with cells as rows of a table, the others as they are. */
export function tableView(words) {
  const view = element("div", { class: "table", dir: direction(words) });
  let rows = null;
  for (const line of words.split("\n")) {
    if (!line.includes(BETWEEN)) {
      rows = null;
      view.append(element("p", {}, line));
      continue;
    }
    if (!rows) {
      rows = element("tbody", {});
      view.append(element("table", {}, rows));
    }
    rows.append(element("tr", {}, ...line.split(BETWEEN).map((cell) => element("td", {}, cell))));
  }
  return view;
}
