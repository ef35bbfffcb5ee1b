"""All the work of a document, in reading order."""

from tests.documents import contents
from tests.loaders.reading import misquoted, work

TABLE = "TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n1 | Họp giao ban | Sở Y tế | Quý I\n"


def test_a_table_stands_under_the_heading_above_it() -> None:
    (task,) = work("II. NHIỆM VỤ\n\n" + TABLE).tasks
    assert task.section
    assert (task.section.no, task.section.title) == ("II", "NHIỆM VỤ")


def test_tasks_of_prose_and_of_tables_in_reading_order() -> None:
    text = (
        "I. VIỆC TRƯỚC\n1. Mở lớp\n- Chủ trì: Sở Nội vụ\n\nII. VIỆC SAU\n\n"
        + TABLE
        + "\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\n- Bố trí kinh phí.\n"
    )
    read = work(text)
    assert [t.code for t in read.tasks] == ["I.1", "II.1"]
    assert [s.no for s in read.sections] == ["I", "II"]
    assert [d.section for d in read.duties] == ["III.1"]
    assert misquoted(text) == []


def test_the_same_number_again_is_counted() -> None:
    again = "\nDANH MỤC BỔ SUNG NHIỆM VỤ\n\n" + TABLE.replace("Họp giao ban", "Báo cáo")
    assert [(t.code, t.repeat) for t in work(TABLE + again).tasks] == [("1", 1), ("1", 2)]


def test_two_tables_with_columns_in_another_order() -> None:
    other = "\nTT | Thời hạn | Cơ quan chủ trì | Nhiệm vụ\n2 | Quý II | Sở Nội vụ | Báo cáo\n"
    read = work(TABLE + other)
    assert [(t.content.text, t.lead[0].text) for t in read.tasks] == [
        ("Họp giao ban", "Sở Y tế"),
        ("Báo cáo", "Sở Nội vụ"),
    ]
    assert len(contents(TABLE + other)) == 2
