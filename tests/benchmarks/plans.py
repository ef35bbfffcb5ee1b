"""Pages over many plans beside the same pages over one, made by the same machine in one run; part of `make bench`.

Printed and never asserted: `.venv/bin/python tests/benchmarks/plans.py [PLANS]`. The first time is that after a start.
"""

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from fastapi.testclient import TestClient

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from cancu.graph.dataset import Embedded
from cancu.graph.publish import publish
from cancu.web.app import create_app
from cancu.web.reading import Reading
from tests.benchmarks.copies import copied
from tests.web.test_paging import DECREE

TASK = "/nhiem-vu/chi-linh/2023/kstthc-mot-cua/ii-5"
PAGES = (
    *("/", "/lich", "/kiem-tra", "/co-quan", "/hieu-luc", "/cho-trong", "/mang-luoi", TASK),
    *(f"{TASK}/can-cu", "/co-quan/chi-linh/van-phong", DECREE, f"{DECREE}/neu-het-hieu-luc"),
)


def timed(home: Path, dataset: Embedded, page: str) -> tuple[float, float, float]:
    """Seconds that a page takes the first time and then, and its kB."""
    app = create_app(home)
    reading = Reading(dataset)
    app.state.site = replace(app.state.site, home=_Held(home, reading))
    with TestClient(app) as client:
        begun = time.monotonic()
        client.get(page)
        first = time.monotonic() - begun
        found = client.get(page)
    return first, time.monotonic() - begun - first, len(found.content) / 1000


class _Held:
    """A holder of one reading."""

    def __init__(self, folder: Path, reading: Reading) -> None:
        self.folder, self._reading = folder, reading

    def reading(self) -> Reading:
        """It."""
        return self._reading


def main() -> None:
    """Print a line for each page."""
    plans = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        publish(home)
        one = Embedded.at(home)
        many = copied(one, plans, Path(folder) / "many")
        print(f"{'page':62} {'1 plan':>16} {f'{plans} plans':>16} {'times':>12} {'kB':>6}")
        for page in PAGES:
            few, lot = timed(home, one, page), timed(home, many, page)
            print(
                f"{page:62} {few[0]:6.2f}, {few[1]:5.2f} s {lot[0]:6.2f}, {lot[1]:5.2f} s"
                f" {lot[0] / few[0]:5.0f}, {lot[1] / few[1]:4.0f} {lot[2]:6.0f}"
            )


if __name__ == "__main__":
    main()
