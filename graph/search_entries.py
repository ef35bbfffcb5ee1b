"""What a search can find in a snapshot: each thing with its names and words, and of each plan the passages of its text.

The queries lie in `indexed/`.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from cancu.graph.dataset import Row, Table, Value
from cancu.loaders.passages import passages
from cancu.loaders.source import Source, grids_of_json
from cancu.ontology.iri import parse, slug
from cancu.ontology.terms import GRAPHS, READ, plan_graph, prefix_header

KINDS = ("task", "document", "article", "agency", "group", "review", "target", "passage")
"""Kinds of things that are found, in the order in which they are shown."""


@dataclass(frozen=True)
class Found:
    """A thing that can be found.

    Attributes:
        kind: one of KINDS.
        iri: its address; of a passage, that of its source.
        label: what it is called.
        title: what it says in short.
        note: what tells it from others of its name: kind of document, place, task.
        names: its other names, as people write them.
        words: whatever else it says, a piece a line.
        unseen: words that it is found by and that are not shown, because no text says them in this way.
        asked_as: further names under which it is asked for as a whole ("NĐ 61/2018").
        plans: the plans it belongs to; empty for what belongs to none, and is found whichever plan is asked about.
        start, end: of a passage, where it stands in the source.
    """

    kind: str
    iri: str
    label: str
    title: str = ""
    note: str = ""
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    asked_as: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    start: int = 0
    end: int = 0


Select = Callable[[str], Table]
"""Runs a SELECT query on what counts."""


def entries(select: Select) -> Iterator[Found]:
    """Everything that can be found, in a fixed order."""
    reader = _Reader(select)
    yield from sorted(reader.rows(), key=_reading_order)
    yield from reader.documents()
    yield from reader.articles()
    yield from reader.parties()
    yield from reader.passages()


def _reading_order(found: Found) -> tuple[object, ...]:
    return found.plans, KINDS.index(found.kind), found.start, found.iri


class _Reader:
    """Reads what counts."""

    def __init__(self, select: Select) -> None:
        self._select = select

    def _ask(self, name: str) -> tuple[Row, ...]:
        text = files("cancu.graph").joinpath("indexed", f"{name}.rq").read_text("utf-8")
        return _in_order(self._select(prefix_header() + text).rows, text)

    def _grouped(self, name: str, key: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self._ask(name):
            found[str(row[key])].append(row)
        return found

    @cached_property
    def _plans(self) -> tuple[Row, ...]:
        return self._ask("plans")

    @cached_property
    def _of_place(self) -> Mapping[str, tuple[str, ...]]:
        """Place, as in addresses -> its plans."""
        found: dict[str, list[str]] = defaultdict(list)
        for iri in dict.fromkeys(str(row["plan"]) for row in self._plans):
            address = parse(iri)
            if address:
                found[address.fields["place"]].append(iri)
        return {place: tuple(plans) for place, plans in found.items()}

    @cached_property
    def _place_names(self) -> Mapping[str, str]:
        """Place, as in addresses -> as written."""
        return {slug(str(row["place"])): str(row["place"]) for row in self._plans if row["place"]}

    # ---- rows of plans and duties

    def rows(self) -> Iterator[Found]:
        words = self._row_words()
        documents = self._grouped("documents", "iri")
        for iri, rows in self._grouped("rows", "iri").items():
            first = rows[0]
            decision = documents.get(str(first["decision"]))
            title = str(first["title"] or first["body"] or first["label"])
            yield Found(
                kind=str(first["kind"]),
                iri=iri,
                label=str(first["label"]),
                title=title,
                note=_short_name(decision[0]) if decision else "",
                words=tuple(w for w in words.get(iri, ()) if w != title),
                plans=tuple(dict.fromkeys(str(row["plan"]) for row in rows)),
                start=int(first["order"] or 0),
            )

    def _row_words(self) -> Mapping[str, tuple[str, ...]]:
        """Task or row -> its words and those of its items, each once."""
        found = self._grouped("row_words", "owner")
        items = self._grouped("items", "task")
        owners = {
            owner: [owner, *(str(row["item"]) for row in items.get(owner, ()))] for owner in found
        }
        return {
            owner: tuple(dict.fromkeys(str(row["words"]) for own in listed for row in found[own]))
            for owner, listed in owners.items()
        }

    # ---- documents and their parts

    def documents(self) -> Iterator[Found]:
        for iri, rows in self._grouped("documents", "iri").items():
            first = rows[0]
            titles = tuple(dict.fromkeys(str(row["title"]) for row in rows if row["title"]))
            kind, number = str(first["kind"] or ""), str(first["number"] or "")
            cited = _citations(first)
            yield Found(
                kind="document",
                iri=iri,
                label=str(first["label"]),
                title=titles[0] if titles else "",
                note=_note(first),
                names=(f"{kind} số {number}",) if kind and number else (kind,) if kind else (),
                words=titles[1:],
                unseen=cited[-1:],
                asked_as=(*titles, *_numbers(kind, number), *cited),
                plans=self._documents_of.get(iri, ()),
            )

    @cached_property
    def _documents_of(self) -> Mapping[str, tuple[str, ...]]:
        """Document that no registry has -> the plans that name it."""
        plans = {plan_graph(READ, str(row["plan"])): str(row["plan"]) for row in self._plans}
        return {
            iri: tuple(sorted({plans[g] for g in graphs if g in plans}))
            for iri, rows in self._grouped("document_graphs", "iri").items()
            if GRAPHS.so_bo not in (graphs := {str(row["graph"]) for row in rows})
        }

    def articles(self) -> Iterator[Found]:
        documents = self._grouped("documents", "iri")
        for iri, rows in self._grouped("articles", "iri").items():
            number, document = str(rows[0]["number"]), documents[str(rows[0]["document"])][0]
            titles = tuple(dict.fromkeys(str(row["title"]) for row in rows if row["title"]))
            whole, kind = str(document["label"]), str(document["kind"] or "")
            names = (f"{number} {kind} số {whole}",) if kind and document["number"] else ()
            yield Found(
                kind="article",
                iri=iri,
                label=f"{number}, {whole}",
                title=titles[0] if titles else "",
                note=kind,
                names=names,
                words=titles[1:],
                asked_as=(f"{number} {kind} {whole}", *titles),
            )

    # ---- bodies and groups

    def parties(self) -> Iterator[Found]:
        tasks = self._grouped("group_tasks", "iri")
        for iri, rows in self._grouped("parties", "iri").items():
            label = str(rows[0]["label"])
            address = parse(iri)
            fields = address.fields if address else {}
            place = fields.get("place", "")
            yield Found(
                kind="group" if rows[0]["group"] else "agency",
                iri=iri,
                label=label,
                note=", ".join(str(row["task"]) for row in tasks.get(iri, ()))
                if address and address.kind == "task_group"
                else self._place_names.get(place, ""),
                names=tuple(
                    str(row["name"]) for row in rows if row["name"] and row["name"] != label
                ),
                plans=self._plans_of_party(place, fields.get("plan_key", "")),
            )

    def _plans_of_party(self, place: str, key: str) -> tuple[str, ...]:
        """The plans of a body's place; of a group that one task names, the plan of that task."""
        plans = self._of_place.get(place, ())
        return tuple(plan for plan in plans if not key or plan.endswith(f"/{key}"))

    # ---- the text of plans

    def passages(self) -> Iterator[Found]:
        for rows in self._grouped("plans", "source").values():
            first, source = rows[0], _source(rows[0])
            for passage in passages(source):
                yield Found(
                    kind="passage",
                    iri=str(first["source"]),
                    label=source.name,
                    words=passage.lines,
                    plans=tuple(dict.fromkeys(str(row["plan"]) for row in rows)),
                    start=passage.start,
                    end=passage.end,
                )


