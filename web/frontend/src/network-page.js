// The page of the network. The server makes every state of it, under an address of its own; this script asks for the next one without
// loading the page anew, and draws. Going back undoes.
import { drawing, finder } from "./drawing.js";

let root, said, words, data, picture, asked;

function start() {
  words = JSON.parse(root.dataset.words);
  data = JSON.parse(document.getElementById("hinh-du-lieu").textContent);
  const box = document.getElementById("hinh"), undo = root.querySelector("[data-undo]");
  undo.hidden = !(history.state?.depth > 0);
  root.querySelector("[data-submit]").hidden = true;
  if (box) {
    box.hidden = false;
    root.classList.add("drawn-here");
    root.querySelector("[data-zoom]").hidden = false;
    root.querySelector("[data-keys]").hidden = false;
    picture = drawing(box, data, { choose, open, pass: (id) => { said.textContent = data.nodes.find((node) => node.id === id).full; } });
    box.picture = picture;
    picture.show(chosen());
  }
  finder(root.querySelector("#tim-nut"), () => data.nodes, (number) => { said.textContent = number < 0 ? "" : number ? words.some.replace("#", number) : words.none; },
    (id) => { root.querySelector("#tim-nut").value = ""; picture?.show([id]); choose([id], true); });
}

const long = new Map(), short = (id) => data.nodes.find((node) => node.id === id)?.short ?? id.replace(/^.*?\/id\//, "");
function chosen() {
  data.nodes.forEach((node) => long.set(node.short, node.id));
  return new URL(here(), location).searchParams.getAll("chon").map((name) => long.get(name) ?? name);
}
const here = () => root.dataset.here;
function changed(change) {
  const address = new URL(here(), location);
  change(address.searchParams);
  return address.pathname + address.search;
}

// The next state: its part of the page takes the place of this one.
async function go(address, push = true) {
  asked?.abort();
  asked = new AbortController();
  const focused = document.activeElement?.id;
  root.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("mang-luoi");
    if (!next) return location.assign(address);
    picture?.destroy();
    picture = undefined;
    root.classList.remove("drawn-here");
    Object.assign(root.dataset, next.dataset);
    root.replaceChildren(...next.childNodes);
    document.title = page.title;
    if (push) history.pushState({ depth: (history.state?.depth ?? 0) + 1 }, "", here());
    start();
    said.textContent = document.getElementById("noi-hinh")?.textContent ?? "";
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  } catch (error) {
    if (error.name !== "AbortError") said.textContent = words.unreachable;
  } finally {
    root.removeAttribute("aria-busy");
  }
}

function fields(form) {
  const found = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) found.append(name, value);
  return `${form.getAttribute("action")}?${found}`;
}

async function choose(ids, move = false) {
  const address = changed((search) => { search.delete("chon"); ids.forEach((id) => search.append("chon", short(id))); });
  root.dataset.here = address;
  history.replaceState(history.state, "", address);
  root.querySelectorAll("[data-file]").forEach((link) => { link.search = new URL(address, location).search; });
  const panel = document.getElementById("chon");
  try {
    const answer = await fetch(address.replace("/mang-luoi", "/mang-luoi/chi-tiet"));
    if (!answer.ok || root.dataset.here !== address) return;
    panel.innerHTML = await answer.text(); // a template of ours, which writes text as text
    if (move) panel.focus();
  } catch {
    said.textContent = words.unreachable;
  }
}

function open(id) {
  go(changed((search) => search.has("nut") ? search.append("mo", short(id)) : search.set("nut", short(id))));
}

export function startPage() {
  root = document.getElementById("mang-luoi");
  said = document.getElementById("noi");
  root.addEventListener("change", (event) => { if (event.target.matches("select, [type=checkbox]")) go(fields(event.target.form)); });
  root.addEventListener("submit", (event) => { event.preventDefault(); go(fields(event.target)); });
  root.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("[data-go], [data-choose], button[type=button]");
    if (!link) return;
    if (link.matches("[data-go]")) { event.preventDefault(); go(link.getAttribute("href")); }
    else if (link.matches("[data-choose]")) {
      event.preventDefault();
      const ids = link.dataset.choose.split(" ");
      picture?.show(ids);
      choose(ids, true);
    } else if (link.matches("[data-undo]")) history.back();
    else if (link.matches("[data-in]")) picture?.zoomIn();
    else if (link.matches("[data-out]")) picture?.zoomOut();
    else if (link.matches("[data-fit]")) picture?.fit();
  });
  addEventListener("popstate", () => { if (location.pathname.endsWith("/mang-luoi") && !location.hash) go(location.href, false); });
  start();
}
