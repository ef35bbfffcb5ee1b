// Which terms fit what somebody has typed: by any name, with or without marks, or by address.

export const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

/** The terms of the vocabulary with their names ready to be looked at. */
export function prepare(terms) {
  return terms.map((term) => ({ ...term, keys: [...term.labels, term.curie].filter(Boolean).map(fold) }));
}

/** How well a term fits, less is better; Infinity if it does not. A name fits where one of its words begins; the shorter it is the better. */
function rank(term, typed) {
  let best = Infinity;
  for (const key of term.keys) {
    const at = key.indexOf(typed);
    if (at === 0) best = Math.min(best, key.length);
    else if (at > 0 && /[^\p{L}\p{N}]/u.test(key[at - 1])) best = Math.min(best, 1000 + key.length);
    else if (at > 0 && typed.length > 3 && !typed.includes(" ")) best = Math.min(best, 2000 + key.length);
  }
  return best;
}

/** The terms that fit, the best first and otherwise in their order. */
export function fitting(terms, typed, most = 60) {
  const wanted = fold(typed);
  const found = terms.map((term, order) => ({ term, order, rank: rank(term, wanted) })).filter((one) => one.rank < Infinity);
  return found.sort((a, b) => a.rank - b.rank || a.order - b.order).slice(0, most).map((one) => one.term);
}

const WORDS = /[\p{L}\p{N}:_./-]+(?: [\p{L}\p{N}:_./-]+){0,9} ?$/u;

/** What may be a name at the end of a line: all its words, then without the first, and so on. */
export function phrases(before) {
  const match = before.match(WORDS)?.[0];
  if (!match) return [];
  const starts = [0, ...[...match.matchAll(/ (?=\S)/g)].map((gap) => gap.index + 1)];
  return starts.map((start) => match.slice(start)).filter((phrase) => /\p{L}/u.test(phrase) && (!phrase.endsWith(" ") || phrase.length > 3));
}
