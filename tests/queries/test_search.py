"""Searching: what is found first, what is not found, and what is said where nothing is."""

import re
import unicodedata
from pathlib import Path

import pytest

from cancu.graph.dataset import Embedded
from cancu.graph.publish import Options, publish
from cancu.graph.snapshot import Snapshot, current
from cancu.loaders.read import built_in
from cancu.queries.search import Asked, Hit, Result, plain, search, suggest
from tests.documents import HEADING, ROW, decision
from tests.many import CITY, CITY_AGAIN

D61, D63, TT02, D107 = "61/2018/NĐ-CP", "63/2010/NĐ-CP", "02/2017/TT-VPCP", "107/2021/NĐ-CP"
TITLE = "thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính"
CULTURE, LABOUR = "Phòng Văn hóa và Thông tin", "Phòng Lao động - Thương binh và Xã hội"
MONEY, NATURE = "Phòng Tài chính - Kế hoạch", "Phòng Tài nguyên và Môi trường"
CONG_HOA, OFFICE = "UBND phường Cộng Hòa", "Văn phòng HĐND và UBND thành phố"
PLAN = "https://w3id.org/cancu/id/ke-hoach/"

NAMED = [
    # documents by number, however it is written
    ("61/2018/NĐ-CP", D61),
    ("61/2018/nđ-cp", D61),
    ("61-2018-NĐ-CP", D61),
    ("61-2018-ND-CP", D61),
    ("61/2018/NĐ−CP", D61),
    ("61/2018/NĐ–CP", D61),
    ("61 / 2018 / NĐ - CP", D61),
    ("61/2018/ND-CP", D61),
    ("61/2018/NÐ-CP", D61),
    ("61/2018", D61),
    ("61 2018", D61),
    ("061/2018", D61),
    ("số 61/2018/NĐ-CP", D61),
    ("Nghị định 61", D61),
    ("nghi dinh 61", D61),
    ("NGHỊ ĐỊNH 61/2018", D61),
    ("nghị định số 61", D61),
    ("NĐ 61", D61),
    ("nd 61/2018", D61),
    ("Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ", D61),
    (f"Nghị định số {D61} ngày 23 tháng 4 năm 2018 của Chính phủ về {TITLE}", D61),
    (TITLE, D61),
    ("63/2010", D63),
    ("kiểm soát thủ tục hành chính", D63),
    ("02/2017/TT-VPCP", TT02),
    ("2/2017/TT-VPCP", TT02),
    ("thông tư 02/2017", TT02),
    ("TT 02/2017", TT02),
    ("107/2021", D107),
    ("01/NQ-CP", "01/NQ-CP"),
    ("nghị quyết 01/nq-cp", "01/NQ-CP"),
    ("468/QĐ-TTg", "468/QĐ-TTg"),
    ("468 QD TTg", "468/QĐ-TTg"),
    ("77/2015/QH13", "77/2015/QH13"),
    ("Luật 77/2015/QH13", "77/2015/QH13"),
    ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
    ("263/QĐ-UBND", "263/QĐ-UBND"),
    # agencies and groups by their names and spellings
    ("Phòng Nội vụ", "Phòng Nội vụ"),
    ("phòng nội vụ", "Phòng Nội vụ"),
    ("phong noi vu", "Phòng Nội vụ"),
    ("PHONG NOI VU", "Phòng Nội vụ"),
    ("phòng noi vụ", "Phòng Nội vụ"),
    ("Phòng Văn hoá và Thông tin", CULTURE),
    ("phong van hoa va thong tin", CULTURE),
    ("Phòng VHTT", CULTURE),
    ("phong vhtt", CULTURE),
    ("Phòng Văn hóa-Thông tin", CULTURE),
    ("Phòng TN&MT", NATURE),
    ("phòng tnmt", NATURE),
    ("phong tai chinh - ke hoach", MONEY),
    ("phòng tài chính-kế hoạch", MONEY),
    ("Phòng TC-KH", MONEY),
    ("Phòng LĐTB&XH", LABOUR),
    ("phòng lao động, thương binh và xã hội", LABOUR),
    ("Phường Cộng Hòa", CONG_HOA),
    ("phường cộng hoà", CONG_HOA),
    ("phuong cong hoa", CONG_HOA),
    ("ủy ban nhân dân phường cộng hòa", CONG_HOA),
    ("uỷ ban nhân dân phường Cộng Hoà", CONG_HOA),
    ("UBND TP Chí Linh", "UBND thành phố Chí Linh"),
    ("Văn phòng HĐND và UBND phố", OFFICE),
    ("dai phat thanh thanh pho", "Đài Phát thanh thành phố"),
    ("Thường trực Thành uỷ", "Thường trực Thành ủy"),
    ("thường trực thành ủy", "Thường trực Thành ủy"),
    ("bảo hiểm xã hội thành phố", "BHXH thành phố"),
    ("UBND các xã, phường", "UBND các xã, phường"),
    ("ubnd cap xa", "UBND các xã, phường"),
    # rows and articles by their numbers
    ("II.5", "II.5"),
    ("ii.5", "II.5"),
    ("II 5", "II.5"),
    ("III.6", "III.6"),
    ("PL1.9", "PL1.9"),
    ("PL2.II.16", "PL2.II.16"),
    ("Điều 2.2", "Điều 2.2"),
    ("Điều 7 Nghị định 61/2018/NĐ-CP", "Điều 7, 61/2018/NĐ-CP"),
    ("dieu 7 nghi dinh so 61/2018/nd-cp", "Điều 7, 61/2018/NĐ-CP"),
    ("Thành lập Đoàn kiểm tra", "Điều 12, 25/2014/TT-BTP"),
]
"""What is typed -> the one thing that has it as its whole name or number."""

