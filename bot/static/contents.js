// The table of contents of a report.

import { element } from "./dom.js";
import { text } from "./texts.js";

const FEWEST = 3; // headings below which a report needs none
const WIDE = "(min-width: 72rem)";

/** The headings of a text as links to them, open where there is room beside it; null where they are few. */
export function contentsView(body, { lang, dir, beside }) {
  const headings = [...body.querySelectorAll(":is(h2, h3, h4, h5, h6)[id]")];
  if (headings.length < FEWEST) return null;
  const items = headings.map((heading) => element("li", { class: heading.localName }, element("a", { href: `#${encodeURIComponent(heading.id)}` }, heading.textContent)));
  const open = beside && matchMedia(WIDE).matches ? "" : null;
  const summary = element("summary", {}, text("contents"));
  return element("nav", { class: "contents", "aria-label": text("contents") }, element("details", { open }, summary, element("ol", { lang, dir }, ...items)));
}
