"""SPARQL endpoints side by side, on many plans: `make bench-endpoints`. Printed, never asserted.

Ours, `oxigraph serve`, Virtuoso and rdflib-endpoint hold the same triples and are asked the same point query by `wrk`: once with a
text that is another each time, once with the same text over and over. Engines take turns in every round, because this
machine is shared and only ratios of one run keep.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from pyoxigraph import DefaultGraph, RdfFormat, Store

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from cancu.graph.publish import publish
from tests.thousand import read_pattern, triples
from tests.virtuoso import Virtuoso, free_port

PLANS = int(os.environ.get("CANCU_BENCH_PLANS", "1000"))
ROUNDS, SECONDS = 3, 4
CONNECTIONS = (1, 16, 64)
PEERS = Path(sys.executable).parents[2] / "build" / "peers" / "bin"
"""Where `make bench-endpoints` installs the peers."""
RESULTS = "application/sparql-results+json"
WAIT_SECONDS = 1200

TASK = "https://w3id.org/cancu/id/ke-hoach/%s/2023/kstthc-mot-cua%s/nhiem-vu/ii-5"
POINT = "SELECT ?label WHERE {{ <{task}> <http://www.w3.org/2000/01/rdf-schema#label> ?label }}"

SCRIPT = """
local distinct, plans, n = %(distinct)s, %(plans)d, math.random(1000000000)
local function escaped(text)
  return (text:gsub("[^%%w%%-_.]", function(c) return string.format("%%%%%%02X", string.byte(c)) end))
end
request = function()
  local text = [[%(query)s]]
  if distinct then n = n + 1; text = text .. " # " .. n .. math.random() end
  return wrk.format("GET", "%(path)s?query=" .. escaped(text), {["Accept"] = "%(accept)s"})
end
init = function() math.randomseed(os.time()) n = math.random(1000000000) end
"""


@dataclass(frozen=True)
class Peer:
    """An endpoint that answers at `url`; `load` is how long it took to be ready, in seconds."""

    name: str
    url: str
    load: float


def query(number: int = 3) -> str:
    """The point query of a plan (see `tests/thousand.py` for its address), the same for all engines."""
    return POINT.format(task=TASK % (f"noi-{number // 5}", f"-{number}"))


def waited(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until an endpoint answers."""
    address, until = f"{url}?{urlencode({'query': query()})}", time.monotonic() + WAIT_SECONDS
    request = urllib.request.Request(address, headers={"Accept": RESULTS})
    while True:
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                found = json.load(answer)["results"]["bindings"]
            if not found:
                raise SystemExit(f"{url} does not hold the plans")
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"{url} does not answer") from None
            time.sleep(0.2)


@contextmanager
def running(command: list[str | Path], url: str) -> Iterator[None]:
    """A server, until it is not needed any more."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        waited(url, process)
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def ours(folder: Path, data: Path) -> Iterator[Peer]:
    """`cancu serve`, on a snapshot whose store holds all plans."""
    snapshot = publish(folder).path
    shutil.rmtree(snapshot / "store")
    begun = time.monotonic()
    store = Store(str(snapshot / "store"))
    store.bulk_load(path=str(data), format=RdfFormat.N_TRIPLES, to_graph=DefaultGraph())
    store.optimize()
    del store
    manifest = snapshot / "manifest.json"
    # The store is not the one that was published: nothing is said of its hash.
    manifest.write_text(
        json.dumps(json.loads(manifest.read_text("utf-8")) | {"store": ""}), "utf-8"
    )
    load, port = time.monotonic() - begun, free_port()
    command: list[str | Path] = [
        Path(sys.executable).parent / "cancu",
        "--home",
        folder,
        "serve",
        "--port",
        str(port),
    ]
    url = f"http://127.0.0.1:{port}/sparql"
    with running(command, url):
        yield Peer("cancu", url, load)


@contextmanager
def oxigraph(folder: Path, data: Path) -> Iterator[Peer]:
    """Oxigraph's own server: the same engine, a web layer in Rust."""
    begun = time.monotonic()
    command: list[str | Path] = [PEERS / "oxigraph", "load", "--location", folder, "--file", data]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    load, port = time.monotonic() - begun, free_port()
    url = f"http://127.0.0.1:{port}/query"
    serve: list[str | Path] = [
        PEERS / "oxigraph",
        "serve-read-only",
        "--location",
        folder,
        "--bind",
        f"127.0.0.1:{port}",
    ]
    with running(serve, url):
        yield Peer("oxigraph serve", url, load)


