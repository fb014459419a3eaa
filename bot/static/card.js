// A small card beside the words that it tells more of; one at a time.

import { element } from "./dom.js";

const card = element("div", { class: "quote-card", popover: "auto" });

/** Shows these elements in the card, below what opened it, which takes the focus back when the card closes. */
export function showCard(opener, ...content) {
  card.replaceChildren(...content);
  opener.closest("p, blockquote, dd").after(card);
  card.showPopover({ source: opener });
  place(card, opener.getBoundingClientRect());
}

function place(box, mark) {
  const margin = 16;
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(margin, Math.min(mark.left, document.documentElement.clientWidth - width - margin));
  const fits = mark.bottom + height + margin < window.innerHeight || mark.top < height + margin;
  box.style.left = `${left + window.scrollX}px`;
  box.style.top = `${(fits ? mark.bottom + 6 : mark.top - height - 6) + window.scrollY}px`;
}
