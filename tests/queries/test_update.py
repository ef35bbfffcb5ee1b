"""SPARQL Update on a home folder: one graph, one update after the other, each a version; nothing else ever changes."""

import json
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from cancu.graph import updates as history
from cancu.graph.dataset import Embedded
from cancu.graph.errors import (
    BuildRunning,
    DamagedUpdates,
    NoSnapshot,
    StorageFailed,
    UnknownVersion,
)
from cancu.graph.export import export_turtle
from cancu.graph.publish import Options, publish, republish
from cancu.graph.save import only_build
from cancu.graph.snapshot import current
from cancu.graph.updates import read_updates, state
from cancu.loaders.errors import CancuError
from cancu.loaders.read import built_in
from cancu.ontology.terms import GRAPHS
from cancu.queries import updater
from cancu.queries.answer import ask
from cancu.queries.catalogue import questions
from cancu.queries.errors import BadQuery, Busy, Refused, TookTooLong, TooLarge, TooMuch
from cancu.queries.limits import MB, Limits
from cancu.queries.update import admit_only
from cancu.queries.updater import Updates, go_back, run_update

OURS = GRAPHS.bo_sung
LIMITS = Limits(seconds=20, memory_bytes=1024 * MB)
INTO = f"INSERT DATA {{ GRAPH <{OURS}> {{ %s }} }}"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the built-in plan, to be copied."""
    folder = tmp_path_factory.mktemp("updates")
    publish(folder)
    return folder


@pytest.fixture
def own(published: Path, tmp_path: Path) -> Path:
    """A home folder of the test's own."""
    return Path(shutil.copytree(published, tmp_path / "home"))


def made(home: Path, text: str) -> None:
    run_update(home, text, "Lan", LIMITS)


def held(home: Path) -> set[str]:
    """The statements of the graph as the snapshot has them; blank nodes without their names."""
    found = current(home).open().quads_for_pattern(None, None, None, NamedNode(OURS))
    return {
        " ".join("_" if str(t).startswith("_:") else str(t) for t in quad.triple) for quad in found
    }


# ---- which graphs a text writes


P = f"PREFIX g: <{GRAPHS.NS}> "

ALLOWED = [
    "",
    "INSERT DATA {}",
    INTO % "<a> <b> 'GRAPH <x> {', \"\"\"}\"\"\"@vi # }\n ; <c> [ <d> (1 2) ]",
    f"DELETE DATA {{ GRAPH <{OURS}> {{ <a> <b> <c> }} }}",
    P + "INSERT DATA { GRAPH g:bo-sung { <a> <b> <c> } . GRAPH g:bo-sung {} }",
    f"DELETE WHERE {{ GRAPH <{OURS}> {{ ?s ?p ?o }} }}",
    f"WITH <{OURS}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 1 }} WHERE {{ ?s ?p ?o }}",
    f"INSERT {{ GRAPH <{OURS}> {{ ?s a ?c }} }} USING <http://a.example/> WHERE {{ ?s a ?c GRAPH ?g {{ ?s ?p ?o }} }}",
    f"DELETE {{ GRAPH <{OURS}> {{ ?s ?p ?o }} }} INSERT {{}} WHERE {{ {{ SELECT * {{ GRAPH ?g {{ ?s ?p ?o }} }} }} }}",
    f"CLEAR GRAPH <{OURS}>",
    f"drop silent graph <{OURS}> ; {P} clear graph g:bo-sung",
    "BASE <https://w3id.org/cancu/graph/> CLEAR GRAPH <bo-sung>",
    "CLEAR GRAPH <graph/bo-sung>",
]  # fmt: skip

