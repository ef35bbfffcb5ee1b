"""Measures and networks in words: the cells of a measure for people, and the sentences about paths and what is left out."""

from collections.abc import Mapping

from cancu.graph.measured import Cell, Column
from cancu.graph.network import View
from cancu.graph.network_facts import Facts
from cancu.ontology.bilingual import Words
from cancu.ontology.network import EDGES, VIEWS, kinds
from cancu.queries.codes import all_codes, in_words
from cancu.queries.network.measure import Outcome

_CODES: Mapping[str, Mapping[str, Words]] = {
    "side": {
        "inspects": Words("kiểm tra", "inspects"),
        "listed": Words("thuộc danh sách kiểm tra", "is listed"),
    },
    "share": {
        "both": Words("cả hai", "both"),
        "first": Words("chỉ bên thứ nhất", "only the first"),
        "second": Words("chỉ bên thứ hai", "only the second"),
    },
}


KEPT = Words(
    "Giữ nguyên nhóm: tách thành từng cơ quan thì mạng lưới quá lớn.",
    "Groups are kept as groups: taken apart the network would be too large.",
)
"""What is said where groups were to be taken apart and were not."""


def name_of(facts: Facts, iri: str) -> str:
    """What a body, document or plan is called; of a task or row its number."""
    return facts.codes.get(iri) or facts.names.get(iri, iri)


def in_text(facts: Facts, column: Column, row: Mapping[str, Cell], language: str) -> str:
    """A cell for people."""
    cell = row[column.name]
    if column.type == "sentence":
        return path_sentence(facts, row, language)
    if column.type == "pairs":
        return "; ".join(" – ".join(name_of(facts, b) for b in pair) for pair in _many(cell))
    if isinstance(cell, tuple):
        return "; ".join(name_of(facts, str(iri)) for iri in cell)
    if column.type in _CODES:
        return _CODES[column.type][str(cell)].say(language) if cell else ""
    if column.type == "role" and cell and cell not in all_codes("role"):
        return kinds(EDGES)[str(cell)].say(language)
    if column.type in ("body", "task"):
        return name_of(facts, str(cell))
    if column.type == "quarter":
        year, number = str(cell).split("-Q")
        return f"{('I', 'II', 'III', 'IV')[int(number) - 1]}/{year}"
    return in_words(column.type, cell, language)


def path_sentence(facts: Facts, row: Mapping[str, Cell], language: str) -> str:
    """A path: who does what together with whom, step by step."""
    bodies = [name_of(facts, str(iri)) for iri in _some(row["bodies"])]
    steps = [", ".join(name_of(facts, iri) for iri in tasks) for tasks in _many(row["sentence"])]
    said = (
        f"{one} shares {tasks} with {other}"
        if language == "en"
        else f"{one} cùng {other} làm {tasks}"
        for one, other, tasks in zip(bodies, bodies[1:], steps, strict=False)
    )
    way = in_words("via", row["way"], language)
    weakest = "by" if language == "en" else "chỗ yếu nhất:"
    return f"{'; '.join(said)} ({weakest} {way})."


def notes(outcome: Outcome, language: str) -> list[str]:
    """What must be said beside a measure: what the period leaves out, what is cut off, why there may be nothing."""
    said = left_out_words(outcome.left_out, language)
    if outcome.groups_kept:
        said.append(KEPT.say(language))
    if outcome.truncated:
        shown, total = len(outcome.rows), len(outcome.every)
        said.append(
            f"An extract: {shown} of {total} rows."
            if language == "en"
            else f"Trích {shown} trên {total} dòng."
        )
    if not outcome.every and outcome.definition.code == "paths" and not outcome.view.ways:
        said.append(
            "There is no path by name; with other ways (group, possible) there may be one."
            if language == "en"
            else "Không có đường nối nêu đích danh; thêm cách qua nhóm, có thể thì có thể có."
        )
    return said


def left_out_words(counts: Mapping[str, int], language: str) -> list[str]:
    """What a period leaves out that may fall into it."""
    words = {
        "unscheduled": Words(
            "việc không có lịch, có thể rơi vào kỳ",
            "without a schedule, which may fall into the period",
        ),
        "proposed": Words(
            "việc chỉ rơi vào kỳ theo cách hiểu đề xuất", "only by a proposed reading"
        ),
    }
    left = "Left out" if language == "en" else "Không tính"
    return [f"{left}: {n} {words[why].say(language)}." for why, n in counts.items() if n]


def view_words(facts: Facts, view: View, language: str) -> str:
    """What a view shows, as the head of a picture."""
    projection = kinds(VIEWS)[view.projection].say(language)
    return "; ".join(filter(None, (projection, part_words(facts, view, language))))


def part_words(facts: Facts, view: View, language: str) -> str:
    """To which part of the network a view is narrowed; empty for all of it."""
    vi = language != "en"
    said = []
    if view.plan:
        said.append(name_of(facts, view.plan))
    if view.period:
        said.append(" – ".join(in_words("date", day, language) for day in view.period))
    if view.section:
        said.append(("phần " if vi else "section ") + facts.sections.get(view.section, ""))
    for kind, codes in (("role", view.roles), ("via", view.ways), ("tier", view.tiers)):
        if codes:
            said.append(", ".join(_code(kind, code, language) for code in sorted(codes)))
    if not view.groups:
        said.append("giữ nguyên nhóm" if vi else "groups kept as groups")
    if view.focus:
        words = "nhìn từ {}, {} bước" if vi else "from {}, {} steps"
        said.append(words.format(name_of(facts, view.focus), view.steps))
    return "; ".join(said)


def _code(kind: str, code: str, language: str) -> str:
    known = code in all_codes(kind)
    return in_words(kind, code, language) if known else kinds(EDGES)[code].say(language)


def _some(cell: Cell) -> tuple[str, ...]:
    return tuple(str(value) for value in cell) if isinstance(cell, tuple) else ()


def _many(cell: Cell) -> list[tuple[str, ...]]:
    return [value for value in cell if isinstance(value, tuple)] if isinstance(cell, tuple) else []
