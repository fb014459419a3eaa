// What a reader can do with an answer: copy it, share it, rate it.

import { getText, post, Refusal } from "./api.js";
import { copied } from "./clipboard.js";
import { element } from "./dom.js";
import { text } from "./texts.js";

const THUMBS = { up: "rate_up", down: "rate_down" };

/** The buttons of an answer; what becomes of a press is told beside them. */
export function toolsView(answer) {
  const page = `/answers/${encodeURIComponent(answer.answer_id)}`;
  const address = new URL(page, location.origin).href;
  const told = element("span", { class: "told muted", role: "status" });
  const tell = (sentence) => told.replaceChildren(sentence);
  const rating = ratingView(answer.answer_id, tell);
  return element(
    "div",
    { class: "tools", role: "group", "aria-label": text("tools"), "aria-live": "off" },
    copyButton("copy_footnotes", () => getText(`/v1${page}/text?form=footnotes`), tell),
    copyButton("copy_markdown", () => getText(`/v1${page}/text?form=markdown`), tell),
    copyButton("copy_link", () => address, tell),
    navigator.share ? toolButton(text("share"), () => navigator.share({ title: answer.question, url: address }), tell) : null,
    ...rating.buttons,
    told,
    rating.form,
  );
}

/** A button that copies what `words` gives, and tells so. */
export function copyButton(name, words, tell) {
  return toolButton(text(name), async (button) => (await copied(words(), button)) && tell(text("copied")), tell);
}

/** A button at work; a failure is told as a sentence. */
function toolButton(name, work, tell) {
  const button = element("button", { type: "button", class: "tool" }, name);
  button.addEventListener("click", () => telling(() => work(button), tell));
  return button;
}

async function telling(work, tell) {
  try {
    await work();
  } catch (error) {
    if (error.name === "AbortError") return; // who shares may think better of it
    if (!(error instanceof Refusal)) console.error(error);
    tell(error instanceof Refusal ? error.message : text("broken"));
  }
}

function ratingView(answerId, tell) {
  let given = null;
  const buttons = Object.keys(THUMBS).map((rating) => thumb(rating, (button) => telling(() => rate(rating, button), tell)));
  const form = commentForm((comment) => telling(() => remark(comment), tell));

  async function rate(rating, button) {
    await post("/v1/feedback", { answer_id: answerId, rating });
    given = rating;
    for (const each of buttons) each.setAttribute("aria-pressed", `${each === button}`);
    form.hidden = false;
    tell(text("rated"));
  }

  async function remark(comment) {
    await post("/v1/feedback", { answer_id: answerId, rating: given, comment });
    form.hidden = true;
    buttons.find((button) => button.ariaPressed === "true").focus();
    tell(text("commented"));
  }

  return { buttons, form };
}

function thumb(rating, work) {
  const name = text(THUMBS[rating]);
  const button = element("button", { type: "button", class: `tool thumb ${rating}`, "aria-pressed": "false", title: name }, element("span", { class: "unseen" }, name));
  button.addEventListener("click", () => work(button));
  return button;
}

function commentForm(work) {
  const field = element("textarea", { rows: 2, maxlength: 3000, dir: "auto", required: "" });
  const label = element("label", {}, element("span", { class: "muted" }, text("comment_label")), field);
  const form = element("form", { class: "comment", hidden: "" }, label, element("button", { type: "submit" }, text("comment_send")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    work(field.value);
  });
  return form;
}
