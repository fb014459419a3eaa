// A small card beside the words that it tells more of; one of each kind at a time.

import { element } from "./dom.js";

const { lang, dir } = document.documentElement;
const MARGIN = 16;
const GAP = 6;

/**
 * A card that is shown below what opened it. "auto" closes at a click elsewhere and gives the focus back; "manual" is
 * closed by whoever shows it.
 */
export function newCard(popover) {
  const node = element("div", { class: "quote-card", popover, lang, dir });

  function show(opener, ...content) {
    node.replaceChildren(...content);
    opener.closest("p, blockquote, dd, .paragraph, .tools").after(node);
    node.showPopover({ source: opener });
    place(node, opener.getBoundingClientRect());
  }

  return { node, show };
}

function place(box, mark) {
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(MARGIN, Math.min(mark.left, document.documentElement.clientWidth - width - MARGIN));
  const fits = mark.bottom + height + MARGIN < window.innerHeight || mark.top < height + MARGIN;
  box.style.left = `${left + window.scrollX}px`;
  box.style.top = `${(fits ? mark.bottom + GAP : mark.top - height - GAP) + window.scrollY}px`;
}
