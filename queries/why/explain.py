"""Why a row stands in the answer to a question, and why a thing does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Variable

from cancu.graph.dataset import ASKED, Dataset, Row
from cancu.queries.answer import Answer, ask, understand
from cancu.queries.catalogue import Question, Words
from cancu.queries.errors import CannotExplain
from cancu.queries.parameters import Bindings
from cancu.queries.why.conditions import Conditions
from cancu.queries.why.facts import Witness, witness, witnesses
from cancu.queries.why.failing import failures
from cancu.queries.why.known import Known, settled, with_known
from cancu.queries.why.pattern import Body, Filter, Group, Term
from cancu.queries.why.probe import DEFAULT, Limits, Probe, Solution
from cancu.queries.why.read import cannot, read_body
from cancu.queries.why.reasons import Reason, Teller
from cancu.queries.why.render import expression_text
from cancu.queries.why.rows import Look, Wanted, equal_to, matching, understood
from cancu.queries.why.terms import Names
from cancu.queries.why.told import Fact, chain, tell
from cancu.queries.why.words import Speaker, join, sentence

SHOWN_ROWS = 5
"""How many rows of an answer are explained at once."""


@dataclass(frozen=True)
class Why:
    """What a row rests on.

    Attributes:
        row: the row.
        facts: triples of the graph, in the order of the query.
        absent: what the question wants not to be there, and is not.
        held: values that were compared.
        left_out: what the question looked for and would do without.
        ways: how many solutions of the query the row stands for.
        cut_off: whether there are more than are listed.
    """

    row: Row
    facts: tuple[Fact, ...]
    absent: tuple[Words, ...]
    held: tuple[Words, ...]
    left_out: tuple[Words, ...]
    ways: int
    cut_off: bool

    def as_json(self) -> dict[str, Any]:
        """It for programs."""
        return {
            "row": self.row,
            "facts": [fact.as_json() for fact in self.facts],
            "absent": [vars(words) for words in self.absent],
            "held": [vars(words) for words in self.held],
            "left_out": [vars(words) for words in self.left_out],
            "ways": self.ways,
            "cut_off": self.cut_off,
        }


@dataclass(frozen=True)
class WhyNot:
    """What keeps a thing out.

    Attributes:
        thing: what is missing; None for any row at all.
        reasons: the conditions that fail, all of which would have to be met.
        linked: what joins the things that were asked about in the graph.
    """

    thing: Words | None
    reasons: tuple[Reason, ...]
    linked: tuple[Fact, ...]

    def as_json(self) -> dict[str, Any]:
        """It for programs."""
        return {
            "thing": vars(self.thing) if self.thing else None,
            "reasons": [reason.as_json() for reason in self.reasons],
            "linked": [fact.as_json() for fact in self.linked],
        }


@dataclass(frozen=True)
class Explanation:
    """Why something stands in an answer, or does not.

    Attributes:
        answer: the answer.
        wanted: column -> value that was looked for.
        rows: the rows that have it, explained; at most SHOWN_ROWS.
        total: how many rows have it.
        missing: what keeps it out, where no row has it.
    """

    answer: Answer
    wanted: Mapping[str, str]
    rows: tuple[Why, ...]
    total: int
    missing: WhyNot | None

    def as_json(self) -> dict[str, Any]:
        """The explanation as the command and the API print it."""
        asked = self.answer.question
        return {
            "question": {
                "code": asked.code,
                "title_vi": asked.title.vi,
                "title_en": asked.title.en,
            },
            "parameters": dict(self.answer.parameters),
            "wanted": dict(self.wanted),
            "in_answer": self.total > 0,
            "rows_found": self.total,
            "rows": [why.as_json() for why in self.rows],
            "missing": self.missing.as_json() if self.missing else None,
            "snapshot": self.answer.snapshot,
        }


def explain(
    code: str,
    values: Mapping[str, str],
    wanted: Wanted,
    dataset: Dataset,
    limits: Limits = DEFAULT,
) -> Explanation:
    """Why the rows with what is wanted stand in an answer; if there are none, what keeps it out.

    Args:
        code: such as "A5".
        values: parameter -> value as typed.
        wanted: columns with values as typed, or a name that may stand in any column of things; nothing at all asks why
            an answer is empty.
        dataset: what is asked.
        limits: what the explanation may use.

    Raises:
        CannotExplain: the query has parts that are not understood, or it takes too long.
        UnknownQuestion, UnknownParameter, UnknownValue, AmbiguousValue, BadValue, MissingValue: see `errors`.
    """
    answer = ask(code, values, dataset)
    _, bindings = understand(answer.question, values, dataset)
    body = read_body(answer.question.sparql)
    look = understood(answer, wanted, dataset)
    rows = [row for row in answer.rows if matching(look, row)]
    probe = Probe(dataset, limits)
    if rows and (look.columns or not answer.rows):
        found = tuple(
            _why(probe, body, answer.question, bindings, row) for row in rows[:SHOWN_ROWS]
        )
        return Explanation(answer, look.shown, found, len(rows), None)
    if rows:
        raise cannot("chưa nêu dòng nào", "no row was named")
    missing = _why_not(probe, body, answer.question, bindings, look)
    return Explanation(answer, look.shown, (), 0, missing)


def can_explain(asked: Question) -> bool:
    """Whether the answers to a question can be explained: its query is understood."""
    try:
        read_body(asked.sparql)
    except CannotExplain:
        return False
    return True


# ---- why


def _why(probe: Probe, body: Body, question: Question, bindings: Bindings, row: Row) -> Why:
    known, equal = _row_known(body, row)
    found = settled(body.group, _asked(bindings) | known)
    if not isinstance(found, dict):
        raise cannot("dòng này không khớp câu hỏi", "this row does not fit the question")
    group = with_known(Group((*body.group.parts, *equal)), found)
    limit = probe.limits.solutions if body.grouped else 1 + _WAYS
    solutions = witnesses(probe, group, limit + 1)
    if not solutions:
        raise cannot("không tìm lại được dòng này", "this row cannot be found again")
    rests = witness(probe, group, solutions[:limit])
    return _told(probe, question, group, row, rests, solutions, limit)


_WAYS = 10
"""How many solutions are looked at that give one row."""


def _told(
    probe: Probe,
    question: Question,
    group: Group,
    row: Row,
    rests: Witness,
    solutions: Sequence[Solution],
    limit: int,
) -> Why:
    names = Names(probe)
    speaker = Speaker(names, question)
    facts = tell(probe, names, rests.facts, deep=True)
    say = Conditions(speaker, group)
    held = (_held(say, part, solution) for part, solution in rests.held)
    return Why(
        row=row,
        facts=facts,
        absent=tuple(
            dict.fromkeys(sentence(Conditions(speaker, g).absent()) for g in rests.absent)
        ),
        held=tuple(dict.fromkeys(words for words in held if words)),
        left_out=tuple(
            dict.fromkeys(sentence(Conditions(speaker, g).absent()) for g in rests.left_out)
        ),
        ways=min(len(solutions), limit),
        cut_off=rests.cut_off or len(solutions) > limit,
    )


def _held(say: Conditions, part: Filter, solution: Solution) -> Words | None:
    """A comparison that held; the row's own values, which were put in to find it again, are none."""
    if part.wanted:
        return None
    need, are = say.need(part.expression), say.are(part.expression, [solution])
    return sentence(Words(f"{need.vi} ({are.vi})", f"{need.en} ({are.en})") if are.vi else need)