FORBIDDEN = [
    # text, what the refusal names
    ("INSERT DATA { <a> <b> <c> }", "the default graph"),
    (f"INSERT DATA {{ GRAPH <{OURS}> {{ <a> <b> <c> }} <a> <b> <c> }}", "the default graph"),
    ("INSERT DATA { GRAPH <http://a.example/g> { <a> <b> <c> } }", "http://a.example/g"),
    ("DELETE DATA { <a> <b> <c> }", "the default graph"),
    ("DELETE WHERE { ?s ?p ?o }", "the default graph"),
    ("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", "?g"),
    ("INSERT { GRAPH ?g { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p ?o } }", "?g"),
    ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "the default graph"),
    (f"WITH <{GRAPHS.so_bo}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}", GRAPHS.so_bo),
    (f"WITH <{OURS}> DELETE {{ GRAPH <{GRAPHS.xem_xet}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}", GRAPHS.xem_xet),
    (f"WITH <{OURS}> INSERT {{ ?s ?p 1 }} WHERE {{ ?s ?p ?o }} ; INSERT {{ ?s ?p 1 }} WHERE {{ ?s ?p ?o }}", "the default graph"),
    ("CLEAR ALL", "ALL"),
    ("DROP NAMED", "NAMED"),
    ("CLEAR SILENT DEFAULT", "the default graph"),
    (f"DROP GRAPH <{GRAPHS.danh_muc}>", GRAPHS.danh_muc),
    (P + "DROP GRAPH g:danh-muc", GRAPHS.danh_muc),
    (f"COPY DEFAULT TO GRAPH <{OURS}>", "COPY"),
    (f"MOVE <{GRAPHS.so_bo}> TO <{OURS}>", "MOVE"),
    (f"ADD <{OURS}> TO DEFAULT", "ADD"),
    ("CREATE GRAPH <http://a.example/>", "CREATE"),
    (f"CLEAR GRAPH <{OURS}>x", None),
    ("INSERT", None),
    ("GRAPH", None),
    ("INSERT DATA {", None),
]  # fmt: skip


@pytest.mark.parametrize("text", ALLOWED)
def test_what_writes_to_the_one_graph_is_let_in(text: str) -> None:
    admit_only(text, OURS)


@pytest.mark.parametrize(("text", "named"), [pair for pair in FORBIDDEN if pair[1]])
def test_what_writes_elsewhere_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(Refused) as caught:
        admit_only(text, OURS)
    assert named in caught.value.en
    assert named.replace("the default graph", "đồ thị mặc định") in caught.value.vi


@pytest.mark.parametrize("text", [*[text for text, _ in FORBIDDEN], "LOAD <http://127.0.0.1:1/>"])
def test_refused_or_wrong_nothing_changes(own: Path, text: str) -> None:
    before = current(own)
    with pytest.raises((Refused, BadQuery)):
        made(own, text)
    assert current(own) == before
    assert read_updates(own) == []


# ---- what updates do


def test_updates_are_versions_and_the_rest_of_the_data_stays(own: Path) -> None:
    before = current(own)
    made(own, INTO % '<a> <b> 01, "Lời"@vi, "a\u2028b\\n\\"", [ <d> "x" ]')
    first = held(own)
    assert len(first) == 5
    made(own, f"DELETE WHERE {{ GRAPH <{OURS}> {{ ?s ?p ?x . ?b <d> ?o }} }}")
    made(
        own,
        f"WITH <{OURS}> INSERT {{ <a> <n> ?n }} USING <{GRAPHS.so_bo}> WHERE {{ SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} }}",
    )
    after = current(own)
    assert (after.manifest.updates, after.manifest.quads) == (
        3,
        before.manifest.quads + len(held(own)),
    )
    others = [line for line in after.dump.read_text("utf-8").split("\n") if OURS not in line]
    assert others == before.dump.read_text("utf-8").split("\n")
    assert export_turtle(after) == export_turtle(before)
    updates = read_updates(own)
    assert [(u.number, u.by, bool(u.text), u.back_to) for u in updates] == [
        (n, "Lan", True, None) for n in (1, 2, 3)
    ]
    assert [len(state(updates, version)) for version in range(4)] == [0, 5, 0, 1]
    assert Embedded(after).select("SELECT ?o WHERE { <https://w3id.org/cancu/a> ?p ?o }").rows == ()


