// The editor over a text area: the text area stays what the form sends.
import { autocompletion, closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentService } from "@codemirror/language";
import { lintGutter, linter, lintKeymap } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { sparql } from "codemirror-lang-sparql";
import { completions } from "./completion.js";
import { look } from "./look.js";
import { bare, declared, missing } from "./prefixes.js";

/** Puts an editor in the place of a text area. `options`: vocabulary (a promise), check (an address), words, language,
 * run (what Ctrl+Enter does), said (told what is wrong with the text, or nothing). */
export function editorOver(area, options) {
  // In a shadow root the style sheets of the editor are constructed ones, which the page's content security policy allows.
  const host = document.createElement("div");
  host.className = "editor";
  area.after(host);
  const root = host.attachShadow({ mode: "open" });
  const label = area.labels[0];
  const view = new EditorView({
    parent: root,
    root,
    doc: area.value,
    extensions: [
      lineNumbers(), history(), drawSelection(), highlightSpecialChars(), highlightActiveLine(), indentOnInput(), bracketMatching(), closeBrackets(),
      sparql(), indentation, overSelection, look, EditorView.lineWrapping, EditorState.phrases.of(options.words.phrases),
      autocompletion({ override: [completions(options.vocabulary, options.words, options.language)], icons: false, maxRenderedOptions: 60 }),
      checking(options), lintGutter(),
      EditorView.contentAttributes.of({ "aria-label": label.textContent, "aria-multiline": "true" }),
      EditorView.updateListener.of((update) => { if (update.docChanged) area.value = update.state.doc.toString(); }),
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (options.run(), true) }])),
      keymap.of([...closeBracketsKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]), // no Tab: it leaves the editor
    ],
  });
  area.hidden = true;
  label.addEventListener("click", () => view.focus());
  return view;
}

/** Two blanks for each brace that is open, one less for a line that closes it. */
const indentation = [
  indentService.of(({ state, options }, at) => {
    const line = state.doc.lineAt(at);
    const before = bare(state.sliceDoc(0, line.from === at ? at : Math.min(at, line.to)));
    const depth = before.split("{").length - before.split("}").length - (!options.simulateDoubleBreak && /^\s*\}/.test(state.sliceDoc(at, line.to)) ? 1 : 0);
    return Math.max(0, depth) * 2;
  }),
  EditorState.languageData.of(() => [{ indentOnInput: /^\s*\}$/ }]),
];

/** Typing over a selection is done here: the browser would do it with a style attribute, and complain that the page forbids those. */
const overSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    if (empty || view.composing || event.inputType !== "insertText" || !event.data) return false;
    const insert = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, event.data, insert))) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

/** Replaces the whole text. */
export function write(view, text) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
}

/** Errors as the service that will run the text sees them. */
function checking({ check, words, vocabulary, said }) {
  let asked;
  return linter(async (view) => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(check, { method: "POST", body: new URLSearchParams({ query: view.state.doc.toString() }), signal: asked.signal });
      const problem = answer.ok ? await answer.json() : {};
      said(problem.error ?? "");
      return problem.error ? [await diagnostic(view.state.doc, problem, words, (await vocabulary).prefixes)] : [];
    } catch {
      return []; // a newer text is being checked, or the server is away: running will say so
    }
  }, { delay: 350 });
}

function diagnostic(doc, problem, words, prefixes) {
  const line = doc.line(Math.min(problem.line ?? 1, doc.lines));
  let from = Math.min(line.from + (problem.column ?? 1) - 1, line.to);
  if (from === line.to && from > line.from) from -= 1;
  const length = doc.sliceString(from, line.to).match(/^\S{1,40}/)?.[0].length ?? 1;
  const text = doc.toString();
  const header = declared(text).length ? missing(text, prefixes) : "";
  const actions = header ? [{ name: words.addPrefix, apply: (view) => view.dispatch({ changes: { from: 0, insert: header } }) }] : [];
  return { from, to: Math.min(from + length, line.to), severity: "error", message: problem.error, actions };
}
