// Which prefixes a query uses and declares.

const OPAQUE = /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*/g;

/** The text without its strings, addresses and comments. */
export const bare = (text) => text.replace(OPAQUE, " ");

export const declared = (text) => [...bare(text).matchAll(/\bPREFIX\s+([\w-]*):/gi)].map((match) => match[1]);

const used = (text) => [...bare(text).replace(/\bPREFIX\s+[\w-]*:/gi, " ").matchAll(/(?<![\w?$:.-])([A-Za-z][\w-]*):/g)].map((match) => match[1]);

/** The lines to put before a text so that what is known of its prefixes is declared. */
export function missing(text, prefixes, ...more) {
  const known = new Map(prefixes.map((one) => [one.prefix, one.iri]));
  const there = new Set(declared(text));
  const names = [...new Set([...used(text), ...more])].filter((name) => known.has(name) && !there.has(name));
  return names.map((name) => `PREFIX ${name}: <${known.get(name)}>\n`).join("");
}