def test_the_last_is_undone_and_any_version_comes_back(own: Path) -> None:
    empty = current(own).version
    made(own, INTO % "<a> <b> <c>")
    one = current(own).version
    made(own, f"CLEAR GRAPH <{OURS}>")
    assert current(own).version == empty
    undone = go_back(own, "Minh")
    assert undone and (undone.number, undone.by, undone.back_to) == (3, "Minh", 1)
    assert current(own).version == one
    assert go_back(own, "Minh", 1) is None
    assert go_back(own, "Minh", 0)
    assert current(own).version == empty
    with pytest.raises(UnknownVersion):
        go_back(own, "Minh", 9)


def test_what_changes_nothing_is_no_version(own: Path) -> None:
    before = current(own)
    for text in (
        "",
        f"CLEAR GRAPH <{OURS}>",
        f"DELETE DATA {{ GRAPH <{OURS}> {{ <a> <b> <c> }} }}",
    ):
        made(own, text)
    assert (current(own), read_updates(own)) == (before, [])


def test_builds_and_verdicts_keep_the_graph(own: Path) -> None:
    made(own, INTO % "<a> <b> [ <c> 'x' ]")
    kept = held(own)
    assert len(kept) == 2
    quick = current(own)
    whole = publish(own)
    assert (whole.version, whole.manifest.updates) == (quick.version, 1)
    assert held(own) == kept
    republish(own)
    assert held(own) == kept


def test_no_answer_of_ours_has_what_was_added(own: Path) -> None:
    newer = own.parent / "moi.txt"
    newer.write_text(built_in().text.replace("01/NQ-CP", "02/NQ-CP"), "utf-8")
    before = Embedded(publish(own, [newer], options=Options(add=True)))
    rows = {code: ask(code, {}, before).rows for code in questions()}
    assert len(rows["D6"]) > 1
    # all that counts, once more and turned into something else
    everything = f"""INSERT {{ GRAPH <{OURS}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }} ;
        WITH <{OURS}> INSERT {{ ?s <https://w3id.org/cancu/ns#confirmedBasis> ?o }}
        WHERE {{ ?s <https://w3id.org/cancu/ns#suggestedBasis> ?o }} ;
        WITH <{OURS}> INSERT {{ ?c <http://www.w3.org/ns/prov#wasGeneratedBy> ?r }}
        WHERE {{ ?c a <https://w3id.org/cancu/ns#Claim> . ?r <http://www.w3.org/ns/prov#used> ?u }}"""
    run_update(own, everything, "Lan", replace(LIMITS, rows=10**7, seconds=60))
    after = Embedded.at(own)
    assert len(held(own)) > 10_000
    assert {code: ask(code, {}, after).rows for code in questions()} == rows


@pytest.mark.parametrize(
    ("text", "limits", "error"),
    [
        (f"INSERT {{ GRAPH <{OURS}> {{ ?a ?b ?i }} }} WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}", {"seconds": 1}, (TookTooLong, TooMuch)),
        (f"INSERT {{ GRAPH <{OURS}> {{ ?a ?b ?f }} }} WHERE {{ ?a ?b ?c . ?d ?e ?f }}", {"memory_bytes": 200 * MB}, TooMuch),
        (f"INSERT {{ GRAPH <{OURS}> {{ ?a ?b ?c }} }} WHERE {{ ?a ?b ?c }}", {"rows": 1000}, TooLarge),
        (f"INSERT {{ GRAPH <{OURS}> {{ ?a ?b ?c }} }} WHERE {{ ?a ?b ?c }}", {"result_bytes": 5 * 1024}, TooLarge),
        (INTO % ("<a> <b> <c> . " * 6000), {}, TooLarge),
        (INTO % ("[ <b> " * 200 + "1" + "]" * 200), {}, BadQuery),
        (f"DROP GRAPH <{OURS}> ; DROP GRAPH <{OURS}>", {}, BadQuery),
        (f"INSERT {{ GRAPH <{OURS}> {{ ?a ?b ?c }} }} WHERE {{ SERVICE <http://a.example/> {{ ?a ?b ?c }} }}", {}, Refused),
    ],
)  # fmt: skip
def test_limits(
    own: Path,
    text: str,
    limits: dict[str, int],
    error: type[CancuError] | tuple[type[CancuError], ...],
) -> None:
    before = current(own)
    with pytest.raises(error):
        run_update(own, text, "Lan", replace(LIMITS, **limits))
    assert (current(own), read_updates(own)) == (before, [])
    assert not list(own.glob("building-*"))


