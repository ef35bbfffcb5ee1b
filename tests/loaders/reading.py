"""What the tests of the structural reading do with small documents."""

from cancu.loaders.plan import Assignment, Task
from cancu.loaders.words import Value
from cancu.loaders.work import Work, read_work
from tests.documents import contents, squash

MORE = ("content", "lead", "coordinate", "deadline", "product")


def work(text: str) -> Work:
    """The work a text shares out."""
    return read_work(contents(text))


def told(task: Task) -> tuple[str, str, list[str], list[str], str | None]:
    """Code, content, lead, coordination and time limit of a task."""
    return (
        task.code,
        task.content.text,
        [v.text for v in task.lead],
        [v.text for v in task.coordinate],
        task.deadline.words.text if task.deadline else None,
    )


def tasks(text: str) -> list[tuple[str, str, list[str], list[str], str | None]]:
    """The tasks of a text."""
    return [told(task) for task in work(text).tasks]


def duties(text: str) -> list[tuple[str | None, list[str], str, str]]:
    """The duties of a text: place, bodies, role, deed."""
    return [
        (d.section, [v.text for v in d.agencies], d.role, d.content.text) for d in work(text).duties
    ]


def values(text: str) -> list[Value]:
    """Every value of the tasks, duties, sections and findings of a text."""
    read = work(text)
    found = [section.words for section in read.sections]
    found += [finding.quote for finding in read.findings]
    for task in read.tasks:
        found += [task.content, *task.lead, *task.coordinate, *task.products]
        found += [task.deadline.words] if task.deadline else []
        found += [item.words for item in task.items]
        found += [extra.words.value() for extra in task.extras]
    for duty in read.duties:
        found += _of_duty(duty)
    return found


def _of_duty(duty: Assignment) -> list[Value]:
    return [*duty.agencies, *duty.coordinate, duty.content, duty.whole]


def misquoted(text: str) -> list[str]:
    """The values whose spans do not quote exactly their words."""
    found = values(text)
    assert found
    return [
        v.text for v in found if squash(v.text) != "".join(squash(text[a:b]) for a, b in v.spans)
    ]


def cells(*rows: tuple[str, ...]) -> str:
    """A table copied from a page: one cell after the other, a lone bar between; "" is an empty cell, a cell left out is merged."""
    lines: list[str] = []
    for row in rows:
        lines.append("|")
        for cell in row:
            lines += [cell, "|"] if cell else ["|"]
    return "\n".join(lines) + "\n"