def _in_order(rows: tuple[Row, ...], query: str) -> tuple[Row, ...]:
    """The rows as the query orders them: engines differ in how they order what has marks, and what is not there."""
    names = re.findall(r"\?(\w+)", query.partition("ORDER BY")[2])

    def key(row: Row) -> tuple[tuple[bool, Value], ...]:
        return tuple((row[name] is not None, row[name]) for name in names)

    return tuple(sorted(rows, key=key))


def _source(row: Row) -> Source:
    grids = grids_of_json(str(row["tables"])) if row["tables"] else ()
    sha256 = str(row["hash"]).removeprefix("sha256:")
    return Source(str(row["name"]), str(row["format"]), sha256, str(row["text"]), grids)


def _short_name(document: Row) -> str:
    """Kind and number of a document, as far as known."""
    return f"{document['kind'] or ''} {document['number'] or ''}".strip()


def _note(document: Row) -> str:
    """What tells a document from others: its kind, who issued it, on which day."""
    who = f"của {document['issuer']}" if document["issuer"] else ""
    year, month, day = str(document["date"] or "--").split("-")
    when = f"ngày {day}/{month}/{year}" if year else ""
    return " ".join(piece for piece in (str(document["kind"] or ""), who, when) if piece)


def _citations(document: Row) -> tuple[str, ...]:
    """A document as decisions cite it: "Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ", and with its title."""
    year, month, day = str(document["date"] or "--").split("-")
    pieces = [
        str(document["kind"] or ""),
        f"số {document['number']}" if document["number"] else "",
        f"ngày {day} tháng {month} năm {year}" if year else "",
        f"của {document['issuer']}" if document["issuer"] else "",
    ]
    plain = " ".join(piece for piece in pieces if piece)
    title = (
        f"{plain} về {document['title']}" if document["title"] and not document["english"] else ""
    )
    return tuple(text for text in (plain, title) if text)


def _numbers(kind: str, number: str) -> Iterator[str]:
    """What a document is called by its number: "61/2018/NĐ-CP", "61/2018", "Nghị định 61", "NĐ 61/2018" and so on."""
    if not number:
        return
    first, _, rest = number.partition("/")
    year = rest[:4] if rest[:4].isdigit() else ""
    letters = rest.rpartition("/")[2].partition("-")[0]
    yield number
    if year:
        yield f"{first}/{year}"
    for word in dict.fromkeys((kind, f"{kind} số", letters, "số")):
        if word.strip() and kind:
            yield f"{word} {number}"
            yield f"{word} {first}"
            if year:
                yield f"{word} {first}/{year}"
