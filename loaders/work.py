"""The work a document shares out: tasks of its tables and of its labelled prose, and duties given body by body."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cancu.loaders.blocks import Paragraph
from cancu.loaders.duties import read_duties
from cancu.loaders.plan import Assignment, Finding, Section, Task
from cancu.loaders.prose import heading_of, path_below, read_prose_tasks
from cancu.loaders.tables import Content
from cancu.loaders.task_tables import read_task_table
from cancu.loaders.units import Unit, read_units


@dataclass
class Work:
    """Tasks with their sections, duties, and what was odd about them, each in reading order."""

    sections: list[Section] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    duties: list[Assignment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_work(contents: Sequence[Content]) -> Work:
    """The tasks and duties of a document."""
    work = Work()
    units: list[Unit] = []
    path: list[Unit] = []
    waiting: list[Paragraph] = []
    for content in contents:
        if isinstance(content, Paragraph):
            waiting.append(content)
        elif content.lists_tasks:
            above = read_units(waiting)
            units += above
            path = path_below(above, path)
            waiting.clear()
            read = read_task_table(content, heading_of(path))
            work.sections += read.sections
            work.tasks += read.tasks
            work.findings += read.findings
    units += read_units(waiting)
    prose = read_prose_tasks(units)
    work.tasks = _counted(sorted([*work.tasks, *prose], key=lambda task: task.content.start))
    known = {section.words.start for section in work.sections}
    for task in work.tasks:
        if task.section and task.section.words.start not in known:
            known.add(task.section.words.start)
            work.sections.append(task.section)
    work.sections.sort(key=lambda section: section.words.start)
    work.duties = read_duties(units)
    return work


def _counted(tasks: Sequence[Task]) -> list[Task]:
    """The tasks, each told how often its number stood before."""
    seen: Counter[str] = Counter()
    counted = []
    for task in tasks:
        seen[task.code] += 1
        counted.append(replace(task, repeat=seen[task.code]))
    return counted