FIRST = [
    # words in marks and without: (query, kind and label of the first, how it matched)
    ("đường bộ", ("review", "PL1.9"), "exact"),
    ("ĐƯỜNG BỘ", ("review", "PL1.9"), "exact"),
    ("duong bo", ("review", "PL1.9"), "folded"),
    ("đường bo", ("review", "PL1.9"), "marks"),
    ("đuong bo", ("review", "PL1.9"), "marks"),
    ("chứng thực", ("review", "PL1.2"), "exact"),
    ("chung thuc", ("review", "PL1.2"), "folded"),
    ("tài nguyên nước", ("review", "PL1.3"), "exact"),
    ("sao đỏ", ("agency", "UBND phường Sao Đỏ"), "exact"),
    ("sao do", ("agency", "UBND phường Sao Đỏ"), "folded"),
    ("Cổ Thành", ("agency", "UBND phường Cổ Thành"), "exact"),
    ("co thanh", ("agency", "UBND phường Cổ Thành"), "folded"),
    ("hoàng tân", ("agency", "UBND phường Hoàng Tân"), "exact"),
    ("hoang tien", ("agency", "UBND phường Hoàng Tiến"), "folded"),
    ("thanh toán trực tuyến", ("task", "III.6"), "exact"),
    ("thanh toan truc tuyen nghia vu tai chinh", ("task", "III.6"), "folded"),
    ("số hóa hồ sơ", ("task", "III.5"), "exact"),
    ("số hoá hồ sơ", ("task", "III.5"), "exact"),
    ("so hoa ho so", ("task", "III.5"), "folded"),
    ("loa truyền thanh", ("task", "IV.1"), "exact"),
    ("SIPAS", ("article", "Điều 2.2"), "exact"),
    ("báo đài", ("group", "Cơ quan báo, đài có liên quan"), "exact"),
    ("Nguyễn Văn Thương", ("passage", "chi-linh-2023.txt"), "exact"),
    ("nguyen van thuong", ("passage", "chi-linh-2023.txt"), "folded"),
    ("trước ngày 31/7/2023", ("review", "PL1.9"), "exact"),
    ("31/07/2023", ("review", "PL1.9"), "exact"),
    ("inter-agency one-stop", ("document", D61), "exact"),
    ("Đài phát thanh", ("agency", "Đài Phát thanh thành phố"), "exact"),
    ("Đề án được UBND thành phố phê duyệt", ("task", "I.2"), "exact"),
    ('"phản ánh, kiến nghị"', ("task", "II.7"), "exact"),
]


