// Adding reports: files that are chosen or dropped, how far they are, and what came of them.

import { onPress, refreshPage, toldView } from "./actions.js";
import { upload } from "./api.js";
import { element, link } from "./dom.js";
import { changeWords, follow, progressView, read, stateMark } from "./run_view.js";
import { text } from "./texts.js";

const form = document.getElementById("upload");
const field = document.getElementById("files");
const chosen = document.getElementById("chosen");
const progress = document.getElementById("upload-progress");

/** Takes files; `added` is called once they have gone in. */
export function takeFiles(added) {
  field.addEventListener("change", () => choose([...field.files], added));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("dragenter", () => form.classList.add("over"));
  form.addEventListener("dragleave", (event) => form.contains(event.relatedTarget) || form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    choose([...event.dataTransfer.files], added);
  });
  field.disabled = false;
}

/** Lists the files with the buttons to send or forget them. */
function choose(files, added) {
  progress.replaceChildren();
  chosen.hidden = files.length === 0;
  if (!files.length) return;
  const names = files.map(({ name }) => element("li", {}, element("bdi", {}, name)));
  const add = element("button", { type: "button", class: "primary" }, text("upload_send"));
  const clear = element("button", { type: "button" }, text("upload_clear"));
  const told = toldView();
  onPress(add, told, () => send(files, added));
  clear.addEventListener("click", forget);
  const count = element("p", { role: "status" }, text("upload_chosen", { count: files.length }));
  chosen.replaceChildren(count, element("ul", { class: "files", tabindex: "0" }, ...names), element("div", { class: "actions" }, add, clear), told);
  add.focus();
}

function forget() {
  field.value = "";
  chosen.hidden = true;
  chosen.replaceChildren();
  field.focus();
}

async function send(files, added) {
  const bar = element("progress", { "aria-label": text("upload_progress"), max: "1", value: "0" });
  progress.replaceChildren(element("p", { role: "status" }, text("upload_sending")), bar);
  try {
    const { run_id } = await upload("/v1/documents", bodyOf(files), (share) => (bar.value = share));
    forget();
    showEnded(await follow(run_id, showing(await read(run_id))));
  } catch (error) {
    progress.replaceChildren();
    throw error;
  }
  added();
}

function bodyOf(files) {
  const body = new FormData();
  for (const file of files) body.append("files", file);
  return body;
}

function showing(run) {
  const { node, show } = progressView(run);
  progress.replaceChildren(node);
  return show;
}

function showEnded(run) {
  const failed = run.failed.map(({ source, reason }) => element("li", {}, element("bdi", {}, source), ": ", element("bdi", {}, reason)));
  progress.replaceChildren(
    element("p", { role: "status" }, stateMark(run), " ", changeWords(run)),
    failed.length ? element("ul", { class: "notes" }, ...failed) : "",
    element("p", {}, link(refreshPage(run.run_id), text("see_refresh"))),
  );
}