@contextmanager
def rdflib_endpoint(_: Path, data: Path) -> Iterator[Peer]:
    """rdflib-endpoint, with the triples in memory."""
    begun, port = time.monotonic(), free_port()
    serve: list[str | Path] = [
        PEERS / "rdflib-endpoint",
        "serve",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        data,
    ]
    url = f"http://127.0.0.1:{port}/"
    with running(serve, url):
        yield Peer("rdflib-endpoint", url, time.monotonic() - begun)


@contextmanager
def virtuoso(folder: Path, data: Path) -> Iterator[Peer]:
    """Virtuoso of Debian, loaded by the Graph Store HTTP Protocol."""
    folder.mkdir()
    server = Virtuoso(folder, memory_mb=3000)
    server.start()
    try:
        begun = time.monotonic()
        with data.open("rb") as lines:
            server.store().put("urn:bench", lines)
        yield Peer("virtuoso", server.url, time.monotonic() - begun)
    finally:
        server.stop()


ENGINES: dict[str, Callable[[Path, Path], AbstractContextManager[Peer]]] = {
    "cancu": ours, "oxigraph": oxigraph, "virtuoso": virtuoso, "rdflib-endpoint": rdflib_endpoint,
}  # fmt: skip


def asked(peer: Peer, distinct: bool, connections: int, folder: Path) -> tuple[float, str]:
    """Requests a second, and the 99th percentile of their time, as wrk says."""
    path = re.sub(r"^http://[^/]+", "", peer.url)
    script = folder / "ask.lua"
    script.write_text(
        SCRIPT
        % {
            "distinct": str(distinct).lower(),
            "plans": PLANS,
            "query": query(),
            "path": path,
            "accept": RESULTS,
        },
        "utf-8",
    )
    base = peer.url.removesuffix(path)
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{SECONDS}s",
        "--latency",
        "-s",
        str(script),
        base,
    ]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        print(f"{peer.name}: {told}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    slow = re.search(r"99%\s+(\S+)", told)
    return float(rate[1]) if rate else 0.0, slow[1] if slow else "?"


def main(names: list[str]) -> None:
    """Load, ask, print."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        home, data = Path(folder), Path(folder) / "all.nt"
        with data.open("wb") as stream:
            stream.writelines(triples(read_pattern(publish(home / "one").dump), PLANS))
        print(
            f"{PLANS} plans, {data.stat().st_size / 1e6:.0f} MB of N-Triples, {os.cpu_count()} cores"
        )
        peers: list[Peer] = []
        for name in names or ENGINES:
            peer = stack.enter_context(ENGINES[name](home / name, data))
            peers.append(peer)
            print(f"{peer.name:16} loaded in {peer.load:.0f} s", flush=True)
        print(f"{'requests a second':28}" + "".join(f"{p.name:>28}" for p in peers))
        for distinct in (True, False):
            for connections in CONNECTIONS:
                rows = [
                    [asked(p, distinct, connections, home) for p in peers] for _ in range(ROUNDS)
                ]
                rates = [median(row[i][0] for row in rows) for i in range(len(peers))]
                slow = rows[-1]
                label = f"{'distinct' if distinct else 'repeated'}, {connections} connections"
                cells = (
                    f"{r:10.0f}  x{rates[0] / r:5.1f}  p99 {s[1]:>8}"
                    for r, s in zip(rates, slow, strict=True)
                )
                print(f"{label:28}" + "".join(f"{cell:>28}" for cell in cells), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
