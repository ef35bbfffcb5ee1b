// Draws a network with vis-network: nodes, edges and options come from the server (made by pyvis), places too; here are only colours,
// keys and what is chosen. Used by the page and by the file that one takes along.
import { DataSet } from "vis-data/esnext";
import { Network } from "vis-network/esnext";

export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

// data: { nodes, edges, options, colours (name -> custom property), order (ids as a reader goes through them) }
// events: choose(ids) when a node ([id]) or an edge ([from, to]) is chosen, open(id) when a node is opened
export function drawing(box, data, events) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const nodes = new DataSet(data.nodes.map(({ group, ...node }) => ({ ...node, tint: group })));
  const edges = new DataSet(data.edges);
  const order = data.order.filter((id) => nodes.get(id));
  let at = "";
  // Seen from afar, the few that most hang on keep names that can be read; around an office every name has its place.
  const ends = new Map();
  for (const { from, to } of data.edges) for (const end of [from, to]) ends.set(end, (ends.get(end) ?? 0) + 1);
  const hubs = new Set(data.nodes.length > 40 && !data.nodes.some(({ middle }) => middle) ? [...ends].filter(([id]) => nodes.get(id)?.kind !== "task").sort((a, b) => b[1] - a[1]).slice(0, 5).map(([id]) => id) : []);

  function colour() {
    const style = getComputedStyle(box);
    const of = (name) => style.getPropertyValue(data.colours[name]).trim();
    nodes.update(nodes.get().map(({ id, tint, middle }) => {
      const border = of(middle ? "lit" : "paper"), lit = { background: of(tint), border: of("ink") };
      return { id, borderWidth: middle ? 4 : 1.5, borderWidthSelected: 4, color: { background: of(tint), border, highlight: lit, hover: lit },
        font: { size: hubs.has(id) ? 24 : 13, color: of("ink"), face: style.fontFamily, strokeWidth: 4, strokeColor: of("paper") } };
    }));
    edges.update(edges.get().map(({ id, tint }) => ({ id, color: { color: of(tint), highlight: of(tint), hover: of(tint), inherit: false } })));
  }

  colour();
  const network = new Network(box, { nodes, edges }, { ...data.options, autoResize: true });
  const frame = box.querySelector(".vis-network");
  frame?.setAttribute("tabindex", "-1"); // the box around it takes the keys
  network.once("afterDrawing", () => { box.dataset.ready = String(Math.round(performance.now())); });
  dark.addEventListener("change", colour);
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) events.choose([node]);
    else if (edge !== undefined) { const { from, to } = edges.get(edge); events.choose([from, to]); }
  });
  network.on("doubleClick", ({ nodes: [node] }) => { if (node !== undefined) events.open?.(node); });

  const motion = calm ? false : { duration: 250, easingFunction: "easeInOutQuad" };
  const zoom = (by) => network.moveTo({ scale: network.getScale() * by, animation: motion });
  // What fits is the marks; labels reach a little further.
  const room = (animation) => network.moveTo({ scale: network.getScale() * 0.9, animation });
  const fit = () => { network.fit(); room(motion); };
  room(false);
  // Chosen from elsewhere: lit here, and brought into sight if it is not.
  function show(ids) {
    const known = ids.filter((id) => nodes.get(id));
    if (known.length !== ids.length || !known.length) { network.unselectAll(); at = ""; return; }
    if (known.length === 1) network.selectNodes(known);
    else network.setSelection({ nodes: [], edges: edges.getIds({ filter: (edge) => ids.includes(edge.from) && ids.includes(edge.to) }) });
    at = known[0];
    const { x, y } = network.canvasToDOM(network.getPosition(at));
    if (x < 20 || y < 20 || x > box.clientWidth - 20 || y > box.clientHeight - 40)
      network.focus(at, { scale: Math.max(network.getScale(), 0.7), animation: motion });
  }

  function step(by) {
    const next = order[(order.indexOf(at) + by + order.length) % order.length] ?? order[0];
    if (next === undefined) return;
    show([next]);
    events.pass?.(next);
  }
  const keys = {
    ArrowRight: () => step(1), ArrowDown: () => step(1), ArrowLeft: () => step(-1), ArrowUp: () => step(-1),
    Enter: () => at && events.choose([at], true), " ": () => at && events.choose([at], true), Escape: () => { show([]); events.choose([]); },
    "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: fit,
  };
  box.onkeydown = (event) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    act();
  };
  return {
    network, nodes, edges, show, fit, zoomIn: () => zoom(1.3), zoomOut: () => zoom(1 / 1.3),
    destroy() { dark.removeEventListener("change", colour); network.destroy(); },
  };
}

// Nodes whose names have these words, marks aside; those that begin with them first.
export function matching(nodes, text) {
  const asked = fold(text).trim(), words = asked.split(/\s+/);
  const found = nodes.map((node) => [fold(`${node.label.replaceAll("\n", " ")} ${node.full}`), node]).filter(([name]) => words.every((word) => name.includes(word)));
  const rank = ([name]) => (name.startsWith(asked) ? 0 : name.includes(` ${asked}`) ? 1 : 2);
  return asked ? found.sort((a, b) => rank(a) - rank(b)).map(([, node]) => node) : [];
}

// A field that offers nodes while somebody types: a combobox with a list, as in the ARIA Authoring Practices.
export function finder(input, nodes, said, choose) {
  const list = document.createElement("ul");
  Object.assign(list, { id: `${input.id}-ds`, className: "offers", role: "listbox", hidden: true });
  list.setAttribute("aria-label", input.labels[0].textContent);
  input.after(list);
  let at = -1;
  const set = (name, value) => input.setAttribute(`aria-${name}`, value);
  input.role = "combobox";
  set("autocomplete", "list");
  set("controls", list.id);
  set("expanded", "false");
  function close() {
    list.hidden = true;
    at = -1;
    set("expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function mark(next) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = (next + list.children.length) % list.children.length;
    const option = list.children[at];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    set("activedescendant", option.id);
  }
  input.addEventListener("input", () => {
    const found = matching(nodes(), input.value).slice(0, 12);
    list.replaceChildren(...found.map((node, number) => {
      const option = document.createElement("li");
      Object.assign(option, { id: `${list.id}-${number}`, role: "option", textContent: node.full });
      const code = node.label.replaceAll("\n", " ");
      if (code.trim() && !node.full.startsWith(code.replace(/…$/, ""))) option.prepend(Object.assign(document.createElement("b"), { textContent: `${code} ` }));
      option.setAttribute("aria-selected", "false");
      option.dataset.id = node.id;
      return option;
    }));
    at = -1;
    list.hidden = !found.length;
    set("expanded", String(found.length > 0));
    said(input.value.trim() ? found.length : -1);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(at < 0 ? -1 : at - 1); }
    else if (event.key === "Enter" && (at >= 0 || list.children.length === 1)) {
      event.preventDefault();
      const { id } = list.children[Math.max(at, 0)].dataset;
      close();
      choose(id);
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 0));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) { close(); choose(option.dataset.id); }
  });
}
