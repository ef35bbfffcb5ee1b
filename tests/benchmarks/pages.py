"""What a browser sees of each page, cold: first contentful paint, layout shift, requests and bytes; part of `make bench`.

The peer is a page of our own server with nothing on it, in the same browser and run.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from cancu.graph.publish import publish

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.browser.chromium import chromium, served
from tests.browser.screens import KEPT, OTHERS

ROUNDS = 3
BARE = "/healthz"
FIGURES = """async () => {
  const shifts = await new Promise((done) => {
    new PerformanceObserver((list) => done(list.getEntries())).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done([]), 300);
  });
  const parts = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const fonts = parts.filter((part) => /[.]woff2/.test(part.name));
  const bytes = (some) => some.reduce((sum, part) => sum + part.transferSize, 0);
  return {
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
    shift: shifts.reduce((sum, one) => sum + one.value, 0),
    requests: parts.length,
    bytes: bytes(parts) - bytes(fonts),
    fonts: bytes(fonts),
  };
}"""


def figures(browser: Browser, address: str) -> dict[str, float]:
    """The median of some visits, each with an empty cache."""
    visits = []
    for _ in range(ROUNDS):
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        visits.append(page.evaluate(FIGURES))
        context.close()
    return {name: median(visit[name] for visit in visits) for name in visits[0]}


def main() -> None:
    """Print a line for each page."""
    with tempfile.TemporaryDirectory() as home:
        publish(Path(home))
        with served(Path(home)) as address, chromium() as browser:
            bare = figures(browser, address + BARE)
            print(
                f"{'page':18} {'FCP':>7} {'x bare':>6} {'shift':>6} {'requests':>8} {'kB':>6} {'fonts':>6}"
            )
            for name, page in {"(bare)": BARE, **KEPT, **OTHERS}.items():
                seen = figures(browser, address + page)
                print(
                    f"{name:18} {seen['paint']:4.0f} ms {seen['paint'] / bare['paint']:6.1f}"
                    f" {seen['shift']:6.3f} {seen['requests']:8.0f} {seen['bytes'] / 1000:6.1f}"
                    f" {seen['fonts'] / 1000:6.1f}"
                )


if __name__ == "__main__":
    main()
