"""The verbs about a SPARQL engine elsewhere: writing a snapshot to it, and looking whether it is still there."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from cancu.cli.build import bar
from cancu.cli.main import language, say
from cancu.graph.endpoint import Endpoint
from cancu.graph.graph_store import GraphStore
from cancu.graph.load import load as send
from cancu.graph.load import write_quads
from cancu.graph.publish import Progress
from cancu.graph.remote import Remote, differences
from cancu.graph.snapshot import current


def load(home: Path, endpoint: str, graph_store: str | None) -> None:
    """Load the current snapshot and say what was done.

    Raises:
        GraphError: there is none, or the engine does not take it.
    """
    engine, store = Endpoint.of(endpoint), GraphStore.of(graph_store, endpoint)
    with bar() as told:
        done = send(current(home), engine, store, lambda *step: told(Progress(*step)))
    if language() == "en":
        say(
            f"the SPARQL server serves snapshot {done.version} now: {done.triples} statements; "
            f"{done.sent} graphs sent, {done.kept} unchanged, {done.deleted} deleted."
        )
    else:
        say(
            f"máy chủ SPARQL nay dùng bản dữ liệu {done.version}: {done.triples} bộ ba; "
            f"gửi {done.sent} đồ thị, giữ nguyên {done.kept}, xóa {done.deleted}."
        )


def write(home: Path, output: Path) -> None:
    """Write the same as N-Quads, for an engine's own bulk loader.

    Raises:
        GraphError: there is no snapshot, or the file cannot be written.
    """
    write_quads(current(home), output)


def check(endpoint: str, form: str) -> int:
    """Say which graphs of an engine are no longer as they were loaded; 1 if there are any.

    Raises:
        GraphError: it cannot be asked, or holds nothing of ours.
    """
    remote = Remote.at(Endpoint.of(endpoint))
    found = differences(remote)
    english = language() == "en"
    if form == "json":
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            words = "statements, loaded with" if english else "câu, khi nạp có"
            click.echo(f"{one.graph}: {one.there} {words} {one.sent}")
    if english:
        say(
            f"{len(remote.record.graphs)} graphs of snapshot {remote.version}, {len(found)} changed."
        )
    else:
        say(f"{len(remote.record.graphs)} đồ thị của bản {remote.version}, {len(found)} đã đổi.")
    return 1 if found else 0
