"""A real server under queries that mean harm, sixteen at a time, while a person uses the pages."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest

from tests.hostile import HOSTILE

JSON = {"Accept": "application/sparql-results+json, */*;q=0.1"}
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?t a <https://w3id.org/cancu/ns#PlanTask> }"
EXPECTED = {200, 400, 403, 413, 503}


@dataclass(frozen=True)
class Server:
    base: str
    process: int

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of a page."""
        return _send(urllib.request.Request(self.base + path))

    def query(self, text: str) -> tuple[int, bytes]:
        """Status and body of an answer to a query."""
        body = urllib.parse.urlencode({"query": text}).encode("utf-8", "surrogatepass")
        return _send(urllib.request.Request(self.base + "/sparql", body, JSON))

    def count(self) -> int:
        """How many tasks the plan has: the query that must always be right."""
        status, body = self.query(COUNT + f" # {time.monotonic()}")
        assert status == 200, body
        return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])

    def workers(self) -> list[int]:
        """The processes of the pool."""
        found = subprocess.run(
            ["pgrep", "-f", "-P", str(self.process), "spawn_main"],
            capture_output=True,
            text=True,
            check=False,
        )
        return [int(line) for line in found.stdout.split()]

    def memory(self) -> int:
        """Bytes that the server and its processes hold."""
        return sum(_resident(process) for process in [self.process, *self.workers()])


def _send(request: urllib.request.Request) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf(
            "SC_PAGE_SIZE"
        )
    except OSError:
        return 0


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Server]:
    """`cancu serve` with shorter limits than by default."""
    port = _free_port()
    environment = {
        **os.environ,
        "CANCU_SPARQL_SECONDS": "2",
        "CANCU_SPARQL_MEMORY_MB": "512",
        "CANCU_SPARQL_WAITING": "8",
    }
    command = [
        str(Path(sys.executable).with_name("cancu")),
        "--home",
        str(home),
        "serve",
        "--port",
        str(port),
    ]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    found = Server(f"http://127.0.0.1:{port}", process.pid)
    try:
        for _ in range(300):
            try:
                found.get("/healthz")
                break
            except OSError:
                time.sleep(0.1)
        yield found
    finally:
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
        assert b"Traceback" not in said


def _free_port() -> int:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_answered_or_refused_and_the_next_query_is_right(server: Server, name: str) -> None:
    status, body = server.query(HOSTILE[name])
    assert status in EXPECTED, body
    if status != 200:
        problem = json.loads(body)
        assert problem["vi"] and problem["en"]
        assert "pyoxigraph" not in body.decode().lower()
    assert server.count() == 21


def attack(server: Server, seconds: float, at_once: int) -> Counter[int]:
    """All hostile queries in turn, so many at a time; how often each status came."""
    statuses: Counter[int] = Counter()
    queries, until, lock = cycle(HOSTILE.values()), time.monotonic() + seconds, threading.Lock()

    def strike() -> None:
        while time.monotonic() < until:
            with lock:
                text = next(queries)
            status, _ = server.query(text)
            with lock:
                statuses[status] += 1

    threads = [threading.Thread(target=strike) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


@pytest.mark.parametrize("seconds", [6, pytest.param(60, marks=pytest.mark.long)])
def test_sixteen_at_a_time(server: Server, seconds: float) -> None:
    assert server.count() == 21
    before = server.memory()
    pages: Counter[int] = Counter()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            for path in ("/", "/cau-hoi/A5", "/tai-lieu", "/healthz"):
                pages[server.get(path)[0]] += 1

    reader = threading.Thread(target=read)
    reader.start()
    statuses = attack(server, seconds, 16)
    done.set()
    reader.join()
    assert set(pages) == {200}
    assert set(statuses) <= EXPECTED
    assert statuses[503] > 0
    assert len(server.workers()) <= (os.cpu_count() or 1)
    assert all(os.getpriority(os.PRIO_PROCESS, worker) >= 10 for worker in server.workers())
    assert server.count() == 21
    assert server.memory() < 2 * before + 2**27


def test_a_client_that_goes_away_stops_his_query(server: Server) -> None:
    import http.client

    endless = "/sparql?" + urllib.parse.urlencode({"query": HOSTILE["cross join, counted"]})
    assert server.count() == 21
    wires = []
    for _ in range(
        20
    ):  # more than may wait: if they were not stopped, the next one would be refused
        wire = http.client.HTTPConnection(server.base.removeprefix("http://"), timeout=5)
        wire.request("GET", endless, headers=JSON)
        wires.append(wire)
        wire.close()
    time.sleep(0.5)
    assert server.count() == 21


def test_workers_that_are_killed_are_replaced(server: Server) -> None:
    assert server.count() == 21
    for worker in server.workers():
        os.kill(worker, signal.SIGKILL)
    time.sleep(0.2)
    assert server.count() == 21
