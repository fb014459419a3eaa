// Runs before the page is there: a question that is sent before the modules are ready waits for them.

(() => {
  const wait = (event) => {
    const form = document.getElementById("ask");
    if (form.dataset.ready || event.target.closest("form") !== form) return;
    event.preventDefault();
    form.dataset.sent = "yes";
  };
  const enters = (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.id === "question";
  document.addEventListener("keydown", (event) => enters(event) && wait(event), { capture: true });
  document.addEventListener("submit", wait, { capture: true });
})();
