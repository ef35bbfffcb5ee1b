"""Tasks that are written as labelled prose.

    2. Tổ chức tập huấn
    - Cơ quan chủ trì: Bộ Công an.
    - Thời gian thực hiện: năm 2025.

The heading is the task's content, or the words after the label "Nội dung" or "Nhiệm vụ" where there is one. What names no body that
leads or carries it out is no task.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cancu.loaders.labels import gives_out, split_labels
from cancu.loaders.patterns import load
from cancu.loaders.plan import Section, Task
from cancu.loaders.tasks import Cells, make_task
from cancu.loaders.units import Unit
from cancu.loaders.words import Words

_ITEMS = ("arabic", "decimal", "point", "dash")
_NUMBERED = ("arabic", "decimal")
_HEADINGS = ("annex", "part", "article", "letter", "roman")
_OVER_TABLES = ("part", "letter", "roman", "arabic", "decimal")
_ENDS = " ;,"


@dataclass(eq=False)
class _Item:
    """A unit that may turn out to be a task, with what its labels say."""

    unit: Unit
    number: str
    section: Unit | None
    above: Words
    values: dict[str, list[Words]] = field(default_factory=dict)
    open: str | None = None
    """Role of the last label, while units that follow may belong to its value."""

    def say(self, role: str, value: Words) -> None:
        """Add what a label says."""
        self.values.setdefault(role, []).extend([value] if value else [])
        self.open = role


def read_prose_tasks(units: Sequence[Unit]) -> list[Task]:
    """The tasks written as labelled prose, in order."""
    return [task for task in (_task(item) for item in _items(units)) if task]


def path_below(units: Sequence[Unit], above: Sequence[Unit]) -> list[Unit]:
    """The units that what follows `units` stands under, where these stand under `above`."""
    path = list(above)
    for unit, over in walk(units, above):
        path = [*over, unit]
    return path


def heading_of(path: Sequence[Unit]) -> Section | None:
    """The innermost numbered heading of a path; None after an annex's caption."""
    found = next((u for u in reversed(path) if u.kind in _OVER_TABLES), None)
    return _section(found) if found else None


def _section(unit: Unit) -> Section:
    title = unit.words.strip(" :.").squeeze()
    return Section(unit.label, title.text, unit.words.value())


def walk(
    units: Sequence[Unit], above: Sequence[Unit] = ()
) -> Iterator[tuple[Unit, tuple[Unit, ...]]]:
    """Each unit with the units it stands under, the outermost first; the first may stand under `above`."""
    path = [unit for unit in above if unit.kind != "plain"]
    for unit in units:
        while path and path[-1].level >= unit.level:
            path.pop()
        yield unit, tuple(path)
        if unit.kind != "plain":
            path.append(unit)


def _items(units: Sequence[Unit]) -> Iterator[_Item]:
    """The items with labels, each once it is complete."""
    waiting: list[_Item] = []
    for unit, path in walk(units):
        if unit.kind not in ("dash", "plus") and gives_out(unit.words.text):
            yield from waiting
            waiting = []
            continue
        before, labels = split_labels(unit.words)
        if labels and not before:
            _label(unit, labels, waiting)
            continue
        if unit.kind in _HEADINGS:
            yield from waiting
            waiting = [_new(unit, path, unit.words)] if _may_be_task(unit) else []
            continue
        if _continues(unit, waiting):
            continue
        while waiting and waiting[-1].unit.level >= unit.level and unit.kind != "plain":
            yield waiting.pop()
        if unit.kind in _ITEMS:
            waiting = [item for item in waiting if item.unit.kind not in _HEADINGS or item.values]
            waiting.append(_new(unit, path, before if labels else unit.words))
            for role, value in labels:
                waiting[-1].say(role, value)
        elif waiting:
            waiting[-1].open = None
    yield from waiting


def _may_be_task(heading: Unit) -> bool:
    """Whether labels right under a heading may speak of what it names: "II. Kiểm tra định kỳ", not "II. TỔ CHỨC THỰC HIỆN"."""
    general = re.match(load("labels")["general"]["pattern"], heading.words.text)
    return heading.kind in ("roman", "letter") and not general


def _new(unit: Unit, path: tuple[Unit, ...], content: Words) -> _Item:
    numbered = [u for u in path if u.kind in _NUMBERED]
    own = unit.label if unit.kind in _NUMBERED else ""
    parent = numbered[-1].label if numbered and not own else ""
    point = unit.label if unit.kind == "point" and parent else ""
    number = (
        own
        or (unit.label if unit.kind in _HEADINGS else "")
        or f"{parent}{point}"
        or (unit.label if unit.kind == "point" else "")
    )
    base = numbered[-1] if not own and numbered else unit
    above = [u for u in path if u.level < base.level and u.kind != "annex"]
    return _Item(unit, number, above[-1] if above else None, content)


def _label(unit: Unit, labels: list[tuple[str, Words]], waiting: list[_Item]) -> None:
    """Give a labelled line to the item it stands under: the nearest one further out."""
    inner = unit.kind == "plain"
    owner = next(
        (item for item in reversed(waiting) if inner or item.unit.level < unit.level), None
    )
    if owner is None:
        return
    while waiting[-1] is not owner and not waiting[-1].values:
        waiting.pop()
    for role, value in labels:
        owner.say(role, value)


def _continues(unit: Unit, waiting: list[_Item]) -> bool:
    """Take a unit into the value of the label before it, where that label had none or is a list already."""
    if not waiting or waiting[-1].open is None:
        return False
    item = waiting[-1]
    role = item.open or ""
    listed = unit.kind in ("dash", "plus", "plain") or (unit.kind == "point" and item.values[role])
    if not listed or unit.level <= item.unit.level:
        return False
    if item.values[role] and unit.kind != "plain" and not _is_list(item, role):
        return False
    if unit.kind == "plain" and item.values[role]:
        return False
    item.values[role].append(unit.words)
    item.values.setdefault(f"{role}-list", []).append(unit.words[:0])
    return True


def _is_list(item: _Item, role: str) -> bool:
    return f"{role}-list" in item.values


def _content(item: _Item, labelled: Words | None) -> Words:
    """The heading, or the words after "Nội dung" or "Nhiệm vụ", unless these only describe what the heading names: "Xây dựng Cổng thông tin
    … Nội dung: Cổng thông tin … cung cấp …", "Nghị định … Nội dung: quy định chi tiết …".
    """
    if not labelled or not item.above:
        return labelled or item.above
    begins = " ".join(labelled.text.split()[:3]).casefold()
    named = item.above.text.casefold().find(begins) > 0
    described = re.match(load("labels")["describes"]["pattern"], labelled.text)
    return item.above if named or described else labelled


def _task(item: _Item) -> Task | None:
    if not ({"lead", "implement"} & item.values.keys()) or "procedure" in item.values:
        return None
    values = {role: Words.join(parts, "\n") for role, parts in item.values.items() if parts}
    nothing = item.above[:0]
    lead = values.get("lead") or values.get("implement", nothing)
    content = _content(item, values.get("content"))
    cells = Cells(
        content=content.strip(_ENDS),
        lead=lead.strip(_ENDS),
        coordinate=values.get("coordinate", nothing).strip(_ENDS),
        deadline=values.get("deadline", nothing).strip(_ENDS),
        product=values.get("product", nothing).strip(_ENDS),
    )
    if not lead:
        return None
    section = _section(item.section) if item.section else None
    return make_task(cells, section, item.number)
