// Lights every piece of the words that an address names: a span may be cut by a page break, :target reaches its first piece.
"use strict";
function light() {
  document.querySelectorAll("mark.lit").forEach((mark) => mark.classList.remove("lit"));
  const id = location.hash.slice(1);
  if (!/^c\d+-\d+$/.test(id)) return;
  document.querySelectorAll(`mark[data-of="${id}"]`).forEach((mark) => mark.classList.add("lit"));
}
addEventListener("hashchange", light);
addEventListener("DOMContentLoaded", light);
addEventListener("keydown", (event) => {
  const form = event.target.form;
  if (event.key === "Enter" && event.ctrlKey && event.target.id === "query" && form) form.requestSubmit();
});