def _row_known(body: Body, row: Row) -> tuple[dict[Variable, Term], list[Filter]]:
    """What the values of a row say of the query's variables: addresses are known, words are compared."""
    known: dict[Variable, Term] = {
        Variable(name): NamedNode(str(value))
        for name, value in row.items()
        if name.endswith("_iri") and value is not None
    }
    words = {
        name: None if value is None else str(value)
        for name, value in row.items()
        if Variable(name) not in known and row.get(f"{name}_iri") is None
    }
    return known, equal_to(body, words)


def _asked(bindings: Bindings) -> dict[Variable, Term]:
    return {Variable(name): term for name, term in bindings.items()}


# ---- why not


def _why_not(
    probe: Probe, body: Body, question: Question, bindings: Bindings, look: Look
) -> WhyNot:
    known, equal = look.known(body)
    names = Names(probe)
    speaker = Speaker(names, question)
    thing = _thing(names, look)
    found = settled(body.group, {**_asked(bindings), **known})
    if not isinstance(found, dict):
        return WhyNot(thing, (_other_thing(speaker, *found),), ())
    group = with_known(Group((*body.group.parts, *equal)), found)
    given = _given(bindings, known)
    failed = failures(probe, group, given)
    reasons = Teller(probe, speaker, given).reasons(failed)
    if not failed and body.having:
        reasons = (_too_few(body),)
    if not reasons:
        raise cannot(
            "không tìm ra điều kiện nào làm mất dòng này",
            "no condition was found that loses this row",
        )
    return WhyNot(thing, reasons, chain(probe, names, given))


def _thing(names: Names, look: Look) -> Words | None:
    """What is looked for, in words."""
    things = [names.say(NamedNode(iri)) for iri in look.things.values()]
    named = {name for name in look.shown if name.removesuffix("_iri") not in look.things}
    others = [Words(look.shown[name], look.shown[name]) for name in look.shown if name in named]
    return join([*things, *others], ", ", ", ") if things or others else None


def _given(bindings: Bindings, known: Known) -> list[Term]:
    """The things that were asked about; a plan only where there is nothing else."""
    things = [t for t in known.values() if isinstance(t, NamedNode)]
    asked = {name: t for name, t in bindings.items() if isinstance(t, NamedNode)}
    plan = asked.pop("plan_asked", None)
    found: list[Term] = [t for t in dict.fromkeys([*things, *asked.values()]) if t != plan]
    return found or ([plan] if plan else [])


def _other_thing(speaker: Speaker, variable: Variable, one: Term, other: Term) -> Reason:
    """The question asks about something else."""
    asked, wanted = speaker.names.say(one), speaker.names.say(other)
    text = Words(
        f"câu hỏi này đang hỏi về {asked.vi}, không phải {wanted.vi}",
        f"the question is asked about {asked.en}, not {wanted.en}",
    )
    name = variable.value.removesuffix(ASKED)
    instead = (name, other.value, wanted) if name != variable.value else None
    return Reason("asked", sentence(text), f"{variable} = {one}", instead=instead)


def _too_few(body: Body) -> Reason:
    having = " && ".join(expression_text(e) for e in body.having)
    text = Words(
        f"số lượng không đạt điều kiện “{having}”",
        f"the number does not meet the condition “{having}”",
    )
    return Reason("number", sentence(text), f"HAVING({having})")
