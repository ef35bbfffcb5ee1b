// The network as a file that one takes along: everything is in the page, nothing is asked for.
import { drawing, finder } from "./drawing.js";

const $ = (id) => document.getElementById(id);

export function startFile() {
  const data = JSON.parse($("data").textContent), box = $("picture"), chosen = $("chosen"), said = $("said");
  const rows = [...document.querySelectorAll("#edges tbody tr")];
  const name = (id) => data.nodes.find((node) => node.id === id)?.full ?? "";
  const off = { kind: new Set(), role: new Set(), way: new Set() };
  box.hidden = $("tools").hidden = false;
  $("drawn").hidden = true;
  const picture = drawing(box, data, { choose, pass: (id) => { said.textContent = name(id); } });
  box.picture = picture;

  // The rows behind a node, or behind the two ends of an edge, beside the picture.
  function choose(ids, move) {
    picture.show(ids);
    const found = rows.filter(({ hidden, dataset: { from, to } }) => !hidden
      && (ids.length === 2 ? ids.includes(from) && ids.includes(to) : [from, to].includes(ids[0])));
    const title = document.createElement("h2"), table = document.createElement("table");
    title.textContent = ids.map(name).join(" – ");
    table.append(...found.map((row) => row.cloneNode(true)));
    chosen.replaceChildren(...(ids.length ? [title, table] : []));
    if (move && ids.length) chosen.focus();
  }

  function filter({ target }) {
    off[target.dataset.filter][target.checked ? "delete" : "add"](target.value);
    picture.nodes.update(data.nodes.map(({ id, kind }) => ({ id, hidden: off.kind.has(kind) })));
    picture.edges.update(picture.edges.map(({ id, role, way }) => ({ id, hidden: off.role.has(role) || off.way.has(way) })));
    for (const row of rows) {
      const { role, way, fromKind, toKind } = row.dataset;
      row.hidden = off.role.has(role) || off.way.has(way) || off.kind.has(fromKind) || off.kind.has(toKind);
    }
  }
  document.querySelectorAll("[data-filter]").forEach((input) => input.addEventListener("change", filter));
  finder($("find"), () => data.nodes, (number) => { said.textContent = number ? "" : said.dataset.none; }, (id) => choose([id], true));
  $("in").onclick = picture.zoomIn;
  $("out").onclick = picture.zoomOut;
  $("fit").onclick = picture.fit;
}
