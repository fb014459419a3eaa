// Copying for the reader, and the text to copy by hand where the browser does not let a page do it.

import { newCard } from "./card.js";
import { element } from "./dom.js";
import { text } from "./texts.js";

const { show } = newCard("auto");

/** Copies words, or those that a promise gives, for who pressed a button; whether the browser let it. */
export async function copied(words, button) {
  try {
    // Safari lets a page write what it still waits for, but not once it has waited.
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": asBlob(words) })]);
    return true;
  } catch {
    toCopy(await words, button);
    return false;
  }
}

async function asBlob(words) {
  return new Blob([await words], { type: "text/plain" });
}

function toCopy(words, button) {
  const field = element("textarea", { readonly: "", rows: 6, dir: "auto", "aria-label": text("copy_by_hand") });
  field.value = words;
  show(button, element("p", { class: "muted" }, text("copy_by_hand")), field);
  field.select();
}
