"""Benchmarks, printed and never asserted: `make bench`.

Each figure stands beside a named peer measured in the same run, because this machine is shared and only ratios keep.
"""

import platform
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import docx
import lxml.html
import pdfplumber
import rdflib
from fastapi.testclient import TestClient
from pyoxigraph import DefaultGraph, RdfFormat, Store, serialize

from cancu.graph.build import build_plan
from cancu.graph.check import check
from cancu.graph.collect import Given
from cancu.graph.dataset import Embedded
from cancu.graph.publish import Options, publish
from cancu.graph.read_one import Job, read_one
from cancu.graph.workers import Stopped, work_all
from cancu.loaders.parse import parse
from cancu.loaders.read import built_in, read
from cancu.ontology.load import ontology_quads, shapes_text
from cancu.queries.answer import ask, understand
from cancu.queries.catalogue import questions
from cancu.queries.errors import AmbiguousValue
from cancu.queries.plans import plan_names
from cancu.web.app import create_app

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.benchmarks.copies import copied
from tests.convert_plan import main as write_plan

ROUNDS = 5
DOCUMENTS = 24
COPIES = 100
PATIENCE = 2
"""Seconds that rdflib has for a question."""
COMMAND = Path(sys.executable).parent / "cancu"


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median milliseconds of some rounds, one before them not counted."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def row(
    what: str, ours: float, peer: str = "", theirs: float | None = None, unit: str = "ms"
) -> None:
    """Print one line: ours, the peer's and the ratio."""
    beside = f"{peer}: {theirs:10.1f} {unit}   x{theirs / ours:.1f}" if theirs is not None else peer
    print(f"{what:52} {ours:10.1f} {unit}   {beside}")


def build(home: Path) -> None:
    """From text to checked snapshot, and its parts."""
    source = built_in()
    plan = parse(source)
    row("plan: text to Plan", timed(lambda: parse(source)), "decode only", timed(built_in))
    row("plan: Plan to checked graph", timed(lambda: build_plan(plan)))
    store = Store()
    store.bulk_extend([*ontology_quads(), *build_plan(plan).quads])
    row(
        "plan: all constraints on the engine",
        timed(lambda: check(store)),
        "pyshacl",
        _pyshacl(store),
    )
    row("plan: text to snapshot on disk", timed(lambda: publish(home)))


def build_many(home: Path) -> None:
    """Documents a second with one and two processes, and the memory of a process."""
    folder = home / "many"
    folder.mkdir()
    text = built_in().text
    for number in range(DOCUMENTS):
        heading = f"Số: {number + 1}/QĐ-UBND\n\nChí Linh, ngày 15 tháng 02 năm 2023\n"
        body = text.partition("QUYẾT ĐỊNH")[2].replace("Chí Linh", f"Chí Linh {number + 1}")
        (folder / f"{number + 1}.txt").write_text(f"{heading}\nQUYẾT ĐỊNH{body}", "utf-8")
    rates = {}
    for jobs in (1, 2):
        start = time.perf_counter()
        made = publish(home / f"with-{jobs}", [folder], options=Options(jobs=jobs))
        rates[jobs] = DOCUMENTS / (time.perf_counter() - start)
        if len(made.manifest.plans) != DOCUMENTS:
            raise RuntimeError(f"{len(made.manifest.plans)} of {DOCUMENTS} documents were built")
    row(f"{DOCUMENTS} plans, 2 processes", rates[2], "1 process", rates[1], unit="/s")
    start = time.perf_counter()
    publish(home / "with-2", [folder])
    again = DOCUMENTS / (time.perf_counter() - start)
    row(f"{DOCUMENTS} plans, nothing changed", again, "read anew", rates[2], unit="/s")
    tasks = [Job(Given(path.name, path)) for path in sorted(folder.iterdir())]
    peaks = [
        peak for _, peak in work_all(_peak_of_worker, tasks, 1) if not isinstance(peak, Stopped)
    ]
    row("peak memory of a process that read them all", max(peaks), unit="MB")


def _peak_of_worker(job: Job) -> float:
    """Read a document in a worker; the most memory its process has had, in MB."""
    read_one(job)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read_formats(folder: Path) -> None:
    """Files to Source, beside a bare extraction of the text by the same library; one core each."""
    write_plan(folder)
    peers: dict[str, tuple[str, Callable[[Path], object]]] = {
        "txt": ("decode UTF-8", lambda path: path.read_text("utf-8")),
        "docx": ("python-docx, text only", _docx_text),
        "html": (
            "lxml, text only",
            lambda path: lxml.html.parse(str(path)).getroot().text_content(),
        ),
        "pdf": ("pdfplumber, text only", _pdf_text),
    }
    (folder / "plan.txt").write_text(built_in().text, "utf-8")
    for form, (peer, work) in peers.items():
        path = folder / f"plan.{form}"
        ours, theirs = timed(partial(read, path)), timed(partial(work, path))
        row(f"read {form}: {1000 / ours:.1f} a second, {_peak(path):.0f} MB", ours, peer, theirs)


