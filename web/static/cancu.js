// Lights every piece of the words that an address names: a span may be cut by a page break, :target reaches its first piece.
"use strict";
// The first page: addresses from the API are below it, and it may lie under a path of a larger site.
const { root } = document.documentElement.dataset;
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

// The search box of the header suggests while somebody types: a combobox with a list, as in the ARIA Authoring Practices. Without this script
// it is a plain form.
function suggestIn(form) {
  const input = form.querySelector("input[type=search]");
  const list = form.appendChild(document.createElement("ul"));
  const said = form.appendChild(document.createElement("p"));
  let asked, timer, at = -1;
  Object.assign(list, { id: "goi-y", role: "listbox", hidden: true });
  list.setAttribute("aria-label", input.labels[0].textContent);
  said.className = "hidden";
  said.role = "status";
  const set = (name, value) => input.setAttribute(`aria-${name}`, value);
  input.role = "combobox";
  set("autocomplete", "list");
  set("controls", list.id);
  set("expanded", "false");

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    at = -1;
    set("expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function choose(next) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = next;
    const option = list.children[at];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    set("activedescendant", option.id);
  }
  function text(parent, name, content) {
    const part = parent.appendChild(document.createElement("span"));
    part.className = name;
    part.append(...content);
  }
  const marked = (segments) => segments.map((segment) => {
    if (!segment.found) return segment.text;
    const mark = document.createElement("mark");
    mark.className = "hit";
    mark.textContent = segment.text;
    return mark;
  });
  function option(page, number) {
    const item = list.appendChild(document.createElement("li"));
    Object.assign(item, { id: `goi-y-${number}`, role: "option" });
    item.setAttribute("aria-selected", "false");
    item.dataset.page = page;
    return item;
  }
  function show(found) {
    list.replaceChildren();
    for (const one of found.suggestions) {
      const item = option(root + one.page.slice(1), list.children.length);
      text(item, "kind", [one.name]);
      if (one.kind === "passage") text(item, "title", marked(one.snippet));
      else {
        text(item, "label", [one.label]);
        if (one.title.length) text(item, "title", marked(one.title));
        const rest = [...new Set([one.note, one.plan_name])].filter(Boolean).join(" · ");
        if (rest) text(item, "rest", [rest]);
      }
    }
    for (const query of found.queries) {
      const address = new URL(form.action);
      address.search = new URLSearchParams([...new FormData(form)].map(([k, v]) => [k, k === "q" ? query : v]));
      text(option(address.pathname + address.search, list.children.length), "title", [`${form.dataset.nearest} ${query}`]);
    }
    const number = list.children.length;
    said.textContent = number ? form.dataset.some.replace("#", number) : form.dataset.none;
    at = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !number;
    set("expanded", String(number > 0));
  }
  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const fields = new URLSearchParams([...new FormData(form), ["goi-y", "1"], ["lang", document.documentElement.lang]]);
    try {
      const answer = await fetch(`${root}api/tim-kiem?${fields}`, { signal: asked.signal });
      if (answer.ok) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) close();
    else timer = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) { if (input.value.trim().length > 1) ask(); }
      else if (event.key === "ArrowDown") choose(at >= last ? -1 : at + 1);
      else choose(at < 0 ? last : at - 1);
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      location.assign(list.children[at].dataset.page);
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 0));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) location.assign(item.dataset.page);
  });
}
addEventListener("DOMContentLoaded", () => document.querySelectorAll("form.find").forEach(suggestIn));
