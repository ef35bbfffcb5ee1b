"""Paragraphs, cells and tables, and what page breaks do to them."""

import pytest

from cancu.loaders.blocks import Paragraph, Table, clean, clean_lines, items
from cancu.loaders.segment import find_blocks
from cancu.loaders.tables import WholeTable
from tests.documents import contents, source, words

HEAD = "STT\tNội dung\tCơ quan chủ trì\n"


def whole(text: str) -> WholeTable:
    (found,) = [c for c in contents(text) if isinstance(c, WholeTable)]
    return found


def rows(table: WholeTable) -> list[list[str]]:
    return [[clean(cell).text for cell in row.cells] for row in table.rows]


def test_paragraphs_and_tables_in_reading_order() -> None:
    text = "\n\nQUYẾT ĐỊNH\nBan hành\n\n" + HEAD + "1.\tMột\tSở Y tế\nNơi nhận:\n- VT\n"
    blocks = find_blocks(source(text))
    assert [type(b) for b in blocks] == [Paragraph, Table, Paragraph]
    assert [b.words.text for b in blocks if isinstance(b, Paragraph)] == [
        "QUYẾT ĐỊNH\nBan hành",
        "Nơi nhận:\n- VT",
    ]
    (table,) = [b for b in blocks if isinstance(b, Table)]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["STT", "Nội dung", "Cơ quan chủ trì"],
        ["1.", "Một", "Sở Y tế"],
    ]


def test_every_block_points_at_its_own_words() -> None:
    text = "Một đoạn\n\n" + HEAD + "1.\t Hai \tSở Y tế\n"
    for block in find_blocks(source(text)):
        cells = (
            [block.words] if isinstance(block, Paragraph) else [c for r in block.rows for c in r]
        )
        for cell in cells:
            assert ["".join(text[a:b]) for a, b in cell.spans()] == ([cell.text] if cell else [])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<p>Hướng dẫn về:</p> <ul style="x"> - Một; ', "Hướng dẫn về: - Một;"),
        ("(<i>Chi tiết, có Phụ lục I</i>).", "(Chi tiết, có Phụ lục I)."),
        ("**KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH**", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"),
        ("## Kế hoạch", "Kế hoạch"),
        ("một<br/>hai", "một hai"),
        ("3 < 5 và 7 > 6", "3 < 5 và 7 > 6"),  # no tags
    ],
)
def test_markup_is_left_out(cell: str, text: str) -> None:
    assert clean(words(cell)).text == text


def test_lines_of_a_paragraph() -> None:
    lines = clean_lines(words("**KT. CHỦ TỊCH\n\nPHÓ  CHỦ TỊCH**\n<p>Nguyễn Văn Thương</p>"))
    assert [line.text for line in lines] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn Thương"]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Một việc", ["Một việc"]),
        ("- Một; - Hai.", ["Một;", "Hai."]),
        ("Gồm: - Một; - Hai", ["Gồm:", "Một;", "Hai"]),
        (
            "- Tin, bài, phóng sự... - Tin bài phát thanh",
            ["Tin, bài, phóng sự...", "Tin bài phát thanh"],
        ),
        ("• Một\n• Hai", ["Một", "Hai"]),
        ("+ Một\n– Hai", ["Một", "Hai"]),
        ("<ul> <li>Một</li> <li>Hai</li> </ul>", ["Một", "Hai"]),
        # dashes that open nothing
        ("Kiểm tra từ 6 - 8 đơn vị", ["Kiểm tra từ 6 - 8 đơn vị"]),
        ("Phòng Văn hóa-Thông tin", ["Phòng Văn hóa-Thông tin"]),
        ("Quy hoạch 2021 - 2030", ["Quy hoạch 2021 - 2030"]),
        ("hợp tác Việt Nam - Lào", ["hợp tác Việt Nam - Lào"]),
        ("", []),
        ("- ", []),
    ],
)
def test_items_of_a_cell(cell: str, found: list[str]) -> None:
    assert [item.text for item in items(words(cell))] == found


# ---- tables over pages