def asked(
    home: Path | Snapshot, text: str, plan: str = "", kind: str = "", shown: int = 5
) -> Result:
    """A search in the current snapshot of a home, or in a snapshot."""
    snapshot = home if isinstance(home, Snapshot) else current(home)
    return search(Embedded(snapshot), Asked(text, f"{PLAN}{plan}" if plan else "", kind, shown))


def labels(result: Result) -> list[str]:
    return [hit.label for hit in result.hits]


def found_words(hit: Hit) -> list[str]:
    """The words that are marked, in all texts of a hit."""
    return [text for part in (hit.heading, hit.title, hit.snippet) for text, found in part if found]


# ---- what comes first


@pytest.mark.parametrize(("typed", "label"), NAMED)
def test_a_name_or_number_is_found_first_and_marked_as_such(
    home: Path, typed: str, label: str
) -> None:
    result = asked(home, typed)
    assert result.best is not None
    assert result.best.label == label == result.hits[0].label
    assert result.best.whole
    assert result.named == 1


@pytest.mark.parametrize(("typed", "first", "match"), FIRST)
def test_what_comes_first(home: Path, typed: str, first: tuple[str, str], match: str) -> None:
    hit = asked(home, typed).hits[0]
    assert (hit.kind, hit.label) == first
    assert hit.match == match


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_the_same_however_it_is_composed(home: Path, form: str) -> None:
    for typed in (
        "Phòng Nội vụ",
        "đường bộ",
        "phường Cộng Hoà",
        "Ủy ban nhân dân",
        "61/2018/NĐ-CP",
        "đươ",
    ):
        for ask in (asked, lambda h, t: suggest(Embedded.at(h), t)):
            composed = unicodedata.normalize(form, typed)  # type: ignore[arg-type]
            assert ask(home, composed) == ask(home, typed)


def test_several_of_one_name_are_said_to_be_several(home: Path) -> None:
    result = asked(home, "Luật Tổ chức chính quyền địa phương")
    assert (result.best, result.named) == (None, 3)
    assert set(labels(result)[:3]) == {"77/2015/QH13", "65/2025/QH15", "72/2025/QH15"}
    assert [hit.whole for hit in result.groups[0].hits] == [True, True, True, False]


def test_names_come_before_titles_and_titles_before_other_words(home: Path) -> None:
    kinds = [group.kind for group in asked(home, "phòng nội vụ").groups]
    assert kinds[0] == "agency"
    tasks = asked(home, "kế hoạch", kind="task", shown=30).groups
    listed = next(group.hits for group in tasks if group.kind == "task")
    in_title = [any(found for _, found in hit.title) for hit in listed]
    assert in_title == sorted(in_title, reverse=True)
    assert 0 < sum(in_title) < len(in_title)


# ---- marks that were typed


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ("dương bộ", "PL1.9"),
        ("đương bộ", "PL1.9"),
        ("đưỡng bộ", "PL1.9"),
        ("đường bổ", "PL1.9"),
        ("phòng nối vụ", "Phòng Nội vụ"),
        ("hoàng tấn", "UBND phường Hoàng Tân"),
        ("nghị đinh 61", D61),
    ],
)
def test_marks_that_contradict_do_not_match(home: Path, typed: str, missing: str) -> None:
    result = asked(home, typed)
    assert missing not in labels(result)
    bare = unicodedata.normalize("NFD", typed.replace("đ", "d").replace("Đ", "D"))
    folded = "".join(c for c in bare if not unicodedata.combining(c))
    assert missing in labels(asked(home, folded, shown=50))


