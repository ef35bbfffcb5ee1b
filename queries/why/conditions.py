"""Conditions that are no triples in sentences: values that are compared, and what must not be there."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Variable

from cancu.ontology.terms import XSD
from cancu.queries.catalogue import Words
from cancu.queries.why.pattern import (
    Call,
    Exists,
    Expression,
    Filter,
    Group,
    Part,
    Triple,
    Values,
    eliminates,
    in_expression,
)
from cancu.queries.why.probe import Solution
from cancu.queries.why.render import expression_text, part_text
from cancu.queries.why.terms import phrases
from cancu.queries.why.words import Speaker, filled, join, some

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
EMPTY = Group()
_LISTS = ("IN", "NOT IN")


@dataclass(frozen=True)
class Conditions:
    """Says the conditions of one group."""

    speaker: Speaker
    group: Group
    around: Group = EMPTY
    """What stands around the group, where that names its variables."""

    # ---- what must not be there

    def absent(self) -> Words:
        """That nothing fits the group."""
        parts = [part for part in self.group.parts if eliminates(part)]
        if len(parts) == 1 and isinstance(parts[0], Triple):
            return self._no_such(parts[0])
        inside = join((self.part(part) for part in parts), "; ", "; ")
        return Words(f"không có đồng thời: {inside.vi}", f"there is not, together: {inside.en}")

    @property
    def _all(self) -> Group:
        return Group((*self.group.parts, *self.around.parts))

    def _no_such(self, part: Triple) -> Words:
        say = self.speaker
        end = None if isinstance(part.object, Variable) else say.names.say(part.object)
        if isinstance(part.subject, Variable):
            return say.nobody(part, end, say.kind(self._all, part.subject), others=False)
        return say.lacking(part.subject, part, end)

    def part(self, part: Part) -> Words:
        """One condition of the group."""
        if isinstance(part, Triple):
            return self._pattern(part)
        if isinstance(part, Filter):
            return self.need(part.expression)
        if isinstance(part, Exists) and not part.positive:
            return Conditions(self.speaker, part.group, self._all).absent()
        if isinstance(part, Values) and part.variables:
            return self._compared("IN", part.variables[0], self._column(part))
        return Words(f"“{part_text(part)}”", f"“{part_text(part)}”")

    @staticmethod
    def _column(part: Values) -> list[Expression]:
        return [term for term in dict.fromkeys(row[0] for row in part.rows) if term is not None]

    def _pattern(self, part: Triple) -> Words:
        """A pattern that need not be one triple."""
        said = self.speaker.properties(part)[0]
        subject = self._side(part.subject)
        if isinstance(part.object, Variable):
            return join((subject, some(said.noun)), " ", " ")
        return join((subject, filled(said.has, self.speaker.names.say(part.object))), " ", " ")

    # ---- values

    def are(self, expression: Expression, solutions: Sequence[Solution]) -> Words:
        """What the variables of an expression are in these solutions."""
        variables = dict.fromkeys(in_expression(expression))
        return join((self._is(v, solutions) for v in variables), ", ", ", ")

    def _is(self, variable: Variable, solutions: Sequence[Solution]) -> Words:
        noun = self.speaker.noun(variable, self._all)
        terms = dict.fromkeys(solution.get(variable) for solution in solutions)
        if list(terms) == [None]:
            return Words(f"không có {noun.vi}", f"there is no {noun.en}")
        values = join((self.speaker.value(variable, term) for term in terms), " hoặc ", " or ")
        return Words(f"{noun.vi} là {values.vi}", f"the {noun.en} is {values.en}")

    def need(self, expression: Expression) -> Words:
        """What a condition on values asks for; in SPARQL where it has no words."""
        match expression:
            case Call(name="||", arguments=sides):
                return join(map(self.need, sides), " hoặc ", " or ")
            case Call(name="&&", arguments=sides):
                return join(map(self.need, sides), " và ", " and ")
            case Call(name="BOUND", arguments=(Variable() as variable,)):
                noun = self.speaker.noun(variable, self._all)
                return Words(f"có {noun.vi}", f"there is a {noun.en}")
            case Call(name="!", arguments=(Call(name="BOUND", arguments=(Variable() as v,)),)):
                noun = self.speaker.noun(v, self._all)
                return Words(f"không có {noun.vi}", f"there is no {noun.en}")
            case Call(name=name, arguments=(side, *others)) if name in _LISTS and _sayable(side):
                return self._compared(name, side, others)
            case Call(name=name, arguments=(side, other)) if name in _FLIPPED:
                return self._relation(name, side, other)
            case _:
                return _in_sparql(expression)

    def _relation(self, name: str, side: Expression, other: Expression) -> Words:
        match side, other:
            case Call(name="STR", arguments=(Variable() as variable,)), Literal():
                return self.speaker.value(variable, other)
            case ((NamedNode() | Literal()), Variable()):
                return self._compared(_FLIPPED[name], other, (side,))
            case _ if _sayable(side) and _sayable(other):
                return self._compared(name, side, (other,))
            case _:
                return _in_sparql(Call(name, (side, other)))

    def _compared(self, name: str, side: Expression, others: Sequence[Expression]) -> Words:
        days = any(isinstance(o, Literal) and o.datatype.value == XSD.date for o in others)
        verb = Words(*phrases()["compare"][name][0 if days else 1])
        one = self._side(side)
        other = join(map(self._side, others), ", ", ", ")
        article = "" if isinstance(side, NamedNode | Literal) else "the "
        return Words(f"{one.vi} {verb.vi} {other.vi}", f"{article}{one.en} is {verb.en} {other.en}")

    def _side(self, expression: Expression) -> Words:
        match expression:
            case Variable():
                return self.speaker.noun(expression, self._all)
            case NamedNode() | Literal():
                return self.speaker.names.say(expression)
            case Call(name=name, arguments=(Variable() as variable,)):
                noun, said = self.speaker.noun(variable, self._all), phrases()["function"][name]
                return Words(f"{said[0]} {noun.vi}", f"{said[1]} {noun.en}")
            case _:
                return _in_sparql(expression)


def _sayable(expression: Expression) -> bool:
    match expression:
        case Variable() | NamedNode() | Literal():
            return True
        case Call(name=name, arguments=(Variable(),)):
            return name in phrases()["function"]
        case _:
            return False


def _in_sparql(expression: Expression) -> Words:
    text = expression_text(expression)
    return Words(f"“{text}”", f"“{text}”")
