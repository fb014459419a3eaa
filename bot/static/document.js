// One report, whole, with every paragraph under its number; another version beside it where one is chosen.

import { get } from "./api.js";
import { contentsView } from "./contents.js";
import { element } from "./dom.js";
import { fill, lastPart } from "./page.js";
import { pairs } from "./pairs.js";
import { headView } from "./report_head.js";
import { besideView, bodyView } from "./report_view.js";

const place = document.getElementById("document");
const address = new URL(location.href);
const reading = element("div", { class: "reading" });
let report = null;

/** Shows the report's text, beside the version of this id where one is given. */
async function show(id) {
  const other = id ? await get(`/v1/documents/${encodeURIComponent(id)}`) : null;
  const body = other ? besideView(report, other, pairs(report.outline, other.outline)) : bodyView(report);
  const dir = report.language === "ar" ? "rtl" : "ltr";
  const contents = contentsView(body, { lang: report.language, dir, beside: !other });
  reading.replaceChildren(...[contents, body].filter(Boolean));
  document.getElementById("content").classList.toggle("two", other !== null);
}

function beside(id) {
  if (id) address.searchParams.set("beside", id);
  else address.searchParams.delete("beside");
  history.replaceState(null, "", `${address.pathname}${address.search}${location.hash}`);
  fill(async () => {
    await show(id);
    goToParagraph();
  });
}

/** Tells in which section the paragraph stands that the address names. */
function showPath() {
  document.querySelector(".paragraph > .path")?.remove();
  const target = document.querySelector(".paragraph:target");
  const { section } = report.outline.find(({ anchor }) => anchor === target?.id) ?? {};
  if (section?.length) target.prepend(element("p", { class: "path muted" }, section.join(" › ")));
}

/** Goes to the paragraph that the address names; it was not there yet when the browser looked for it. */
function goToParagraph() {
  if (!location.hash) return;
  location.replace(location.hash);
  showPath();
}

fill(async () => {
  report = await get(`/v1/documents/${lastPart()}`);
  document.title = `${report.symbol ?? report.title} – Reformbot`;
  const chosen = address.searchParams.get("beside");
  place.append(headView(report, { chosen, beside }), reading);
  await show(report.versions.some(({ document_id }) => document_id === chosen) ? chosen : null);
  goToParagraph();
  document.querySelector(":target")?.focus({ preventScroll: true });
  addEventListener("hashchange", showPath);
});
