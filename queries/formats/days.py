"""An answer with last days as a calendar (RFC 5545): an all-day event for each row that has one."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, vText

from cancu.graph.dataset import Row
from cancu.ontology.terms import PREFIXES
from cancu.queries.answer import Answer
from cancu.queries.catalogue import Question
from cancu.queries.formats.edition import Edition
from cancu.queries.formats.workbook import extent
from cancu.queries.say import say

LAST_DAYS: Mapping[str, int] = {"latest": 0, "due_before": -1, "end": 0}
"""Columns that say a last day -> how many days the last one lies off theirs; the first that a question has counts."""

_WORDS = """SELECT ?task ?title ?words WHERE {
  ?task a cancu:Task ; dcterms:title ?title .
  OPTIONAL { ?task cancu:hasTimeLimit ?limit . ?limit cancu:statedText ?words }
} ORDER BY ?task ?title ?words"""


def has_days(question: Question) -> bool:
    """Whether a question's rows are work with a last day."""
    kinds = {column.name: column.type for column in question.columns}
    return "task" in kinds and any(kinds.get(name) == "date" for name in LAST_DAYS)


def as_calendar(answer: Answer, edition: Edition) -> bytes:
    """The bytes of an .ics file; what a row is about gives its event the same UID from build to build."""
    days = [_last_day(answer.question, row) for row in answer.rows]
    dated = sum(day is not None for day in days)
    calendar = Calendar()
    title = f"{answer.question.code}. {answer.question.title.say(edition.language)}"
    about = "\n".join(
        [
            *(sentence.whole for sentence in say(answer, edition.language)),
            edition.say("dated", dated=dated, undated=len(days) - dated),
            *([extent(answer, edition)] if answer.truncated else []),
            edition.say("of_plan"),
            f"{edition.say('snapshot')}: {answer.snapshot}",
        ]
    )
    for name, value in (
        *(("prodid", f"-//Can Cu//{edition.software}//{edition.language.upper()}"),),
        *(("version", "2.0"), ("method", "PUBLISH")),
        *(("name", vText(title)), ("x-wr-calname", vText(title))),
        *(("description", about), ("x-wr-caldesc", vText(about))),
    ):
        calendar.add(name, value)
    words = {str(r["task"]): r for r in edition.dataset.select(_with_prefixes(_WORDS)).rows}
    seen: Counter[str] = Counter()
    for row, day in zip(answer.rows, days, strict=True):
        if day:
            about_row = " ".join(str(v) for n, v in row.items() if n.endswith("_iri") and v)
            seen[about_row] += 1
            uid = uuid5(NAMESPACE_URL, f"{about_row} {seen[about_row]}")
            calendar.add_component(
                _event(row, day, f"{uid}@cancu", words.get(str(row.get("task_iri")), {}), edition)
            )
    return bytes(calendar.to_ical())


def _last_day(question: Question, row: Row) -> date | None:
    columns = {column.name for column in question.columns}
    name = next(name for name in LAST_DAYS if name in columns)
    try:
        return date.fromisoformat(str(row[name])) + timedelta(days=LAST_DAYS[name])
    except ValueError:
        return None


def _event(row: Row, day: date, uid: str, task: Row, edition: Edition) -> Event:
    content = task.get("title") or row.get("content") or row.get("field") or ""
    limit = row.get("deadline") or task.get("words")
    lines = [
        edition.say("limit", words=limit) if limit else "",
        edition.say("read_from", plan=row["plan"]) if row.get("plan") else "",
        edition.say("of_plan"),
    ]
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", edition.made.astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{row['task']}: {content}" if content else str(row["task"]))
    event.add("description", "\n".join(line for line in lines if line))
    event.add("transp", "TRANSPARENT")
    page = edition.link(str(row.get("task_iri") or ""))
    if page:
        event.add("url", page)
    return event


def _with_prefixes(query: str) -> str:
    return "\n".join(
        [*(f"PREFIX {p}: <{iri}>" for p, iri in PREFIXES.items() if f"{p}:" in query), query]
    )