def test_spelled_as_typed_comes_before_other_marks(tmp_path: Path) -> None:
    """Four words of the same letters: typed without marks all are found, the literal one first."""
    rows = [
        (f"{n}.", f"Sửa {word} làng", *ROW[2:])
        for n, word in enumerate(("đường", "dương", "đương", "duong"), 1)
    ]
    made = published(tmp_path, decision(*rows))
    found = asked(made, "duong làng", kind="task").groups[0].hits
    assert [(hit.label, hit.match) for hit in found] == [
        ("4", "exact"),
        ("1", "marks"),
        ("2", "marks"),
        ("3", "marks"),
    ]
    for typed, label in (("đường", "1"), ("dương", "2"), ("đương", "3")):
        hits = asked(made, typed, kind="task").groups
        assert [h.label for g in hits if g.kind == "task" for h in g.hits] == [label]
        assert [h.match for g in hits for h in g.hits if h.kind == "task"] == ["exact"]


def test_a_phrase_is_found_as_a_phrase(home: Path) -> None:
    assert asked(home, "cửa một").groups
    result = asked(home, '"cửa một"')
    hits = [hit for group in result.groups for hit in group.hits]
    assert hits
    for hit in hits:
        assert all(text.lower().replace(",", "") == "cửa một" for text in found_words(hit))
    assert not asked(home, '"hành thủ tục"').groups
    assert asked(home, "hành thủ tục").groups


def test_a_phrase_does_not_go_from_one_piece_into_the_next(home: Path) -> None:
    """The products of a task, and its title and names, are texts of their own."""
    assert "I.2" in labels(asked(home, "phê duyệt phòng nội vụ"))
    assert "I.2" not in labels(asked(home, '"phê duyệt phòng nội vụ"', kind="task"))


# ---- what is shown


@pytest.mark.parametrize(
    ("typed", "label", "words"),
    [
        ("duong bo", "PL1.9", ["đường bộ"]),
        ("61-2018-nd-cp", D107, ["61/2018/NĐ-CP"]),
        ("thu tuc hanh chinh", "II.7", ["thủ tục hành chính", "thủ tục hành chính"]),
        ("cong hoa", "PL2.II.16", ["Cộng Hòa"]),
        ("CỘNG HOÀ", "PL2.II.16", ["Cộng Hòa"]),
        ("loa truyen thanh", "IV.1", ["truyền", "loa truyền thanh"]),
        ("phong noi vu", "I.2", ["Phòng Nội vụ"]),
    ],
)
def test_the_found_words_are_marked_in_the_original(
    home: Path, typed: str, label: str, words: list[str]
) -> None:
    hit = next(h for h in asked(home, typed, shown=50).hits if h.label == label)
    assert found_words(hit) == words


def test_snippets_are_cut_from_the_source_at_their_place(home: Path) -> None:
    text = built_in().text
    hits = [hit for hit in asked(home, "thu tuc", shown=100).hits if hit.kind == "passage"]
    assert len(hits) == 41
    for hit in hits:
        own = re.sub(r"<[^<>]*>|\*+", " ", text[hit.start : hit.end]).split()
        shown = plain(hit.snippet)
        assert len(shown) < 300
        assert set(shown.replace("…", " ").replace(" · ", " ").split()) <= set(own)
        assert {piece.lower() for piece, found in hit.snippet if found} == {"thủ tục"}


def test_a_long_text_is_cut_between_words(home: Path) -> None:
    hit = next(h for h in asked(home, "SIPAS").hits if h.label == "Điều 2.2")
    shown = plain(hit.title)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "(SIPAS)" in shown
    whole = next(
        h for h in asked(home, "nghiên cứu tiêu chí đánh giá").hits if h.label == "Điều 2.2"
    )
    for word in shown.strip("…").split():
        assert word in plain(whole.title) + shown


