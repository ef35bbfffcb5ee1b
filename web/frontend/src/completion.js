// What the editor offers: prefixes, variables of the text, keywords, and terms by their names.
import { bare, missing } from "./prefixes.js";
import { fitting, phrases } from "./names.js";

const KEYWORDS = "ASK AS ASC AVG BIND BY CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DESC DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP GROUP_CONCAT HAVING IF IN LANG LANGMATCHES LCASE LIMIT MAX MIN MINUS NAMED NOT OFFSET OPTIONAL ORDER PREFIX REGEX REPLACE SAMPLE SELECT SEPARATOR STR STRENDS STRSTARTS SUM UCASE UNION VALUES WHERE YEAR".split(" ");

/** A source of completions; `vocabulary` is a promise of what the server knows, `words` says kinds of terms. */
export function completions(vocabulary, words, language) {
  return async (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    if (/["'#]|<[^>\s]*$/.test(bare(before).replace(/(^|\s)<\s/g, " "))) return null; // inside of a string, comment or address
    const { prefixes, terms } = await vocabulary;
    const at = (text) => context.pos - text.length;
    const prefix = before.match(/\bPREFIX\s+([\w-]*)$/i);
    if (prefix) return { from: at(prefix[1]), options: prefixes.map((one) => ({ label: `${one.prefix}: <${one.iri}>`, type: "namespace" })) };
    const variable = before.match(/[?$]\w*$/)?.[0];
    if (variable) return variables(context.state.doc.toString(), variable, at(variable));
    const found = byName(terms, before, context.explicit);
    const word = before.match(/[A-Za-z_]*$/)[0];
    const keywords = KEYWORDS.filter((one) => word && one.startsWith(word.toUpperCase()));
    const typed = found?.phrase ?? word;
    if (!context.explicit && (!typed || typed === "a" || keywords.includes(word.toUpperCase()) || terms.some((term) => term.curie === typed))) return null;
    const offered = (found?.terms ?? []).map((term) => option(term, prefixes, words, language));
    const listed = typed === word ? keywords.map((label) => ({ label, type: "keyword" })) : [];
    const options = /^[A-Z]{2}/.test(word) ? [...listed, ...offered] : [...offered, ...listed];
    return options.length ? { from: at(typed), filter: false, options } : null;
  };
}

function variables(text, typed, from) {
  const all = bare(text).match(/[?$]\w+/g) ?? [];
  if (all.filter((one) => one === typed).length > 1) return null;
  const others = [...new Set(all)].filter((one) => one !== typed);
  return { from, options: others.map((label) => ({ label, type: "variable" })) };
}

/** The terms for the longest run of words at the end that names any. */
function byName(all, before, explicit) {
  for (const phrase of phrases(before)) {
    const terms = fitting(all, phrase);
    if (!terms.length) continue;
    const isClass = /(?:^|\s)(?:a|rdf:type)\s+$/.test(before.slice(0, before.length - phrase.length));
    return { phrase, terms: isClass ? [...terms.filter((term) => term.kind === "class"), ...terms.filter((term) => term.kind !== "class")] : terms };
  }
  return explicit && !/\S$/.test(before) ? { phrase: "", terms: all.filter((term) => term.labels.length).slice(0, 200) } : null;
}

function option(term, prefixes, words, language) {
  const own = (language === "en" && term.labels[1]) || term.labels[0] || "";
  const rest = term.labels.filter((label) => label !== own);
  return {
    label: term.curie || own,
    detail: term.curie ? own : words.kinds[term.kind],
    info: [words.kinds[term.kind], ...rest, term.iri].join("\n"),
    type: term.kind,
    apply(view, _, from, to) {
      const text = term.curie || `<${term.iri}>`;
      const header = term.curie ? missing(view.state.sliceDoc(0, from) + " " + view.state.sliceDoc(to), prefixes, term.curie.split(":")[0]) : "";
      view.dispatch({
        changes: [{ from: 0, insert: header }, { from, to, insert: text }],
        selection: { anchor: header.length + from + text.length }, scrollIntoView: true, userEvent: "input.complete",
      });
    },
  };
}

