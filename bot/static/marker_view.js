// The [n] in an answer: a link to the cited paragraph that shows the quote while it is pointed at or has the focus.

import { newCard } from "./card.js";
import { element, link } from "./dom.js";
import { quoteView } from "./quote_view.js";
import { text } from "./texts.js";

const GRACE = 250; // milliseconds to go from the marker to its card
const { node: card, show: showCard } = newCard("manual");
let owner = null;

/** The marker of a citation; `language` is that of translations, `describedBy` the id of the quote elsewhere. */
export function markerView(citation, { language, describedBy }) {
  const label = text("source_number", { number: citation.marker, label: citation.label });
  const attributes = { class: "marker", "aria-label": label, "aria-describedby": describedBy };
  const marker = link(citation.url, `[${citation.marker}]`, attributes);
  const show = () => showQuote(marker, citation, language);
  marker.addEventListener("pointerenter", ({ pointerType }) => pointerType === "touch" || show());
  marker.addEventListener("focus", () => marker.matches(":focus-visible") && show());
  marker.addEventListener("click", (event) => {
    // A finger cannot point: its first touch shows the quote, its second follows the link.
    if (event.pointerType !== "touch" || owner === marker) return;
    event.preventDefault();
    show();
  });
  for (const leaving of ["pointerleave", "blur"]) marker.addEventListener(leaving, hideSoon);
  return marker;
}

function showQuote(marker, citation, language) {
  if (owner === marker) return;
  hide();
  owner = marker;
  const label = element("p", { class: "label", dir: "auto" }, citation.label);
  // For fingers: with the keyboard the marker itself leads there.
  const way = element("p", {}, link(citation.url, text("read_paragraph"), { tabindex: "-1" }));
  showCard(marker, label, quoteView(citation, { language }), way);
}

function hide() {
  if (card.matches(":popover-open")) card.hidePopover();
  owner = null;
}

function hideSoon() {
  setTimeout(() => {
    if (![card, owner].some((node) => node?.matches(":hover, :focus-within"))) hide();
  }, GRACE);
}

for (const leaving of ["pointerleave", "focusout"]) card.addEventListener(leaving, hideSoon);
document.addEventListener("pointerdown", ({ target }) => card.contains(target) || target === owner || hide());
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !owner) return;
  if (card.contains(document.activeElement)) owner.focus();
  hide();
});