def _docx_text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def _pdf_text(path: Path) -> str:
    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def _peak(path: Path) -> float:
    """Peak memory of a process that reads one file, in MB."""
    code = (
        "import resource, sys; from cancu.loaders.read import read; read(sys.argv[1]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def _pyshacl(store: Store) -> float:
    from pyshacl import validate

    data, shapes = rdflib.Graph(), rdflib.Graph()
    for quad in store:
        data.parse(data=f"{quad.triple} .", format="nt")
    shapes.parse(data=shapes_text(), format="turtle")
    return timed(lambda: validate(data, shacl_graph=shapes, advanced=True, inplace=True), rounds=1)


def ask_all(home: Path) -> None:
    """Every question with its defaults on the plan and on copies of it, the heaviest first; and the command cold."""
    dataset = Embedded.at(home)
    many = copied(dataset, COPIES, home / "copies")
    graph = _as_rdflib(dataset)
    timings = sorted((_timing(code, dataset, many, graph) for code in questions()), reverse=True)
    print(
        f"{'question, warm':52} {'on the plan':>13}   {f'on {COPIES} copies':>16}   rdflib on the plan"
    )
    for hundred, one, code, rows, theirs in timings:
        peer = f"{theirs:10.1f} ms   x{theirs / one:.0f}" if theirs else f"over {PATIENCE} s"
        print(
            f"{code:4} {rows:6} rows on the copies {'':26} {one:10.1f} ms   {hundred:13.1f} ms   {peer}"
        )
    command = [str(COMMAND), "--home", str(home), "ask", "B1", "--format", "json"]
    cold = timed(partial(subprocess.run, command, check=True, capture_output=True))
    bare = timed(partial(subprocess.run, [sys.executable, "-c", "pass"], check=True))
    row("cancu ask as a cold process", cold, "bare Python", bare)


def _timing(
    code: str, dataset: Embedded, many: Embedded, graph: rdflib.Graph
) -> tuple[float, float, str, int, float | None]:
    """Milliseconds of a question on copies of the plan and on the plan, its code, rows on the copies, and rdflib's time."""
    asked, values = questions()[code], _values_of(code, many)
    one = timed(partial(ask, code, {}, dataset))
    rows = len(ask(code, values, many).rows)
    hundred = _once(partial(ask, code, values, many))
    terms = {
        name: rdflib.util.from_n3(str(term))
        for name, term in understand(asked, {}, dataset)[1].items()
    }
    try:
        theirs = _within(PATIENCE, partial(_rows, graph, asked.sparql, terms))
    except TimeoutError:
        theirs = None
    return hundred, one, code, rows, theirs


def _values_of(code: str, many: Embedded) -> dict[str, str]:
    """What a question must be told among many plans: its examples, in the first of them if that is not enough."""
    needed = {p.name: p.default for p in questions()[code].parameters if p.required and p.default}
    try:
        understand(questions()[code], needed, many)
    except AmbiguousValue:
        return {**needed, "plan": next(iter(plan_names(many)))}
    return needed


def _within(seconds: int, work: Callable[[], object]) -> float:
    """Milliseconds of one round that is stopped after so many seconds.

    Raises:
        TimeoutError: it was.
    """

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        return _once(work)
    finally:
        signal.alarm(0)


def _once(work: Callable[[], object]) -> float:
    """Milliseconds of one round."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _as_rdflib(dataset: Embedded) -> rdflib.Graph:
    quads = dataset.store.quads_for_pattern(None, None, None, DefaultGraph())
    triples = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=triples or b"", format="nt")


def _rows(graph: rdflib.Graph, query: str, terms: dict[str, Any]) -> list[Any]:
    return list(graph.query(query, initBindings=terms))


def pages(home: Path) -> None:
    """Time and weight of the pages."""
    client = TestClient(create_app(home))
    task = "/nhiem-vu/chi-linh/2023/kstthc-mot-cua/ii-5"
    for path in ("/", task, "/tai-lieu/2b5fa963", "/co-quan/chi-linh/phong-noi-vu", "/cau-hoi/A5"):
        answer = client.get(path)
        weight = f"{answer.status_code}, {len(answer.content) / 1000:.0f} kB"
        row(f"page {path}", timed(partial(client.get, path)), weight)


def main() -> None:
    """Run everything in a home of its own."""
    print(f"{platform.platform()}, Python {platform.python_version()}, median of {ROUNDS}")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        if shutil.which("soffice"):
            read_formats(home / "formats")
        build(home)
        build_many(home)
        ask_all(home)
        pages(home)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    row("peak memory of this run (pyshacl and rdflib included)", peak, unit="MB")
    row("peak memory of one `cancu ask`", children, unit="MB")


if __name__ == "__main__":
    main()
