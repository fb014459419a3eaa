// Buttons that ask the server to do something, and say so where it would not.

import { post, Refusal } from "./api.js";
import { element } from "./dom.js";
import { text } from "./texts.js";

/** The page of a refresh, by its id. */
export const refreshPage = (id) => `/refreshes/${encodeURIComponent(id)}`;

/** Asks for a refresh and goes to its page. */
export async function begin(path, body) {
  const { run_id } = await post(path, body);
  location.assign(refreshPage(run_id));
}

/** Makes a button do its work when it is pressed, once at a time; what the server refuses is told in `told`. */
export function onPress(button, told, work) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    told.textContent = "";
    try {
      await work();
    } catch (error) {
      told.textContent = sentenceOf(error);
    } finally {
      button.disabled = false;
    }
  });
  button.disabled = false;
}

/** A button with its place for a refusal below it. */
export function actionView(words, work, attributes = {}) {
  const button = element("button", { type: "button", ...attributes }, words);
  const told = toldView();
  onPress(button, told, work);
  return element("div", { class: "action" }, button, told);
}

/** The same for what is not to be done by one press: the first only asks whether it is meant. */
export function sureActionView(words, { sure, work }) {
  const button = element("button", { type: "button" }, words);
  const told = toldView();
  let asked = false;
  const ask = (whether) => {
    asked = whether;
    button.textContent = asked ? sure : words;
  };
  onPress(button, told, async () => {
    if (asked) await work();
    else ask(true);
    button.disabled = false;
    button.focus();
  });
  button.addEventListener("blur", () => button.disabled || ask(false));
  return element("div", { class: "action" }, button, told);
}

/** Where a refusal is told, at once. */
export const toldView = () => element("p", { class: "problem", role: "alert", dir: "auto" });

/** The sentence that tells a reader what went wrong. */
export function sentenceOf(error) {
  if (error instanceof Refusal) return error.message;
  console.error(error);
  return text("page_failed");
}
