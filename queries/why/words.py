"""Facts, conditions and failures in sentences of both languages."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Variable

from cancu.ontology.terms import RDF
from cancu.queries.catalogue import Question, Words
from cancu.queries.codes import all_codes, in_words
from cancu.queries.why.pattern import (
    Group,
    Path,
    Term,
    Triple,
    Values,
    sure,
    walk,
)
from cancu.queries.why.terms import Names, Property


def join(listed: Iterable[Words], vi: str, en: str) -> Words:
    """Words one after the other, with these between them."""
    kept = list(listed)
    return Words(vi.join(w.vi for w in kept), en.join(w.en for w in kept))


def sentence(words: Words) -> Words:
    """Words as a sentence."""
    return Words(
        *(f"{text[:1].upper()}{text[1:]}".rstrip(". ") + "." for text in (words.vi, words.en))
    )


@dataclass(frozen=True)
class Speaker:
    """Says what a query and its data hold.

    Attributes:
        names: of things and properties.
        question: whose columns and parameters name variables; None for the conditions of a rule.
    """

    names: Names
    question: Question | None = None

    # ---- triples

    def lacking(self, subject: Term, part: Triple, end: Words | None) -> Words:
        """That a thing has not what a pattern says: not this value, or none at all."""
        who = self.names.say(subject)
        said = self.properties(part)
        verbs = (p.none if end is None else filled(p.lacks, end) for p in said)
        return join((join((who, verb), " ", " ") for verb in verbs), "; ", "; ")

    def nobody(self, part: Triple, end: Words | None, kind: Words, others: bool) -> Words:
        """That nothing of a kind has what a pattern says; `others`: things do that fail elsewhere."""
        verb = self._has(part, end)
        if not others:
            return Words(
                f"không có {kind.vi} nào {verb.vi}", f"there is no {kind.en} that {verb.en}"
            )
        return Words(
            f"không có {kind.vi} nào {verb.vi} mà hợp với các điều kiện khác",
            f"there is no {kind.en} that {verb.en} and meets the other conditions",
        )

    def none_of(
        self, subjects: Sequence[Term], part: Triple, end: Words | None, kind: Words
    ) -> Words:
        """That none of several things has what a pattern says."""
        listed = join(dict.fromkeys(self.names.say(s) for s in subjects), "; ", "; ")
        verb = self._has(part, end)
        return Words(
            f"trong số {listed.vi}, không {kind.vi} nào {verb.vi}",
            f"of {listed.en}, no {kind.en} {verb.en}",
        )

    def _has(self, part: Triple, end: Words | None) -> Words:
        said = self.properties(part)
        if end is None:
            return join((some(p.noun) for p in said), " hay ", " or ")
        return join((filled(p.has, end) for p in said), " hay ", " or ")

    def described(self, variable: Variable, group: Group, without: Collection[int]) -> Words:
        """What a variable stands for, by the first condition that says what it has, or whose it is."""
        kind = self.kind(group, variable)
        for part in sure(group):
            if not isinstance(part, Triple) or part.key in without:
                continue
            said = self.properties(part)[0]
            if said.naming:
                continue
            if part.subject == variable and not isinstance(part.object, Variable):
                verb = filled(said.has, self.names.say(part.object))
                return Words(f"{kind.vi} {verb.vi}", f"{kind.en} that {verb.en}")
            if part.object == variable and not isinstance(part.subject, Variable):
                who = self.names.say(part.subject)
                return Words(f"{said.noun.vi} của {who.vi}", f"{said.noun.en} of {who.en}")
        return kind

    def properties(self, part: Triple) -> tuple[Property, ...]:
        """The properties that a pattern may go by."""
        predicate = part.predicate
        if isinstance(predicate, NamedNode):
            return (self.names.property(predicate),)
        if (
            isinstance(predicate, Path)
            and predicate.kind == "choice"
            and all(p.iri for p in predicate.parts)
        ):
            return tuple(self.names.property(p.iri) for p in predicate.parts if p.iri)
        if isinstance(predicate, Path):
            nouns = join(
                (self.names.property(iri).noun for iri in dict.fromkeys(_steps(predicate))),
                ", ",
                ", ",
            )
            return (_led(nouns),)
        return (_led(Words("quan hệ", "relation")),)

    # ---- variables

    def kind(self, group: Group, node: Term | Variable) -> Words:
        """What a variable stands for, by the patterns it is in."""
        named, implied = set(), set()
        for part in walk(group):
            if not isinstance(part, Triple) or part.subject != node:
                continue
            if isinstance(part.predicate, NamedNode):
                if part.predicate.value == RDF.type and isinstance(part.object, NamedNode):
                    named.add(part.object.value)
                else:
                    implied.add(self.names.property(part.predicate).of)
        return self.names.kind(named or implied)

    def noun(self, variable: Variable, group: Group) -> Words:
        """What a variable is called: as the column of the answer, else by the property that gives it its value."""
        name = variable.value
        for column in self.question.columns if self.question else ():
            if name in (column.name, f"{column.name}_iri"):
                return Words(f"“{column.label.vi}”", f"“{column.label.en}”")
        for part in walk(group):
            if isinstance(part, Triple) and part.object == variable:
                return self.properties(part)[0].noun
        if any(isinstance(part, Triple) and part.predicate == variable for part in walk(group)):
            return Words("quan hệ", "relation")
        if any(isinstance(part, Triple) and part.subject == variable for part in walk(group)):
            return self.kind(group, variable)
        # a SELECT inside has its names with a number (see `read`)
        plain = re.sub(r"_\d+$", "", name)
        return Words(
            f"giá trị “{plain}” tính trong câu truy vấn", f"value “{plain}” computed in the query"
        )

    def value(self, variable: Variable, term: Term | None) -> Words:
        """A value; that of a column of codes in its words."""
        if term is None:
            return Words("không có", "none")
        kinds = (
            [c.type for c in self.question.columns if c.name == variable.value]
            if self.question
            else []
        )
        for kind in kinds:
            if term.value in all_codes(kind):
                return Words(in_words(kind, term.value, "vi"), in_words(kind, term.value, "en"))
        return self.names.say(term)


def some(noun: Words) -> Words:
    """That a thing has one of these."""
    article = "an" if noun.en[:1] in "aeiou" else "a"
    return Words(f"có {noun.vi}", f"has {article} {noun.en}")


def filled(verb: Words, end: Words) -> Words:
    """What is said of a thing, with its object."""
    return Words(verb.vi.replace("{o}", end.vi), verb.en.replace("{o}", end.en))


def _steps(path: Path) -> Iterator[NamedNode]:
    if path.iri is not None:
        yield path.iri
    for part in path.parts:
        yield from _steps(part)


def _led(nouns: Words) -> Property:
    """A property that leads somewhere over others."""
    return Property(
        nouns,
        Words(f"dẫn tới {{o}} qua {nouns.vi}", f"leads to {{o}} through {nouns.en}"),
        Words(f"không dẫn tới {{o}} qua {nouns.vi}", f"does not lead to {{o}} through {nouns.en}"),
        Words(f"không dẫn tới đâu qua {nouns.vi}", f"leads nowhere through {nouns.en}"),
    )


def with_choices(part: Triple, group: Group) -> Triple:
    """A pattern whose property is a variable, with the properties that a table of the query allows."""
    if not isinstance(part.predicate, Variable):
        return part
    listed = [iri for iri in _table(group, part.predicate) if isinstance(iri, NamedNode)]
    steps = tuple(Path("step", iri) for iri in dict.fromkeys(listed))
    return replace(part, predicate=Path("choice", parts=steps)) if steps else part


def _table(group: Group, variable: Variable) -> list[Term]:
    for part in walk(group):
        if isinstance(part, Values) and variable in part.variables:
            column = part.variables.index(variable)
            return [term for row in part.rows if (term := row[column]) is not None]
    return []
