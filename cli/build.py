"""The verb that builds: progress on a terminal, then what became of each file, for people and as a report."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cancu.cli.main import language, say
from cancu.cli.show import write_file
from cancu.graph.errors import NothingBuilt
from cancu.graph.publish import Options, Progress, publish
from cancu.graph.snapshot import SKIPPED, Entry, LeftOut, Manifest
from cancu.ontology.iri import BASE

FIELDS = (
    "file",
    "state",
    "plan",
    "kind",
    "number",
    "date",
    "issuer",
    "title",
    "tasks",
    "findings",
    "warnings",
    "sha256",
    "read",
    "also",
    "replaced_by",
    "reason_vi",
    "reason_en",
)
"""Columns of the report."""

STATES = {
    "current": ("hiện hành", "current"),
    "replaced": ("bản cũ", "replaced"),
    "refused": ("không dựng", "left out"),
    "skipped": ("bỏ qua", "passed over"),
}
LONGEST = 48
"""Characters of a file's path in that table."""

SHOWN = 40
"""Rows of the table on the terminal; the report has all."""


def build(home: Path, paths: Sequence[Path], options: Options, report: Path | None) -> int:
    """Build, say what came of it, and write the report, also if nothing was built.

    Raises:
        GraphError: nothing was built, or the data cannot be written.
    """
    try:
        with bar() as done:
            manifest = publish(home, paths, done, options).manifest
    except NothingBuilt as error:
        left = [one for one in error.left_out if isinstance(one, LeftOut)]
        _write(report, _rows((), left))
        if len(left) > 1:
            _show(_rows((), left))
        raise
    rows = _rows(manifest.plans, manifest.left_out)
    _write(report, rows)
    if len(rows) > 1:
        _show(rows)
    _sum_up(manifest)
    return 0


@contextmanager
def bar() -> Iterator[Callable[[Progress], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=None)

        def done(progress: Progress) -> None:
            shown.update(
                task, total=progress.total, completed=progress.done, description=progress.name
            )

        yield done


def _rows(plans: Sequence[Entry], left_out: Sequence[LeftOut]) -> list[dict[str, Any]]:
    found = [_plan_row(entry) for entry in plans]
    return [*found, *(_left_row(left) for left in left_out)]


def _plan_row(entry: Entry) -> dict[str, Any]:
    plan = entry.plan.removeprefix(f"{BASE}id/ke-hoach/")
    values = {
        "file": entry.name or entry.source,
        "state": "current" if entry.current else "replaced",
        "plan": plan,
        "also": list(entry.also),
        "replaced_by": entry.replaced_by or None,
    }
    return {f: values[f] if f in values else getattr(entry, f, None) for f in FIELDS}


def _left_row(left: LeftOut) -> dict[str, Any]:
    state = "skipped" if left.why == SKIPPED else "refused"
    values = {"file": left.source, "state": state, "reason_vi": left.vi, "reason_en": left.en}
    return {field: values.get(field) for field in FIELDS}


def _write(path: Path | None, rows: Sequence[dict[str, Any]]) -> None:
    if path is None:
        return
    if path.suffix.lower() != ".csv":
        write_file(path, (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode())
        return
    stream = io.StringIO()
    writer = csv.DictWriter(stream, FIELDS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({**row, "also": "; ".join(row["also"] or ())})
    write_file(path, stream.getvalue().encode("utf-8-sig"))


def _show(rows: Sequence[dict[str, Any]]) -> None:
    """A short table on stderr: first what was left out, then what is in."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    english = language() == "en"
    order = ["refused", "replaced", "current", "skipped"]
    files = {str(row["sha256"]): str(row["file"]) for row in rows}
    listed = sorted(rows, key=lambda row: order.index(row["state"]))[:SHOWN]
    table = Table(box=None, pad_edge=False)
    headings = (
        ("file", "state", "plan", "tasks", "remarks")
        if english
        else ("tệp", "tình trạng", "kế hoạch", "nhiệm vụ", "ghi chú")
    )
    for heading in headings:
        table.add_column(heading, overflow="fold", justify="left")
    for row in listed:
        cells = (
            _tail(row["file"]),
            STATES[row["state"]][english],
            row["plan"] or "",
            "" if row["tasks"] is None else str(row["tasks"]),
            _remark(row, english, files),
        )
        table.add_row(*(Text(cell) for cell in cells))
    console = Console(stderr=True, width=None if sys.stderr.isatty() else 160, highlight=False)
    console.print(table)
    if len(rows) > SHOWN:
        more = len(rows) - SHOWN
        say(
            f"… {more} more files; see --report." if english else f"… còn {more} tệp; xem --report."
        )


def _tail(name: str) -> str:
    """The end of a long path: what tells files apart."""
    return name if len(name) <= LONGEST else f"…{name[1 - LONGEST :]}"


def _remark(row: dict[str, Any], english: bool, files: Mapping[str, str]) -> str:
    reason = row["reason_en" if english else "reason_vi"]
    if reason:
        return str(reason)
    if row["replaced_by"]:
        return ("now: " if english else "nay dùng: ") + files.get(row["replaced_by"], "")
    if row["also"]:
        return ("also: " if english else "trùng với: ") + ", ".join(row["also"])
    return ""


def _sum_up(manifest: Manifest) -> None:
    english = language() == "en"
    for claim in manifest.lost_reviews:
        gone = "verdict kept, claim gone" if english else "kết luận còn giữ, khẳng định không còn"
        say(f"{gone}: {claim}")
    plans, old = manifest.current_plans, len(manifest.plans) - len(manifest.current_plans)
    tasks = sum(plan.tasks for plan in plans)
    refused = sum(left.why != SKIPPED for left in manifest.left_out)
    skipped = len(manifest.left_out) - refused
    if english:
        parts = [
            f"{len(plans)} plans",
            f"{tasks} tasks",
            *([f"{old} replaced versions"] if old else []),
            *([f"{refused} left out"] if refused else []),
            *([f"{skipped} passed over"] if skipped else []),
            f"{manifest.quads} statements",
        ]
        say(f"snapshot {manifest.version}: {', '.join(parts)}.")
    else:
        parts = [
            f"{len(plans)} kế hoạch",
            f"{tasks} nhiệm vụ",
            *([f"{old} bản cũ"] if old else []),
            *([f"{refused} tệp không dựng"] if refused else []),
            *([f"{skipped} tệp bỏ qua"] if skipped else []),
            f"{manifest.quads} bộ ba",
        ]
        say(f"bản dữ liệu {manifest.version}: {', '.join(parts)}.")
