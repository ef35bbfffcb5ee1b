"""The document reader: every span is marked with exactly its words, and leads back to what it proves."""

import re
from collections import defaultdict
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from markupsafe import Markup

from cancu.graph.dataset import Embedded
from cancu.loaders.words import Words
from cancu.ontology.terms import prefix_header
from cancu.web.marks import Fact, Mark, Marker
from cancu.web.words import Link
from tests.web.conftest import PLAN

SPANS = """SELECT ?start ?end ?quote WHERE {
  ?span oa:hasSource <https://w3id.org/cancu/id/nguon/2b5fa963> ; oa:hasSelector ?place , ?words .
  ?place oa:start ?start ; oa:end ?end . ?words oa:exact ?quote }"""


class Marks(HTMLParser):
    """The text of each mark, its pieces joined, what stands in cards left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = defaultdict(str)
        self.links: dict[str, set[str]] = defaultdict(set)
        self._open: list[str] = []
        self._card = 0
        self._last = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "mark":
            self._open.append(found.get("id") or found.get("data-of") or "")
        if tag == "span" and (self._card or found.get("class") == "facts"):
            self._card += 1
        if tag == "a" and self._card:
            self.links[self._last].add(found.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._last = self._open.pop()
        if tag == "span" and self._card:
            self._card -= 1

    def handle_data(self, data: str) -> None:
        if not self._card:
            for mark in self._open:
                self.texts[mark] += data


@pytest.fixture
def marks(client: TestClient) -> Marks:
    """The marks of the built-in plan's reader."""
    parser = Marks()
    parser.feed(client.get("/tai-lieu/2b5fa963").text)
    return parser


def squeezed(text: str) -> str:
    """Text without blanks: a span over cells or blocks has other blanks on the page than in the source."""
    return re.sub(r"\s+", "", text)


def test_every_span_is_marked_with_its_words(marks: Marks, dataset: Embedded) -> None:
    rows = dataset.select(prefix_header() + SPANS).rows
    assert len(rows) > 300
    for row in rows:
        found = marks.texts[f"c{row['start']}-{row['end']}"]
        assert squeezed(found) == squeezed(str(row["quote"]))


def test_every_mark_leads_back_to_a_fact(marks: Marks) -> None:
    without = [mark for mark in marks.texts if mark.startswith("c") and not marks.links[mark]]
    assert without == []
    assert f"{PLAN}/ii-5#tham-gia-phoi-hop-1" in marks.links["c9844-9856"]


def test_tables_are_tables_over_their_pages(client: TestClient) -> None:
    text = client.get("/tai-lieu/2b5fa963").text
    tables = re.findall(r'<table class="source">(.*?)</table>', text, re.DOTALL)
    assert len(tables) == 3
    assert "nối lại từ 8 mảnh" in tables[0]
    assert tables[0].count('<tr class="break">') == 7
    assert tables[0].count('<th scope="col">') == 6
    rows = re.findall(r'<tr id="d\d+">(.*?)</tr>', tables[0].partition("<tbody>")[2], re.DOTALL)
    assert len(rows) == 21


def mark(start: int, end: int) -> Mark:
    """A mark with a fact."""
    return Mark(start, end, (Fact("content", "content", Link("x", "")),))


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 3)], "[abc]def"),
        ([(0, 6), (2, 4)], "[ab[cd]ef]"),
        ([(0, 4), (2, 6)], "[ab[cd]][ef]"),
        ([(0, 3), (3, 6)], "[abc][def]"),
        ([(1, 2), (1, 5), (0, 6)], "[a[[b]cde]f]"),
    ],
)
def test_marks_nest_and_are_cut_where_they_cross(
    spans: list[tuple[int, int]], expected: str
) -> None:
    marker = Marker([mark(*span) for span in spans], lambda _: Markup())
    written = str(marker.html(Words.of("abcdef", 0, 6)))
    shape = re.sub(r"</?a[^>]*>", "", written)
    shape = re.sub(r"<mark[^>]*>", "[", shape).replace("</mark>", "]")
    assert shape == expected
    assert marker.written == {f"c{start}-{end}" for start, end in spans}
    for start, end in spans:
        assert written.count(f'id="c{start}-{end}"') == 1


def test_text_is_escaped_and_residue_set_apart() -> None:
    text = "a < b & <script>x</script> **c**"
    written = str(Marker([], lambda _: Markup()).html(Words.of(text, 0, len(text))))
    assert "<script>" not in written
    assert '<span class="residue">&lt;script&gt;</span>' in written
    assert "a &lt; b &amp;" in written
