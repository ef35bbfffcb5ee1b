// How the editor looks: the colours and fonts of the page's own style sheet, which reach into it as custom properties.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--card)", border: "1px solid var(--strong-line)", borderRadius: "8px", fontSize: ".95rem" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", minHeight: "16rem", maxHeight: "65vh", borderRadius: "8px" },
  ".cm-content": { caretColor: "var(--ink)", paddingBlock: ".6rem" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--link) 30%, transparent)" },
  ".cm-gutters": { backgroundColor: "var(--sunk)", color: "var(--soft)", border: "none", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--link) 7%, transparent)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--soft)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--error)" },
  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--strong-line)", borderRadius: "8px", boxShadow: "0 8px 30px rgb(0 0 0 / 22%)", overflow: "hidden", zIndex: "12" },
  ".cm-tooltip.cm-tooltip-autocomplete": { overflow: "visible" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "min(20rem, 40vh)", maxWidth: "min(44rem, 88vw)", borderRadius: "8px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".25rem .6rem", lineHeight: "1.4" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--card)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", marginLeft: ".8em" },
  ".cm-completionInfo": { fontFamily: "var(--sans)", fontSize: ".85rem", whiteSpace: "pre-line", overflowWrap: "anywhere", padding: ".4rem .7rem", maxWidth: "22rem" },
  "@media (max-width: 46rem)": { ".cm-tooltip.cm-completionInfo": { display: "none" } },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--error) 1.5px", textUnderlineOffset: ".25em" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", padding: ".4rem .7rem", whiteSpace: "normal", maxWidth: "34rem" },
  ".cm-diagnostic-error": { borderLeft: "5px solid var(--error)" },
  ".cm-diagnosticAction": { font: "inherit", fontWeight: "600", display: "block", margin: ".4rem 0 0", padding: ".3rem .8rem", minHeight: "1.8rem", borderRadius: "6px", backgroundColor: "var(--brand)", color: "var(--brand-ink)" },
  ".cm-panels": { backgroundColor: "var(--sunk)", color: "var(--ink)", borderTop: "1px solid var(--line)" },
  ".cm-panel.cm-panel-lint ul [aria-selected]": { backgroundColor: "var(--card)" },
});

const words = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--e-agency)", fontWeight: "700" },
  { tag: tags.string, color: "var(--e-citation)" },
  { tag: tags.variableName, color: "var(--e-time)" },
  { tag: [tags.namespace, tags.url, tags.propertyName, tags.typeName], color: "var(--e-product)" },
  { tag: [tags.integer, tags.float, tags.bool, tags.annotation], color: "var(--e-layout)" },
  { tag: tags.comment, color: "var(--soft)" },
]);

export const look = [theme, syntaxHighlighting(words)];