# ---- one after the other, and what goes wrong


def test_updates_at_the_same_time_are_all_made(own: Path) -> None:
    updates, faults = Updates(own, LIMITS), []

    def add(number: int) -> None:
        try:
            updates.update(INTO % f"<s{number}> <p> <o>", f"người {number}")
        except CancuError as error:
            faults.append(error)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(held(own)) == 4
    assert [u.number for u in read_updates(own)] == [1, 2, 3, 4]
    assert {u.by for u in read_updates(own)} == {f"người {number}" for number in range(4)}


def test_too_many_at_the_same_time_are_told_so(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    def slow(*_: object) -> None:
        begun.release()
        go_on.wait(20)

    monkeypatch.setattr(updater, "run_update", slow)
    updates = Updates(own, LIMITS)
    threads = [
        threading.Thread(target=updates.update, args=("", "x")) for _ in range(updater.WAITING)
    ]
    for thread in threads:
        thread.start()
        begun.acquire()
    with pytest.raises(Busy):
        updates.update("", "x")
    go_on.set()
    for thread in threads:
        thread.join()
    updates.update("", "x")


def test_a_build_at_work_is_waited_for(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updater, "WAIT_SECONDS", 0.3)
    held_until, holding = threading.Event(), threading.Event()

    def build() -> None:
        with only_build(own):
            holding.set()
            held_until.wait(20)

    thread = threading.Thread(target=build)
    thread.start()
    holding.wait(20)
    with pytest.raises(BuildRunning):
        made(own, INTO % "<a> <b> <c>")
    monkeypatch.setattr(updater, "WAIT_SECONDS", 20)
    threading.Timer(0.5, held_until.set).start()
    made(own, INTO % "<a> <b> <c>")
    thread.join()
    assert len(held(own)) == 1


def test_what_cannot_be_published_is_not_in_the_history(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current(own)

    def full(home: Path) -> None:
        raise StorageFailed("đầy", "full")

    monkeypatch.setattr(updater, "publish_updates", full)
    with pytest.raises(StorageFailed):
        made(own, INTO % "<a> <b> <c>")
    assert (current(own), read_updates(own)) == (before, [])


def test_what_was_recorded_and_not_published_is_published_next(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(updater, "publish_updates", lambda home: None)
        made(own, INTO % "<a> <b> <c>")
    assert held(own) == set()
    made(own, INTO % "<a> <b> <d>")
    assert len(held(own)) == 2


DAMAGES = [
    ("000001.json", lambda path: path.unlink()),
    ("000001.json", lambda path: path.write_text("{")),
    ("000001.json", lambda path: path.write_text("[]")),
    ("000002.json", lambda path: path.write_text(path.read_text("utf-8").replace("<c>", "<x>"), "utf-8")),
    ("000002.json", lambda path: path.write_text(path.read_text("utf-8")[:-20], "utf-8")),
    ("000002.json", lambda path: path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "number": 3}), "utf-8")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "damage"), DAMAGES)
def test_a_damaged_history_is_said_and_nothing_is_built_without_it(
    own: Path, name: str, damage: object
) -> None:
    for value in ("<https://a.example/c>", "<https://a.example/d>"):
        made(own, INTO % f"<a> <b> {value}")
    before = current(own)
    path = own / history.FOLDER / name
    if name == "000002.json":
        path.write_text(path.read_text("utf-8").replace("https://a.example/d", "c"), "utf-8")
    assert callable(damage)
    damage(path)
    with pytest.raises(DamagedUpdates) as caught:
        republish(own)
    assert name in caught.value.en
    assert name in caught.value.vi
    assert current(own) == before


def test_without_data_there_is_nothing_to_update(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshot):
        made(tmp_path / "home", INTO % "<a> <b> <c>")
