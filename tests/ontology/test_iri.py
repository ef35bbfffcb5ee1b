"""Addresses: the table both ways, slugs, points, and what is refused."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancu.ontology.iri import (
    BASE,
    FIELDS,
    PARENTS,
    PATTERNS,
    Address,
    AddressError,
    BadField,
    UnknownKind,
    appendix_slug,
    claim_iri,
    mint,
    number_slug,
    parse,
    part_iri,
    point_slug,
    row_slug,
    slug,
    source_key,
    span_iri,
)

DECREE = f"{BASE}id/vb/chinh-phu/nghi-dinh/2018/61-2018-nd-cp"
DECISION = f"{BASE}id/vb/ubnd-tp-chi-linh/quyet-dinh/chua-so/2023-02/ke-hoach-kstthc-mot-cua-2023"
PLAN = f"{BASE}id/ke-hoach/chi-linh/2023/kstthc-mot-cua"
TASK = f"{PLAN}/nhiem-vu/ii-5"

#: One address a pattern: (kind, fields, what stands below BASE).
ADDRESSES: list[tuple[str, dict[str, str], str]] = [
    ("term", {"term": "PlanTask"}, "ns#PlanTask"),
    ("shape", {"term": "Task"}, "shapes#Task"),
    ("ontology_version", {"version": "0.1.0"}, "ns/0.1.0"),
    ("scheme", {"scheme": "vai-tro"}, "dm/vai-tro"),
    ("concept", {"scheme": "vai-tro", "name": "chu-tri"}, "dm/vai-tro/chu-tri"),
    ("graph", {"name": "so-bo"}, "graph/so-bo"),
    (
        "plan_graph",
        {"name": "suy-dien", "place": "chi-linh", "year": "2023", "key": "kstthc-mot-cua"},
        "graph/suy-dien/chi-linh/2023/kstthc-mot-cua",
    ),
    (
        "document",
        {"issuer": "chinh-phu", "kind": "nghi-dinh", "year": "2018", "number": "61-2018-nd-cp"},
        "id/vb/chinh-phu/nghi-dinh/2018/61-2018-nd-cp",
    ),
    (
        "unnumbered",
        {
            "issuer": "quoc-hoi",
            "kind": "luat",
            "month": "2015-06-19",
            "key": "to-chuc-chinh-quyen-dia-phuong",
        },
        "id/vb/quoc-hoi/luat/chua-so/2015-06-19/to-chuc-chinh-quyen-dia-phuong",
    ),
    ("chapter", {"document": DECREE, "label": "4"}, f"{DECREE}/chuong-4"),
    ("article", {"document": DECREE, "label": "35a"}, f"{DECREE}/dieu-35a"),
    ("clause", {"article": f"{DECISION}/dieu-2", "label": "4"}, f"{DECISION}/dieu-2/khoan-4"),
    (
        "point",
        {"part": f"{DECREE}/dieu-5/khoan-2", "letter": "dd"},
        f"{DECREE}/dieu-5/khoan-2/diem-dd",
    ),
    ("force_period", {"document": DECREE, "name": "1"}, f"{DECREE}/hieu-luc/1"),
    (
        "plan",
        {"place": "chi-linh", "year": "2023", "key": "kstthc-mot-cua"},
        "id/ke-hoach/chi-linh/2023/kstthc-mot-cua",
    ),
    ("plan_period", {"plan": PLAN}, f"{PLAN}/khoang"),
    ("section", {"plan": PLAN, "section": "iii-1-1"}, f"{PLAN}/phan/iii-1-1"),
    ("task", {"plan": PLAN, "row": "ii-5"}, TASK),
    ("appendix", {"plan": PLAN, "appendix": "1"}, f"{PLAN}/phu-luc-1"),
    (
        "review_item",
        {"plan": PLAN, "appendix": "1", "row": "2"},
        f"{PLAN}/phu-luc-1/muc-2",
    ),
    (
        "inspection_target",
        {"plan": PLAN, "appendix": "2", "target": "ii-16"},
        f"{PLAN}/phu-luc-2/ii-16",
    ),
    ("task_item", {"task": TASK, "item": "3"}, f"{TASK}/muc-3"),
    (
        "participation",
        {"owner": TASK, "role": "chu-tri", "n": "1"},
        f"{TASK}/tham-gia/chu-tri-1",
    ),
    ("time_limit", {"task": TASK}, f"{TASK}/thoi-han"),
    ("period", {"time_limit": f"{TASK}/thoi-han"}, f"{TASK}/thoi-han/khoang"),
    (
        "further_period",
        {"time_limit": f"{TASK}/thoi-han", "n": "2"},
        f"{TASK}/thoi-han/khoang-2",
    ),
    (
        "proposed_period",
        {"time_limit": f"{TASK}/thoi-han"},
        f"{TASK}/thoi-han/khoang-de-xuat",
    ),
    ("product", {"task": TASK, "n": "2"}, f"{TASK}/san-pham/2"),
    (
        "reference",
        {"owner": TASK, "name": "quyet-dinh-ttg"},
        f"{TASK}/vien-dan/quyet-dinh-ttg",
    ),
    (
        "agency",
        {"place": "chi-linh", "name": "phong-noi-vu"},
        "id/to-chuc/chi-linh/phong-noi-vu",
    ),
    (
        "place",
        {"place": "chi-linh", "name": "phuong-cong-hoa"},
        "id/dvhc/chi-linh/phuong-cong-hoa",
    ),
    (
        "group",
        {"place": "chi-linh", "name": "ubnd-cac-xa-phuong"},
        "id/nhom/chi-linh/ubnd-cac-xa-phuong",
    ),
    (
        "task_group",
        {"place": "chi-linh", "plan_key": "kstthc-2023", "row": "i-2", "name": "lien-quan"},
        "id/nhom/chi-linh/kstthc-2023/i-2/lien-quan",
    ),
    ("person", {"name": "nguyen-van-thuong"}, "id/nguoi/nguyen-van-thuong"),
    (
        "event",
        {"place": "chi-linh", "name": "sap-xep-cap-xa"},
        "id/su-kien/chi-linh/sap-xep-cap-xa",
    ),
    (
        "entry",
        {"entry": "61-2018-nd-cp-co-hieu-luc"},
        "id/so-bo/61-2018-nd-cp-co-hieu-luc",
    ),
    ("reference_source", {"name": "s41"}, "id/nguon-tham-khao/s41"),
    ("source", {"source": "2b5fa963"}, "id/nguon/2b5fa963"),
    (
        "span",
        {"source": "2b5fa963", "start": "0", "end": "12"},
        "id/chung-cu/2b5fa963/c0-12",
    ),
    (
        "position",
        {"span": f"{BASE}id/chung-cu/2b5fa963/c0-12"},
        "id/chung-cu/2b5fa963/c0-12/vi-tri",
    ),
    (
        "quote",
        {"span": f"{BASE}id/chung-cu/2b5fa963/c0-12"},
        "id/chung-cu/2b5fa963/c0-12/trich",
    ),
    ("claim", {"digest": "0123456789ab"}, "id/khang-dinh/0123456789ab"),
    ("review", {"digest": "0123456789ab"}, "id/xem-xet/0123456789ab"),
    ("run", {"digest": "0123456789ab"}, "id/lan-chay/0123456789ab"),
    ("software", {"name": "cancu", "version": "0-1-0"}, "id/phan-mem/cancu/0-1-0"),
    (
        "finding",
        {"source": "2b5fa963", "code": "missing-number", "start": "1"},
        "id/phat-hien/2b5fa963/missing-number-1",
    ),
]


def test_every_pattern_has_an_example() -> None:
    assert [kind for kind, _, _ in ADDRESSES] == list(PATTERNS)


@pytest.mark.parametrize(("kind", "fields", "address"), ADDRESSES, ids=list(PATTERNS))
def test_table_both_ways(kind: str, fields: dict[str, str], address: str) -> None:
    iri = address if address.startswith(BASE) else BASE + address
    assert mint(kind, **fields) == iri
    assert parse(iri) == Address(kind, fields)


SLUGS = st.from_regex(r"\A[a-z0-9]{1,4}(-[a-z0-9]{1,3}){0,2}\Z")


@st.composite
def addresses(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(PATTERNS)) -> Address:
    """Draw any address, its parents first."""
    kind = draw(st.sampled_from(kinds))
    example = next(fields for name, fields, _ in ADDRESSES if name == kind)
    fields = {name: draw(_values(name)) for name in example}
    return Address(kind, fields)


def _values(name: str) -> st.SearchStrategy[str]:
    if name in PARENTS:
        return addresses(PARENTS[name]).map(lambda parent: mint(parent.kind, **parent.fields))
    if name in ("section", "target"):
        return SLUGS.filter(lambda text: not text.startswith("muc-"))
    if name in FIELDS:
        return st.from_regex(rf"\A(?:{FIELDS[name]})\Z").filter(str.isascii)
    return SLUGS


@given(addresses())
def test_parse_undoes_mint(address: Address) -> None:
    iri = mint(address.kind, **address.fields)
    assert parse(iri) == address
    assert iri.isascii()


@given(st.text())
def test_parse_refuses_quietly(text: str) -> None:
    assert parse(text) is None
    parse(BASE + text)


@given(st.text())
def test_slug_is_a_slug_or_empty(text: str) -> None:
    folded = slug(text)
    assert folded == slug(folded)
    assert folded == "" or parse(mint("person", name=folded)) is not None


@given(st.text(alphabet=st.characters(max_codepoint=0x1EFF)))
def test_slug_does_not_see_the_normal_form(text: str) -> None:
    assert slug(unicodedata.normalize("NFD", text)) == slug(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phường Cộng Hòa", "phuong-cong-hoa"),
        ("Phường Cộng Hoà", "phuong-cong-hoa"),
        ("Phường Đồng Lạc", "phuong-dong-lac"),
        (unicodedata.normalize("NFD", "Phường Đồng Lạc"), "phuong-dong-lac"),
        ("Phường Sao Đỏ", "phuong-sao-do"),
        ("UBND phường Phả Lại", "ubnd-phuong-pha-lai"),
        ("Phòng Lao động - Thương binh và Xã hội", "phong-lao-dong-thuong-binh-va-xa-hoi"),
        ("Phòng Lao động \N{EN DASH} Thương binh", "phong-lao-dong-thuong-binh"),
        ("  (Văn phòng) HĐND & UBND...  ", "van-phong-hdnd-ubnd"),
        ("ưứừửữự ơớờởỡợ ăâêô ỳỷỹỵý", "uuuuuu oooooo aaeo yyyyy".replace(" ", "-")),
        ("...", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("61/2018/NĐ-CP", "61-2018-nd-cp"),
        ("01/NQ-CP", "01-nq-cp"),
        ("57-NQ/TW", "57-nq-tw"),
        ("02/2017/TT-VPCP", "02-2017-tt-vpcp"),
        ("77/2015/QH13", "77-2015-qh13"),
    ],
)
def test_number_slug(number: str, expected: str) -> None:
    assert number_slug(number) == expected


def test_vietnamese_points_never_collide() -> None:
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    assert len({point_slug(letter) for letter in letters}) == len(letters)
    assert point_slug("đ") == point_slug("Đ") == "dd"
    assert point_slug(unicodedata.normalize("NFD", "ư")) == "uw"
    assert slug("đ") == slug("d")  # which is why a point is not a slug


def test_points_d_and_dd_are_two_addresses() -> None:
    assert part_iri(DECREE, "5", "2", "d") == f"{DECREE}/dieu-5/khoan-2/diem-d"
    assert part_iri(DECREE, "5", "2", "đ") == f"{DECREE}/dieu-5/khoan-2/diem-dd"
    assert part_iri(DECREE, "35a") == f"{DECREE}/dieu-35a"
    assert part_iri(DECREE, "5", point="đ") == f"{DECREE}/dieu-5/diem-dd"


@pytest.mark.parametrize(
    ("section", "number", "repeat", "expected"),
    [
        ("II", "5.", 1, "ii-5"),
        ("III.1.1", "2", 1, "iii-1-1-2"),
        (None, "5a", 1, "5a"),
        ("II", "5", 2, "ii-5-2"),
        (None, "", 1, "khong-so"),
    ],
)
def test_row_slug(section: str | None, number: str, repeat: int, expected: str) -> None:
    assert row_slug(section, number, repeat) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [("I", "1"), ("II", "2"), ("IV", "4"), ("XIX", "19"), ("1", "1"), ("02", "2"), ("A", "a")],
)
def test_appendix_slug(label: str, expected: str) -> None:
    assert appendix_slug(label) == expected


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("person", {"name": "Nguyễn Văn A"}),
        ("person", {"name": ""}),
        ("person", {"name": "a--b"}),
        ("person", {"name": "a/b"}),
        ("person", {"name": "a\n"}),
        ("person", {}),
        ("person", {"name": "a", "place": "b"}),
        ("point", {"part": f"{DECREE}/dieu-5", "letter": "đ"}),
        ("article", {"document": PLAN, "label": "5"}),
        ("clause", {"article": DECREE, "label": "1"}),
        ("document", {"issuer": "a", "kind": "b", "year": "chua-so", "number": "1"}),
        ("span", {"source": "2B5FA963", "start": "0", "end": "1"}),
        ("span", {"source": "2b5fa963", "start": "-1", "end": "1"}),
        ("span", {"source": "2b5fa963", "start": "01", "end": "1"}),
        ("time_limit", {"task": f"{TASK}/thoi-han"}),
        ("inspection_target", {"plan": PLAN, "appendix": "2", "target": "muc-1"}),
    ],
)
def test_bad_fields_are_refused_by_name(kind: str, fields: dict[str, str]) -> None:
    with pytest.raises(BadField) as caught:
        mint(kind, **fields)
    assert caught.value.kind == kind
    assert repr(caught.value.field) in str(caught.value)


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownKind, match="nhiem-vu"):
        mint("nhiem-vu")
    assert issubclass(UnknownKind, AddressError)


@pytest.mark.parametrize(
    "iri",
    [
        "",
        BASE,
        f"{BASE}id/vb/chinh-phu",
        f"{BASE}id/nguoi/Nguyễn",
        f"{TASK}/khoang",
        f"{TASK}/",
        TASK.replace("https", "http"),
        f"{BASE}id/nhom/chi-linh",
    ],
)
def test_strange_addresses_are_not_ours(iri: str) -> None:
    assert parse(iri) is None


def test_a_duty_in_an_article_may_have_the_parts_of_a_task() -> None:
    duty = part_iri(DECISION, "2", "4")
    assert mint("time_limit", task=duty) == f"{duty}/thoi-han"
    assert mint("participation", owner=duty, role="chu-tri", n=1).endswith("/tham-gia/chu-tri-1")
    assert mint("participation", owner=DECISION, role="noi-nhan", n=1).startswith(DECISION)


def test_claims_are_named_by_their_content() -> None:
    claim = claim_iri(TASK, "p", DECREE, "h")
    assert claim == claim_iri(TASK, "p", DECREE, "h")
    assert claim != claim_iri(TASK, "p", DECREE, "g")
    assert parse(claim) is not None


def test_spans_carry_the_first_eight_digits_of_the_hash() -> None:
    digest = "2b5fa96346f1f23e416e7bff9b97a384049a8fb0ff9e27a59438b825e0331540"
    assert span_iri(digest, 9787, 9810) == f"{BASE}id/chung-cu/2b5fa963/c9787-9810"
    assert source_key(f"sha256:{digest}") == "2b5fa963"
