"""The questions: the list, and each as a form whose answer has an address to share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from cancu.ontology.iri import slug
from cancu.queries.answer import Answer
from cancu.queries.catalogue import Question, question, questions
from cancu.queries.errors import (
    AmbiguousValue,
    MissingValue,
    NotUnderstood,
    QueryError,
    UnknownQuestion,
    UnknownValue,
)
from cancu.queries.formats.formats import formats_of
from cancu.queries.nearest import nearest
from cancu.queries.say import Sentence, asked_in_words, say
from cancu.queries.sentence.read import Reading as Understood
from cancu.queries.sentence.read import read_sentence
from cancu.queries.why.explain import can_explain
from cancu.web.answers import Page, counts, page_of_answer
from cancu.web.formats import form_of, query_with, send
from cancu.web.language import LANGUAGE_COOKIE, language_of, mark
from cancu.web.order import FIELD as ORDER
from cancu.web.order import arranged, headings, order_of
from cancu.web.reading import Reading
from cancu.web.scope import FIELD, Scoped
from cancu.web.site import Data, render
from cancu.web.theme import THEME_COOKIE
from cancu.web.why import choices as missing_choices
from cancu.web.why import row_links

router = APIRouter(include_in_schema=False)

PAGE = "trang"
"""The name of the number of a page in an address."""

OURS = (LANGUAGE_COOKIE, THEME_COOKIE, "format", ORDER, PAGE, "cau")
"""What an address may carry besides the parameters of a question."""

LETTERS: Mapping[str, str] = {
    "A": mark("Căn cứ pháp lý"),
    "B": mark("Cơ quan và phối hợp"),
    "C": mark("Thời hạn và sản phẩm"),
    "D": mark("Chất lượng dữ liệu"),
    "E": mark("Kiểm tra, phụ lục, văn bản"),
}
"""What the questions of a letter are about."""


@dataclass(frozen=True)
class Group:
    """The questions of a letter."""

    letter: str
    title: str
    questions: tuple[Question, ...]


SENTENCES = 40
"""How many sentences are read over an answer: one a plan."""

SENTENCE = "cau"
"""The name of a typed sentence in an address."""


@router.get("/cau-hoi", response_model=None)
def listed(
    request: Request, reading: Data, scope: Scoped, loc: str = "", cau: str = ""
) -> Response:
    """All questions, or those that have these words, by letter; a sentence leads to the question it asks."""
    refused: NotUnderstood | None = None
    if cau.strip():
        try:
            return _led(request, read_sentence(cau, reading.dataset), cau)
        except NotUnderstood as error:
            refused = error
    found = [q for q in questions().values() if fits(q, loc)]
    groups = [
        Group(letter, LETTERS.get(letter, ""), tuple(own))
        for letter, own in groupby(found, key=lambda q: q.code[0])
    ]
    return render(
        request,
        "questions.html",
        groups=groups,
        sought=loc.strip(),
        sentence=cau.strip(),
        refused=refused,
        candidates=[question(code) for code in refused.candidates] if refused else [],
        number=len(found),
        total=len(questions()),
    )


def _led(request: Request, meant: Understood, sentence: str) -> Response:
    """To the page of a question, with the values as they were understood; the sentence is said there again."""
    fields = {FIELD if name == "plan" else name: value for name, value in meant.values.items()}
    kept = {
        name: value for name in (FIELD, "lang") if (value := request.query_params.get(name, ""))
    }
    query = urlencode({**kept, **fields, SENTENCE: sentence.strip()})
    return RedirectResponse(f"/cau-hoi/{meant.question.code}?{query}", status_code=303)


def fits(asked: Question, words: str) -> bool:
    """Whether a question has all these words somewhere in its code, title, tags or other ways to ask it."""
    text = slug(
        " ".join(
            [
                *(asked.code, asked.title.vi, asked.title.en, *asked.tags),
                *(phrase for phrases in asked.paraphrases.values() for phrase in phrases),
            ]
        )
    )
    return all(slug(word) in text for word in words.split())


@router.get("/cau-hoi/{code}", response_model=None)
def asked(request: Request, reading: Data, scope: Scoped, code: str) -> Response:
    """A question with its answer, as a page or in another form; on the page a value that names nothing is said beside
    the form.
    """
    found = question(code)
    form = form_of(request, found, page=True)
    values = typed(request)
    if form:
        return send(request, reading, answered(request, reading, found.code), form)
    answer: Answer | None = None
    problem: QueryError | None = None
    try:
        answer = answered(request, reading, found.code)
    except UnknownQuestion:
        raise
    except QueryError as error:
        problem = error
    return render(
        request,
        "question.html",
        400 if problem and not isinstance(problem, MissingValue) else 200,
        question=found,
        values=values,
        sentence=request.query_params.get(SENTENCE, "").strip(),
        problem=problem,
        nearest=nearest_of(problem),
        # What a question cannot do without is asked for, not complained about.
        asks=isinstance(problem, MissingValue),
        choices={p.name: reading.choices(p.type, scope.iri) for p in found.parameters},
        explains=can_explain(found),
        missing_choices=missing_choices(reading, found, scope.iri),
        **(shown(request, reading, answer, values) if answer else {"answer": None}),
    )


def answered(request: Request, reading: Reading, code: str) -> Answer:
    """The answer that an address asks for, in the order it asks for.

    Raises:
        QueryError: see `queries.errors`.
    """
    return arranged(reading.answer(code, typed(request)), order_of(request), reading)


def shown(
    request: Request, reading: Reading, answer: Answer, values: Mapping[str, str]
) -> dict[str, object]:
    """What the page of an answer shows of it."""
    language, order = language_of(request), order_of(request)
    path = request.url.path
    number = request.query_params.get(PAGE, "").strip()
    page = page_of_answer(reading, answer, int(number) if number.isdecimal() else 1, language)

    def here(**changes: str) -> str:
        return path + query_with(request, {PAGE: ""} | changes)

    return {
        "answer": answer,
        "today": date.today().isoformat(),
        "page": page,
        "one_plan": _one_plan(answer),
        "headings": headings(answer, order),
        "order": order,
        "sentences": _near(say(answer, language), answer, page),
        "whys": row_links(answer, values, answer.rows[page.first - 1 : page.last]),
        "counts": counts(answer),
        "near": nearest(answer, values, reading.dataset),
        "forms": formats_of(answer.question),
        "turned": lambda to: here(**{PAGE: str(to) if to > 1 else ""}),
        "in_order": lambda by: here(**{ORDER: by}),
        "as_file": lambda name: here(format=name, lang="en" if language == "en" else ""),
        "instead": lambda name, value: here(**{FIELD if name == "plan" else name: value or ""}),
        "said": lambda kind, value: asked_in_words(kind, value, language),
    }


def _near(sentences: Sequence[Sentence], answer: Answer, page: Page) -> list[Sentence]:
    """The sentences: of hundreds of plans only those whose rows are on the page; each still counts all rows of its plan."""
    if len(sentences) <= SENTENCES:
        return list(sentences)
    plans = {row.get("plan_iri") for row in answer.rows[page.first - 1 : page.last]}
    return [one for one in sentences if not one.plan or one.plan in plans]


def _one_plan(answer: Answer) -> str:
    """The plan that every row is of; on paper it is said once."""
    plans = {str(row.get("plan") or "") for row in answer.rows}
    return plans.pop() if len(plans) == 1 else ""


def typed(request: Request) -> dict[str, str]:
    """The parameters in an address; empty ones count as left out, `ke-hoach` is the plan."""
    return {
        "plan" if k == FIELD else k: v
        for k, v in request.query_params.items()
        if k not in OURS and v.strip()
    }


def nearest_of(problem: QueryError | None) -> tuple[str, ...]:
    """What comes near to a value that names nothing, or several things."""
    if isinstance(problem, UnknownValue):
        return problem.nearest
    if isinstance(problem, AmbiguousValue):
        return tuple(c.rsplit(" <", 1)[0] for c in problem.candidates)
    return ()