def test_counts_are_by_kind_and_the_shown_are_a_part(home: Path) -> None:
    few, all_ = asked(home, "thủ tục"), asked(home, "thủ tục", shown=100)
    assert {g.kind: g.total for g in few.groups} == {g.kind: len(g.hits) for g in all_.groups}
    assert all(len(group.hits) <= 5 for group in few.groups)
    only = asked(home, "thủ tục", kind="document", shown=7)
    assert [(g.kind, len(g.hits)) for g in only.groups if g.hits] == [("document", 7)]
    assert {g.kind: g.total for g in only.groups} == {g.kind: g.total for g in few.groups}
    more = search(Embedded.at(home), Asked("thủ tục", kind="document", shown=7, skipped=7))
    first = next(g.hits for g in only.groups if g.hits)
    second = next(g.hits for g in more.groups if g.hits)
    assert not set(first) & set(second)


# ---- where nothing is found


@pytest.mark.parametrize(
    ("typed", "queries"),
    [
        ("nghị đinh 61", ["nghị định 61"]),
        ("dương bộ", ["đường bộ"]),
        ("phòng nôi vụ", ["phòng nội vụ"]),
        ("phong noii vu", ["phong nội vu"]),
        ("chừng thực", ["chứng thực"]),
    ],
)
def test_what_comes_nearest(home: Path, typed: str, queries: list[str]) -> None:
    result = asked(home, typed)
    assert not result.groups
    assert result.nearest
    assert list(result.nearest.queries)[: len(queries)] == queries
    assert (
        result.things == asked(home, queries[0], shown=50).hits[: len(result.things)]
        or result.things
    )
    assert asked(home, queries[0]).groups


def test_words_that_stand_nowhere_are_said(home: Path) -> None:
    result = asked(home, "xyzzy phòng nội vụ")
    assert result.nearest
    assert dict(result.nearest.words) == {"xyzzy": ()}
    assert result.nearest.counts["xyzzy"] == 0
    assert result.nearest.counts["nội"] > 0
    assert "Phòng Nội vụ" in [hit.label for hit in result.things]


def test_the_beginning_of_a_word_is_found_and_said_to_be_one(home: Path) -> None:
    result = asked(home, "chứng th")
    assert result.begun
    assert result.hits[0].label == "PL1.2"
    assert found_words(result.hits[0]) == ["chứng thực"]
    assert not asked(home, "chứng thực").begun


# ---- suggestions


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("61", D61),
        ("61/20", D61),
        ("61/2018/n", D61),
        ("nghi dinh 61", D61),
        ("phong noi", "Phòng Nội vụ"),
        ("phòng nộ", "Phòng Nội vụ"),
        ("phòng nô", "Phòng Nội vụ"),
        ("đươ", "PL1.9"),
        ("đươn", "Điều 55 khoản 2, 77/2015/QH13"),
        ("duong b", "PL1.9"),
        ("cong ho", CONG_HOA),
        ("phường cộ", CONG_HOA),
        ("loa truy", "IV.1"),
        ("II.5", "II.5"),
        ("ii", "II.5"),
        ("van phong hd", OFFICE),
        ("sao đ", "UBND phường Sao Đỏ"),
    ],
)  # fmt: skip
def test_suggestions(home: Path, typed: str, first: str) -> None:
    found = suggest(Embedded.at(home), typed)
    assert found.hits
    assert first in [
        hit.label for hit in found.hits[: 1 if typed not in ("61", "ii", "đươ") else 8]
    ]


def test_suggestions_say_what_comes_nearest(home: Path) -> None:
    assert suggest(Embedded.at(home), "nghị đinh 61").queries == ("nghị định 61",)
    assert suggest(Embedded.at(home), "phòng nội").queries == ()
    for nothing in ("", " ", " . ", "…"):
        assert (
            suggest(Embedded.at(home), nothing).hits,
            suggest(Embedded.at(home), nothing).queries,
        ) == (
            (),
            (),
        )


def test_no_suggestion_stands_there_twice(home: Path) -> None:
    hits = suggest(Embedded.at(home), "các cơ quan, đơn vị có liên").hits
    assert len({(hit.label, hit.title, hit.note, hit.start) for hit in hits}) == len(hits)


