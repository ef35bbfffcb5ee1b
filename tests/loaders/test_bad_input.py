"""What people hand in that is no plan: one clear sentence each, in both languages. And plans that are merely odd."""

import pickle
import unicodedata
from pathlib import Path

import pytest

from cancu.loaders.errors import DocumentError, NotAPlan, NotFound, NotText, TooLarge
from cancu.loaders.limits import MAX_BYTES, MAX_TEXT
from cancu.loaders.parse import parse
from cancu.loaders.read import built_in, decode, read
from tests.documents import HEADING, ROW, decision, source
from tests.documents import read as read_text

LETTER = "Kính gửi ông An,\n\nTôi xin gửi lời chào.\n"

BYTES: list[tuple[str, bytes, type[DocumentError]]] = [
    ("empty", b"", NotText),
    ("blank", b" \n\t\n", NotText),
    ("only a byte order mark", b"\xef\xbb\xbf", NotText),
    ("binary", bytes(range(256)), NotText),
    ("half a UTF-16 character", b"\xff\xfea", NotText),
    ("too few words of windows-1258", b"C\xe3n c\xfd\xec Ngh\xf2 \xf0\xf2nh", NotText),
    ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", NotText),
    ("DOCX", b"PK\x03\x04\x14\x00\x06\x00", NotText),
    ("DOC", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", NotText),
    ("PNG", b"\x89PNG\r\n\x1a\n", NotText),
    ("RTF", b"{\\rtf1", NotText),
    ("a letter", LETTER.encode(), NotAPlan),
    ("a heading and nothing else", "QUYẾT ĐỊNH\n\nVề việc khen thưởng\n".encode(), NotAPlan),
    ("a table of prices", "STT\tTên hàng\tGiá\n1\tGạo\t20000\n".encode(), NotAPlan),
    ("too large", b"a" * (MAX_BYTES + 1), TooLarge),
    ("too long", b"a" * (MAX_TEXT + 1), TooLarge),
    ("40 marks on a letter", ("e" + "\u0301\u0323" * 20).encode(), NotText),
]


def is_one_sentence(text: str) -> bool:
    return "\n" not in text and text.endswith(".") and 10 < len(text) < 200


@pytest.mark.parametrize(("name", "data", "kind"), BYTES, ids=[name for name, _, _ in BYTES])
def test_no_plan(name: str, data: bytes, kind: type[DocumentError]) -> None:
    with pytest.raises(DocumentError) as caught:
        parse(decode(data, "van-ban.txt"))
    assert type(caught.value) is kind
    assert is_one_sentence(caught.value.vi)
    assert is_one_sentence(caught.value.en)
    assert caught.value.vi != caught.value.en
    assert caught.value.say("en") == caught.value.en
    assert caught.value.say("fr") == caught.value.vi


def test_a_path_that_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "khong-co.txt", tmp_path / "x" / "y.txt", Path("a\x00b")):
        with pytest.raises(NotFound) as caught:
            read(path)
        assert is_one_sentence(caught.value.vi.replace("\x00", ""))
        assert str(path) in caught.value.en


def test_a_file_of_100_mb_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "lon.txt"
    with path.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    with pytest.raises(TooLarge) as caught:
        read(path)
    assert "20 MB" in caught.value.en


def test_errors_survive_the_way_between_processes() -> None:
    error = NotText("Tệp trống.", "The file is empty.")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.vi, again.en) == (NotText, error.vi, error.en)


@pytest.mark.parametrize(
    "data",
    [
        decision().encode("utf-8-sig"),
        decision().encode("utf-16"),
        decision().replace("\n", "\r\n").encode(),
        decision().replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", decision()).encode(),
    ],
    ids=["UTF-8 with a mark", "UTF-16 with a mark", "CRLF", "CR", "NFD"],
)
def test_other_ways_to_write_the_same_text(data: bytes) -> None:
    read_as = decode(data, "van-ban.txt")
    assert read_as.text == decision()
    assert [task.code for task in parse(read_as).tasks] == ["1"]


def test_the_hash_is_of_the_bytes_as_received(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(decision(), "utf-8")
    assert read(path).sha256 == source(decision()).sha256
    assert read(path).name == "ke-hoach.txt"
    assert source(decision()).sha256 != source(decision() + "\n").sha256
    assert built_in().sha256 == "2b5fa96346f1f23e416e7bff9b97a384049a8fb0ff9e27a59438b825e0331540"


# ---- odd plans are read


def test_a_row_with_too_few_cells_is_read_and_said_so() -> None:
    plan = read_text(decision(ROW, ("2.", "Báo cáo", "Phòng Nội vụ")))
    assert [(t.no, [v.text for v in t.lead]) for t in plan.tasks] == [
        ("1", ["Phòng Tư pháp"]),
        ("2", ["Phòng Nội vụ"]),
    ]
    (found,) = [f for f in plan.findings if f.code == "layout"]
    assert "3 ô" in found.message_vi
    assert "3 cells" in found.message_en


def test_a_row_with_too_many_cells_is_read_and_said_so() -> None:
    plan = read_text(decision((*ROW, "thừa")))
    assert [t.no for t in plan.tasks] == ["1"]
    assert [f.message_en for f in plan.findings if f.code == "layout"] == [
        "This row has 7 cells, the table has 6 columns; cells are read from left to right."
    ]


def test_a_task_without_a_number_is_read_and_said_so() -> None:
    plan = read_text(decision(ROW, ("", *ROW[1:])))
    assert [t.no for t in plan.tasks] == ["1", ""]
    assert [f.message_en for f in plan.findings if f.code == "numbering-gap"] == [
        "This task has no number."
    ]


def test_a_number_that_occurs_again_is_counted() -> None:
    plan = read_text(decision(ROW, ROW, ("2.", *ROW[1:]), ROW))
    assert [(t.code, t.repeat) for t in plan.tasks] == [("1", 1), ("1", 2), ("2", 1), ("1", 3)]
    assert len([f for f in plan.findings if f.code == "repeated-task-number"]) == 2


def test_a_mere_dash_says_nothing() -> None:
    plan = read_text(decision(("1.", "Báo cáo", "Phòng Nội vụ", "-", "-", "-")))
    (task,) = plan.tasks
    assert (task.coordinate, task.deadline, task.products) == ((), None, ())


def test_a_decision_without_a_table_is_still_a_document() -> None:
    plan = read_text(HEADING)
    assert plan.tasks == ()
    assert (plan.header.number, plan.header.date) == ("12/QĐ-UBND", "2024-01-10")
    assert [b.number for b in plan.legal_bases] == ["77/2015/QH13", "63/2010/NĐ-CP"]


def test_a_bare_plan_without_a_decision() -> None:
    text = "KẾ HOẠCH\n\nCải cách hành chính năm 2024\n\n" + decision().split("\n\n\n")[-1]
    plan = read_text(text)
    assert (plan.header.kind, plan.annex, plan.year) == ("Kế hoạch", None, None)
    assert [t.code for t in plan.tasks] == ["1"]
