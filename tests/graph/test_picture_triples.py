"""Answers that are graphs, drawn: one mark for each thing, an arrow for each pair, words never markup."""

from lxml import etree

from cancu.graph.picture_triples import Term, triples_svg

SVG = "{*}"
TASK, DECREE, TITLE = (
    Term("t", "II.5", "/nhiem-vu/ii-5"),
    Term("d", "61/2018/NĐ-CP"),
    Term("x", 'Tham mưu <img src=x onerror="alert(1)"> ]]> \x00', value=True),
)


def drawn(*triples: tuple[Term, str, Term]) -> "etree._Element":
    return etree.fromstring(triples_svg(triples, "Hình vẽ"))


def test_a_thing_is_drawn_once_and_leads_to_its_page() -> None:
    svg = drawn((TASK, "căn cứ gợi ý", DECREE), (TASK, "tiêu đề", TITLE))
    assert len(svg.findall(f".//{SVG}circle")) == 2
    assert len(svg.findall(f".//{SVG}rect")) == 1
    assert [a.get("href") for a in svg.findall(f".//{SVG}a")] == ["/nhiem-vu/ii-5"]


def test_two_predicates_between_the_same_ends_are_written_on_one_arrow() -> None:
    svg = drawn((TASK, "căn cứ gợi ý", DECREE), (TASK, "viện dẫn", DECREE))
    assert len(svg.findall(f".//{SVG}line")) == 1
    assert "căn cứ gợi ý, viện dẫn" in "".join(map(str, svg.itertext()))


def test_words_are_text() -> None:
    svg = drawn((TASK, "tiêu đề", TITLE))
    assert svg.findall(f".//{SVG}img") == []
    assert "<img" in "".join(map(str, svg.itertext()))


def test_something_said_of_itself() -> None:
    assert drawn((TASK, "liên quan", TASK)).findall(f".//{SVG}circle")