# ---- twins


def published(folder: Path, *texts: str) -> Snapshot:
    """A snapshot of these documents."""
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"ke-hoach-{number}.txt"
        path.write_text(text, "utf-8")
        paths.append(path)
    return publish(folder / "home", paths, options=Options(jobs=1))


def test_a_changed_title_is_found_under_its_new_words_only(tmp_path: Path) -> None:
    before = published(tmp_path, decision())
    assert "1" in labels(asked(before, "niêm yết", kind="task"))
    assert not asked(before, "trồng rừng").groups
    after = published(tmp_path, decision((ROW[0], "Trồng rừng phòng hộ", *ROW[2:])))
    assert "1" in labels(asked(after, "trồng rừng", kind="task"))
    assert "1" in labels(asked(after, "trong rung", kind="task"))
    assert not asked(after, "niêm yết", kind="task").groups
    # the first snapshot goes on with its own index
    assert "1" in labels(asked(before, "niêm yết", kind="task"))


def test_a_changed_number_is_found_under_the_new_one_only(tmp_path: Path) -> None:
    before = published(tmp_path, decision())
    assert asked(before, "12/QĐ-UBND").best
    after = published(tmp_path, decision(heading=HEADING.replace("12/QĐ-UBND", "13/QĐ-UBND")))
    assert asked(after, "13/QĐ-UBND").best
    assert not asked(after, "12/QĐ-UBND").best


def test_a_distractor_changes_nothing_for_what_was_named(tmp_path: Path) -> None:
    other = decision((ROW[0], "Báo cáo về trồng cây phân tán", *ROW[2:]))
    other = other.replace("Sầm Sơn", "Bỉm Sơn").replace("SẦM SƠN", "BỈM SƠN")
    alone, both = published(tmp_path, decision()), published(tmp_path, decision(), other)
    for typed in ("niêm yết", "61/2018", "12/QĐ-UBND"):
        one, two = (
            asked(alone, typed, plan="sam-son/2024/12-qd-ubnd"),
            asked(both, typed, plan="sam-son/2024/12-qd-ubnd"),
        )
        assert one.groups == two.groups


# ---- many plans


def test_one_plan_or_all(many_home: Path) -> None:
    everywhere = asked(many_home, "một cửa", kind="task", shown=50).groups
    plans = {hit.plan for group in everywhere for hit in group.hits}
    assert len(plans) == 3
    for plan, labelled in (
        ("sam-son/2024/27-qd-ubnd", {"I.1", "II.2"}),
        ("dong-ngac/2024/09-kh-ubnd", {"1"}),
    ):
        groups = asked(many_home, "một cửa", plan=plan, kind="task", shown=50).groups
        hits = [hit for group in groups for hit in group.hits]
        assert {hit.plan for hit in hits} == {PLAN + plan}
        assert {hit.label for hit in hits} == labelled
    assert not any(
        g.kind == "task" for g in asked(many_home, "một cửa", plan="hoa-lu/2024/118-kh-ubnd").groups
    )


def test_what_belongs_to_no_plan_is_found_in_every_plan(many_home: Path) -> None:
    for plan in (
        "chi-linh/2023/kstthc-mot-cua",
        "hoa-lu/2024/118-kh-ubnd",
        "dong-ngac/2024/09-kh-ubnd",
    ):
        result = asked(many_home, "61/2018", plan=plan)
        assert result.best
        assert result.best.label == D61
        passages = [h for h in result.hits if h.kind == "passage"]
        assert {h.plan for h in passages} == {PLAN + plan}


