"""Where a search finds nothing: which of its words the index does not have, what comes near them, and what has most of the others."""

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from cancu.graph.spelling import words as words_of
from cancu.queries.search_index import Index, Scope
from cancu.queries.search_terms import Term, Token, Typed, read_typed

MISSING, WORDS, QUERIES, THINGS = 5, 3, 3, 5
"""How many missing words are looked at, how many near words are named for each, how many other searches, how many things."""
TRIED = 24
"""How many other searches are tried."""
_CUTOFF = 0.7


@dataclass(frozen=True)
class Nearest:
    """What comes near a search that found nothing.

    Attributes:
        counts: each typed word or phrase -> how many entries have it.
        words: each typed word that stands nowhere -> the words nearest to it.
        queries: the search with other words in their place, or with other marks, as far as that finds something.
        things: without such a search, the entries that have most of the words.
    """

    counts: Mapping[str, int]
    words: Mapping[str, tuple[str, ...]]
    queries: tuple[str, ...]
    things: tuple[int, ...]


def nearest(index: Index, typed: Typed, scope: Scope) -> Nearest:
    """What comes nearest in this scope."""
    tokens = tuple(dict.fromkeys(typed.tokens))
    missing = [token for token in tokens if not _is_there(index, token, scope)]
    near = _near_words(index, missing[:MISSING], scope)
    others = _with_words(index, typed, near, scope) if near else _with_marks(index, typed, scope)
    queries = tuple(islice(dict.fromkeys(others), QUERIES))
    rest = [] if queries else [Term((token,)) for token in tokens if token not in near]
    return Nearest(
        {term.shown: len(index.find((term,), scope)) for term in typed.terms},
        {token.shown: words for token, words in near.items()},
        queries,
        _most(index, rest, scope)[:THINGS],
    )


def _is_there(index: Index, token: Token, scope: Scope) -> bool:
    return bool(index.find((Term((token,)),), scope))


def _near_words(
    index: Index, missing: Sequence[Token], scope: Scope
) -> dict[Token, tuple[str, ...]]:
    """Word that stands nowhere -> words that do: first those that differ in marks only, then those of like letters."""
    vocabulary = index.vocabulary() if missing else []
    shown: dict[str, list[str]] = {}
    for folded, word, _ in vocabulary:
        shown.setdefault(folded, []).append(word)
    found = {}
    for token in missing:
        like = difflib.get_close_matches(token.folded, shown, n=2 * WORDS, cutoff=_CUTOFF)
        folds = dict.fromkeys([*([token.folded] if token.folded in shown else []), *like])
        listed = (word for folded in folds for word in shown[folded])
        there = (w for w in listed if index.find(read_typed(w).terms, scope))
        found[token] = tuple(islice(there, WORDS))
    return found


def _with_words(
    index: Index, typed: Typed, near: Mapping[Token, tuple[str, ...]], scope: Scope
) -> Iterator[str]:
    """The search with near words in the place of those that stand nowhere, as far as it finds something."""
    for words in islice(product(*near.values()), TRIED):
        other = _replaced(typed.text, dict(zip((t.exact for t in near), words, strict=True)))
        if index.find(read_typed(other).terms, scope):
            yield other


def _with_marks(index: Index, typed: Typed, scope: Scope) -> Iterator[str]:
    """The search with other marks on one of its words, as far as it finds something."""
    vocabulary: dict[str, list[str]] = {}
    for folded, word, _ in index.vocabulary():
        vocabulary.setdefault(folded, []).append(word)
    pairs = (
        (token, word)
        for token in typed.tokens
        if token.marked
        for word in vocabulary.get(token.folded, ())
    )
    for token, word in islice(pairs, TRIED):
        other = _replaced(typed.text, {token.exact: word})
        if index.find(read_typed(other).terms, scope):
            yield other


def _replaced(text: str, words: Mapping[str, str]) -> str:
    parts, at = [], 0
    for word in words_of(text):
        if word.exact in words:
            parts += [text[at : word.start], words[word.exact]]
            at = word.end
    return "".join([*parts, text[at:]])


def _most(index: Index, terms: Sequence[Term], scope: Scope) -> tuple[int, ...]:
    """The entries that have the most of these terms, more than one where there are several."""
    counts: Counter[int] = Counter()
    ranks: dict[int, float] = defaultdict(float)
    for term in dict.fromkeys(terms):
        for number, (_, rank) in index.find((term,), scope).items():
            counts[number] += 1
            ranks[number] += rank
    most = max(counts.values(), default=0)
    listed = (n for n in counts if counts[n] == most and (most > 1 or len(terms) == 1))
    return tuple(sorted(listed, key=lambda n: (ranks[n], n)))
