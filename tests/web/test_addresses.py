"""From things to pages and back."""

import pytest

from cancu.graph.dataset import Embedded
from cancu.ontology.iri import BASE
from cancu.web import addresses
from cancu.web.addresses import page_of

ID = f"{BASE}id/"
TASK = f"{ID}ke-hoach/chi-linh/2023/kstthc/nhiem-vu/ii-5"


@pytest.mark.parametrize(
    ("iri", "page"),
    [
        (TASK, "/nhiem-vu/chi-linh/2023/kstthc/ii-5"),
        (f"{TASK}/tham-gia/phoi-hop-1", "/nhiem-vu/chi-linh/2023/kstthc/ii-5#tham-gia-phoi-hop-1"),
        (f"{TASK}/thoi-han/khoang", "/nhiem-vu/chi-linh/2023/kstthc/ii-5#thoi-han"),
        (f"{ID}ke-hoach/a/2023/b/phu-luc-1/muc-2", "/nhiem-vu/a/2023/b/phu-luc-1/muc-2"),
        (f"{ID}ke-hoach/a/2023/b/phu-luc-2/ii-16", "/nhiem-vu/a/2023/b/phu-luc-2/ii-16"),
        (f"{ID}ke-hoach/a/2023/b/phan/ii", "/nhiem-vu/a/2023/b?section=ii"),
        (f"{ID}vb/chinh-phu/nghi-dinh/2018/61", "/van-ban/chinh-phu/nghi-dinh/2018/61"),
        (f"{ID}vb/a/b/2018/c/dieu-2/khoan-4", "/van-ban/a/b/2018/c/dieu-2/khoan-4"),
        (f"{ID}to-chuc/chi-linh/van-phong", "/co-quan/chi-linh/van-phong"),
        (f"{ID}nhom/a/b/ii-5/c", "/nhom/a/b/ii-5/c"),
        (f"{ID}nguon/2b5fa963", "/tai-lieu/2b5fa963"),
        (f"{ID}chung-cu/2b5fa963/c1-2", "/tai-lieu/2b5fa963#c1-2"),
        (f"{ID}chung-cu/2b5fa963/c1-2/trich", "/tai-lieu/2b5fa963#c1-2"),
        (f"{ID}phat-hien/2b5fa963/missing-word-9", "/tai-lieu/2b5fa963#ph-missing-word-9"),
        (f"{ID}khang-dinh/0123456789ab", "/chi-tiet/id/khang-dinh/0123456789ab"),
        (f"{BASE}ns#Task", "/ns#Task"),
        (f"{BASE}graph/so-bo", None),
        ("http://example.org/", None),
    ],
)
def test_pages_of_things(iri: str, page: str | None) -> None:
    assert page_of(iri) == page


def test_pages_lead_back_to_things() -> None:
    assert addresses.row_iri("chi-linh", "2023", "kstthc", "ii-5") == TASK
    assert addresses.row_iri("a", "2023", "b", "phu-luc-1/muc-2") is not None
    assert addresses.row_iri("a", "2023", "b", "../x") is None
    assert addresses.generic_iri("id/to-chuc/a/b") is None
    assert (
        addresses.question_page("A5", document="a & b/Đ")
        == "/cau-hoi/A5?document=a%20%26%20b/%C4%90"
    )


def test_everything_labelled_has_a_page(dataset: Embedded) -> None:
    """Whatever the graph says anything about in our own space, apart from named parts of the vocabulary."""
    rows = dataset.select("SELECT DISTINCT ?s WHERE { ?s ?p ?o }").rows
    things = [str(r["s"]) for r in rows if str(r["s"]).startswith(f"{BASE}id/")]
    assert len(things) > 500
    assert [thing for thing in things if page_of(thing) is None] == []