def test_a_row_that_goes_on_after_a_page_break_is_one_row() -> None:
    table = whole(
        HEAD
        + "5.\tKiểm tra một cửa, một cửa\tUBND các xã,\n\n"
        + HEAD
        + "\tliên thông\tphường\n6.\tHai\tSở Y tế\n"
    )
    assert rows(table) == [
        ["5.", "Kiểm tra một cửa, một cửa liên thông", "UBND các xã, phường"],
        ["6.", "Hai", "Sở Y tế"],
    ]
    assert [row.cut for row in table.rows] == [True, False]
    assert table.pieces == 2
    assert [r[0].text for r in table.repeats] == ["STT"]


def test_a_row_over_three_pages_is_one_row() -> None:
    table = whole(HEAD + "1.\tmột\t\n\n" + HEAD + "\thai\t\n\n" + HEAD + "\tba\tSở Y tế\n")
    assert rows(table) == [["1.", "một hai ba", "Sở Y tế"]]


def test_only_the_first_row_of_a_page_goes_on() -> None:
    """A row without a number further down is a row of its own."""
    table = whole(HEAD + "1.\tmột\tA\n\n" + HEAD + "2.\thai\tB\n\tba\tC\n")
    assert rows(table) == [["1.", "một", "A"], ["2.", "hai", "B"], ["", "ba", "C"]]
    assert not any(row.cut for row in table.rows)


def test_page_numbers_and_footnotes_do_not_end_a_table() -> None:
    table = whole(
        HEAD
        + "1.\tThanh toán ¹\tSở Y tế\n\n¹ Theo Nghị quyết số 01/NQ-CP.\n\n- 3 -\n\n"
        + HEAD
        + "2.\tHai\tSở Nội vụ\n"
    )
    assert rows(table) == [["1.", "Thanh toán ¹", "Sở Y tế"], ["2.", "Hai", "Sở Nội vụ"]]
    assert [(n.mark, n.words.text) for n in table.footnotes] == [
        ("¹", "Theo Nghị quyết số 01/NQ-CP.")
    ]


def test_a_footnote_under_the_last_page_belongs_to_the_table() -> None:
    table = whole(HEAD + "1.\tThanh toán [1]\tSở Y tế\n\n[1] Theo Nghị quyết số 01/NQ-CP.\n")
    assert [(n.mark, n.words.text) for n in table.footnotes] == [
        ("[1]", "Theo Nghị quyết số 01/NQ-CP.")
    ]


@pytest.mark.parametrize(
    "between",
    ["Phụ lục II: Danh sách\n\n", "Ghi chú:\n\n1. Các cơ quan, đơn vị tổ chức rà soát.\n\n"],
)
def test_words_between_two_tables_keep_them_apart(between: str) -> None:
    text = HEAD + "1.\tMột\tA\n\n" + between + HEAD + "2.\tHai\tB\n"
    assert len([c for c in contents(text) if isinstance(c, WholeTable)]) == 2


def test_tables_with_other_headings_are_other_tables() -> None:
    text = HEAD + "1.\tMột\tA\n\n" + "Stt\tLĩnh vực\tThời hạn\n1.\tđất đai\tQuý I\n"
    assert [c.heading for c in contents(text) if isinstance(c, WholeTable)] == [
        ("stt", "nội dung", "cơ quan chủ trì"),
        ("stt", "lĩnh vực", "thời hạn"),
    ]


@pytest.mark.parametrize(
    ("row", "cells", "width"),
    [
        ("1.\tMột", ["1.", "Một", ""], 2),
        ("1.\tMột\tA\tthừa", ["1.", "Một", "A"], 4),
    ],
)
def test_rows_of_another_width_are_kept_and_remembered(
    row: str, cells: list[str], width: int
) -> None:
    table = whole(HEAD + row + "\n")
    assert rows(table) == [cells]
    assert table.rows[0].width == width


def test_the_built_in_plan_has_three_tables_over_all_its_pages() -> None:
    from cancu.loaders.read import built_in
    from cancu.loaders.tables import join_tables

    tables = [c for c in join_tables(find_blocks(built_in())) if isinstance(c, WholeTable)]
    assert [(len(t.rows), t.pieces, len(t.footnotes)) for t in tables] == [
        (25, 8, 1),
        (9, 1, 0),
        (26, 2, 0),
    ]
