"""Pages are light: few queries once the snapshot is read, few bytes."""

import gzip
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from cancu.graph.dataset import Bound, Embedded, Table
from tests.browser.screens import KEPT, OTHERS

PAGES = {name: page.partition("#")[0] for name, page in (KEPT | OTHERS).items()}
HEAVY = ("sparql", "network", "network-office", "network-path")
"""Pages with an application of their own."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The queries that pages ask."""
    queries: list[str] = []
    select = Embedded.select

    def counted(self: Embedded, query: str, bindings: Bound | None = None) -> Table:
        queries.append(query)
        return select(self, query, bindings)

    monkeypatch.setattr(Embedded, "select", counted)
    yield queries


@pytest.mark.parametrize("name", PAGES)
def test_no_page_asks_more_than_five_queries(
    client: TestClient, asked: list[str], name: str
) -> None:
    for _ in range(2):
        client.get(PAGES[name])
    read_once = len(asked)
    client.get(PAGES[name])
    assert len(asked) - read_once <= 5


def test_queries_are_counted(client: TestClient, asked: list[str]) -> None:
    client.get(PAGES["question-a5"])
    assert asked


@pytest.mark.parametrize("name", [name for name in PAGES if name not in HEAVY])
def test_a_page_is_under_100_kb(client: TestClient, name: str) -> None:
    """With its style and script, packed, without fonts."""
    page = client.get(PAGES[name])
    parts = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js)[^"]*)"', page.text)
    assert len(parts) >= 2
    packed = [gzip.compress(client.get(part).content) for part in parts]
    assert len(gzip.compress(page.content)) + sum(map(len, packed)) < 100_000
