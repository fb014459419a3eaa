// What pages that show one thing share: they wait for it, and say so when it does not come.

import { Refusal } from "./api.js";
import { text } from "./texts.js";

const state = document.getElementById("state");

/** The last part of this page's path, as it stands there. */
export const lastPart = () => location.pathname.split("/").pop();

/** Runs what fills the page; a failure becomes a sentence on it. */
export async function fill(work) {
  state.className = "muted";
  state.textContent = text("loading");
  state.hidden = false;
  try {
    await work();
    state.hidden = true;
  } catch (error) {
    tell(error);
  }
}

/** Tells on the page what went wrong. */
export function tell(error) {
  if (!(error instanceof Refusal)) console.error(error);
  state.className = "problem";
  state.textContent = error instanceof Refusal ? error.message : text("page_failed");
  state.hidden = false;
}
