"""The clients that docs/sparql.md shows, run as they stand but for the address; and SPARQLWrapper in its three ways of asking."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from SPARQLWrapper import JSON, POST, POSTDIRECTLY, SPARQLWrapper

from cancu.web.app import create_app
from tests import w3c
from tests.web.conftest import Here

PAGE = Path(__file__).parents[2] / "docs" / "sparql.md"
CLIENTS = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def base(home: Path) -> Iterator[str]:
    with w3c.served(create_app(home, runner=Here())) as address:
        yield address


@pytest.mark.parametrize("client", CLIENTS, ids=["SPARQLWrapper", "rdflib", "urllib"])
def test_a_client_of_the_docs(base: str, client: str) -> None:
    text = client.replace("http://127.0.0.1:8000", base)
    done = subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("'") == 2 * 21
    assert "'II.5'" in done.stdout


QUERY = """SELECT ?label ?same ?percent WHERE {
  ?x <http://www.w3.org/2004/02/skos/core#prefLabel> ?label . FILTER(CONTAINS(STR(?label), "Nội vụ"))
  BIND(IRI("http://a.example/63%2F2010?a=%C3%A1&b=+") AS ?same) BIND("50%25 + 1 = ế" AS ?percent)
} ORDER BY ?label"""


@pytest.mark.parametrize(
    ("method", "request_method"), [("GET", None), (POST, None), (POST, POSTDIRECTLY)]
)
def test_three_ways_give_the_same_rows(base: str, method: str, request_method: str | None) -> None:
    service = SPARQLWrapper(f"{base}/sparql", returnFormat=JSON)
    service.setMethod(method)
    if request_method:
        service.setRequestMethod(request_method)
    service.setQuery(QUERY)
    answer: Any = service.queryAndConvert()
    rows = answer["results"]["bindings"]
    assert rows
    for row in rows:
        assert "Nội vụ" in row["label"]["value"]
        assert row["same"]["value"] == "http://a.example/63%2F2010?a=%C3%A1&b=+"
        assert row["percent"]["value"] == "50%25 + 1 = ế"