def test_bodies_of_one_name_are_told_apart_by_their_place(many_home: Path) -> None:
    result = asked(many_home, "Phòng Nội vụ")
    assert (result.best, result.named) == (None, 2)
    assert {hit.note for hit in result.hits if hit.label == "Phòng Nội vụ"} == {
        "Chí Linh",
        "Sầm Sơn",
    }
    one = asked(many_home, "Phòng Nội vụ", plan="sam-son/2024/27-qd-ubnd")
    assert one.best
    assert one.best.note == "Sầm Sơn"
    assert not [
        h
        for h in asked(many_home, "Phòng Nội vụ", plan="hoa-lu/2024/118-kh-ubnd").hits
        if h.kind == "agency"
    ]


def test_a_plan_is_found_by_its_number(many_home: Path) -> None:
    for typed in ("118/KH-UBND", "118-KH-UBND", "Kế hoạch 118/KH-UBND"):
        best = asked(many_home, typed).best
        assert best, typed
        assert best.plan == f"{PLAN}hoa-lu/2024/118-kh-ubnd"


def test_what_other_plans_have_is_said(many_home: Path) -> None:
    result = asked(many_home, "trưởng thôn", plan="chi-linh/2023/kstthc-mot-cua")
    assert not result.groups
    assert result.elsewhere > 0
    assert asked(many_home, "trưởng thôn").groups


def test_a_replaced_version_is_not_found(many_home: Path) -> None:
    """Of the plan of Sầm Sơn the version that counts says 31/8; the older one said 30/6."""
    assert "30/6/2024" in CITY.read_text("utf-8")
    assert "31/8/2024" in CITY_AGAIN.read_text("utf-8")
    new = asked(many_home, '"31/8/2024"', plan="sam-son/2024/27-qd-ubnd")
    assert {g.kind for g in new.groups} == {"task", "passage"}
    assert not asked(many_home, '"30/6/2024"', plan="sam-son/2024/27-qd-ubnd").groups
    assert not asked(many_home, '"30/6/2024"').groups


# ---- hostile input

HOSTILE = [
    "", " ", '"', '""', '"""', "'", "'; DROP TABLE entry; --", '" OR "1"="1', "*", "**", "a*", "*a", "^a", "a^", "-a", "+a", "a+b",
    "NEAR", "NEAR(a b)", "NEAR(a b, 5)", "AND", "OR", "NOT", "a AND", "OR b", "NOT c", "a AND (b OR", "((((((", "))))", "{name_x}: a",
    "name_x:a", "words_f : phong", "a:b", ": :", "\x00", "phòng\x00nội", "\x00" * 500, "\\", "\\\\'\"", "%", "_", "%_%", "?", "?1", ":a", "$a", "@a",
    "…", "–—−", "“”„‟«»", "()[]{}<>", "<script>alert(1)</script>", "\u202e\u200f\u200b", "\ufeff", "\ud800", "\udfff\ud800", "\ue000\ue00f", "\U0010ffff",
    "́" * 300, "a" + "̣" * 1000, "\U0001d538", "😀", "ß İ \u0131 \u017f", "١٢٣", "½²³", "a" * 70_000, "phòng " * 15_000, "đ" * 65_536, '"' * 65_536, "a/" * 40_000,
    "*" * 65_536, " " * 65_536, "(" * 65_536, "\n\t\r\v\f", "1" * 5000, "0" * 5000, ".".join("ab" * 40), "SELECT * FROM entry", "found MATCH 'a'",
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_nothing_typed_is_an_error(home: Path, number: int) -> None:
    typed = HOSTILE[number]
    result = asked(home, typed)
    assert len(result.hits) <= 60
    assert len(suggest(Embedded.at(home), typed).hits) <= 8
    if not any(character.isalnum() for character in typed):
        assert not result.groups
        assert not result.typed.terms
    asked(home, typed, kind="task", plan="chi-linh/2023/kstthc-mot-cua")


def test_operators_are_words(home: Path) -> None:
    assert not asked(home, "phòng NOT nội").groups
    assert not asked(home, "NEAR(phòng nội)").groups
    assert not asked(home, "words_f phòng").groups
    assert labels(asked(home, "phòng* nội^ (vụ)"))[0] == "Phòng Nội vụ"
