"""How quick our own pages are while /sparql is under hostile queries, printed and never asserted: `make bench`.

One person reads pages one after the other, first alone, then while sixteen connections send the queries of `tests.hostile`.
"""

import os
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from itertools import cycle
from pathlib import Path
from statistics import quantiles

from cancu.graph.publish import publish

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.hostile import HOSTILE
from tests.web.serving import INTO, Server, serving

SECONDS = 60
QUIET_SECONDS = 20
AT_ONCE = 16
PAGES = (
    "/",
    "/nhiem-vu/chi-linh/2023/kstthc-mot-cua/ii-5",
    "/tai-lieu/2b5fa963",
    "/cau-hoi/A5",
    "/tim-kiem?q=ph%C3%B2ng+n%E1%BB%99i+v%E1%BB%A5",
    "/healthz",
)


def read(server: Server, seconds: float) -> list[float]:
    """Milliseconds of each page that was read in so many seconds."""
    times: list[float] = []
    until = time.monotonic() + seconds
    for path in cycle(PAGES):
        if time.monotonic() > until:
            return times
        start = time.perf_counter()
        status = server.ask(path).status
        times.append(1000 * (time.perf_counter() - start))
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
    return times


def strike(server: Server, until: float, queries: "cycle[str]", statuses: "Counter[int]") -> None:
    """Send hostile queries until it is time."""
    while time.monotonic() < until:
        body = urllib.parse.urlencode({"query": next(queries)}).encode("utf-8", "surrogatepass")
        statuses[server.ask("/sparql", body, Accept="application/sparql-results+json").status] += 1


def resident(server: Server) -> float:
    """Megabytes that the server holds, without its workers."""
    pages = int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def say(what: str, times: list[float]) -> None:
    """Print how long pages took."""
    cuts = quantiles(times, n=100)
    print(
        f"{what:32} {len(times):6} pages   p50 {cuts[49]:7.1f}   p95 {cuts[94]:7.1f}   p99 {cuts[98]:7.1f} ms   max {max(times):7.1f}"
    )


def main() -> None:
    """Read pages alone, then under attack; and make an update in both."""
    with tempfile.TemporaryDirectory() as folder:
        publish(Path(folder))
        with serving(Path(folder)) as server:
            read(server, 3)
            say("pages, alone", read(server, QUIET_SECONDS))
            start = time.perf_counter()
            server.update(INTO % "<a> <b> 1")
            print(f"{'an update, alone':32} {time.perf_counter() - start:6.1f} s")
            held, statuses = resident(server), Counter[int]()
            until, queries = time.monotonic() + SECONDS, cycle(HOSTILE.values())
            threads = [
                threading.Thread(target=strike, args=(server, until, queries, statuses))
                for _ in range(AT_ONCE)
            ]
            for thread in threads:
                thread.start()
            say(f"pages, {AT_ONCE} hostile at a time", read(server, SECONDS - 15))
            start = time.perf_counter()
            status = server.update(INTO % "<a> <b> 2").status
            print(f"{'an update, under attack':32} {time.perf_counter() - start:6.1f} s ({status})")
            for thread in threads:
                thread.join()
            print(
                f"hostile answers by status: {dict(statuses)}; memory {held:.0f} -> {resident(server):.0f} MB"
            )
            say("pages, afterwards", read(server, 10))


if __name__ == "__main__":
    main()
