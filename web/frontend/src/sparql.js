// The page /sparql: an editor in the place of the text area, and queries that run without leaving the page and can be stopped.
// Without this script the form works by itself.
import { editorOver, write } from "./editor.js";
import { forget, kept, remember } from "./history.js";
import { prepare } from "./names.js";

const LONGEST_ADDRESS = 6000;
const form = document.querySelector("form[data-editor]");
const part = (name) => form.querySelector(`[data-${name}]`);
const area = form.querySelector("textarea");
const words = JSON.parse(form.dataset.words);
const stop = part("stop"), status = part("status"), asked = part("history");
let running;

const vocabulary = fetch(form.dataset.vocab).then((answer) => answer.json())
  .then(({ prefixes, terms }) => ({ prefixes, terms: prepare(terms) }))
  .catch(() => ({ prefixes: [], terms: [] })); // keywords and variables are offered all the same
const view = editorOver(area, {
  vocabulary, words, check: form.dataset.check, language: document.documentElement.lang,
  run: () => form.requestSubmit(),
  said: (problem) => { part("problem").textContent = problem; },
});
part("keys").hidden = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run(event.submitter?.formMethod === "post" || area.value.length > LONGEST_ADDRESS);
});
stop.addEventListener("click", () => running?.abort());
addEventListener("popstate", () => location.reload());

async function run(unseen) {
  running?.abort();
  const own = (running = new AbortController());
  const fields = new URLSearchParams({ query: area.value });
  const address = `${form.getAttribute("action")}?${fields}`;
  busy(true);
  try {
    const headers = { Accept: "text/html" };
    const answer = await fetch(unseen ? form.action : address, { method: unseen ? "POST" : "GET", body: unseen ? fields : undefined, headers, signal: own.signal });
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (!unseen) history.pushState(null, "", address);
    if (answer.ok) remember(area.value);
    listAsked();
  } catch (error) {
    if (running === own) status.textContent = error.name === "AbortError" ? words.stopped : words.unreachable;
  } finally {
    if (running === own) busy(false);
  }
}

function busy(is) {
  const left = stop.getRootNode().activeElement === stop;
  stop.hidden = !is;
  if (is) status.textContent = words.running;
  else if (left) view.focus();
}

/** Takes the result out of the page that a browser without this script would have shown. */
function show(page) {
  const found = page.getElementById("ket-qua");
  if (found) document.getElementById("ket-qua").replaceWith(found);
  const told = (found ?? page).querySelector("[role=alert]") ? "" : found?.querySelector("[role=status], .big")?.textContent;
  status.textContent = found ? told && `${words.done} ${told}` : (page.querySelector("main .lead")?.textContent ?? words.unreachable);
  if (found?.querySelector(".result")) status.append(" ", Object.assign(document.createElement("a"), { href: "#ket-qua", textContent: words.toResult }));
  const other = page.querySelector(".top .switch");
  if (other) document.querySelector(".top .switch").href = other.href;
  offerCopies();
}

function offerCopies() {
  document.querySelectorAll("#ket-qua [data-copy]").forEach((button) => { button.hidden = false; });
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("#ket-qua [data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(text.textContent);
  } catch { // there is no clipboard where the page did not come over TLS
    getSelection().selectAllChildren(text);
    document.execCommand("copy");
  }
  status.textContent = words.copied;
});

function listAsked() {
  const queries = kept();
  asked.hidden = !queries.length;
  asked.querySelector("ol").replaceChildren(...queries.map((query) => {
    const item = document.createElement("li"), button = item.appendChild(document.createElement("button"));
    Object.assign(button, { type: "button", className: "quiet", textContent: query.replace(/^\s*(PREFIX[^\n]*\n|PREFIX\s+\S+\s+<[^>]*>\s*|#[^\n]*\n)*/i, "").replace(/\s+/g, " ").slice(0, 120) });
    button.addEventListener("click", () => { write(view, query); view.focus(); });
    return item;
  }));
}
part("clear").addEventListener("click", () => { forget(); listAsked(); status.textContent = words.cleared; view.focus(); });

offerCopies();
listAsked();
if (document.querySelector("#ket-qua .result")) remember(area.value), listAsked();
