"""Answers as files: what opens in a spreadsheet, a calendar, another program."""

import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from pyoxigraph import RdfFormat, parse

from cancu.graph.dataset import Embedded, Row
from cancu.queries.answer import Answer, ask
from cancu.queries.catalogue import questions
from cancu.queries.errors import BadValue
from cancu.queries.formats.days import has_days
from cancu.queries.formats.edition import Edition
from cancu.queries.formats.formats import FORMATS, format_of, formats_of
from cancu.queries.formats.lines import safe
from cancu.queries.formats.record import as_record
from cancu.queries.say import asked_in_words

TODAY = date(2026, 11, 22)


def edition(dataset: Embedded, language: str = "vi") -> Edition:
    return Edition(dataset, language, TODAY, link=lambda iri: f"http://x.test/?{iri}")


def written(answer: Answer, form: str, dataset: Embedded, language: str = "vi") -> bytes:
    return format_of(answer.question, form).write(answer, edition(dataset, language))


def opened(answer: Answer, dataset: Embedded, language: str = "vi") -> Workbook:
    return load_workbook(io.BytesIO(written(answer, "xlsx", dataset, language)))


def about(book: Workbook) -> dict[str, list[object]]:
    """What the second sheet says, by label."""
    found: dict[str, list[object]] = {}
    for label, value in book.worksheets[1].iter_rows(values_only=True, max_col=2):
        found.setdefault(str(label), []).append(value)
    return found


# ---- which forms


def test_which_question_has_which_forms() -> None:
    lines = {"json", "csv", "tsv", "xlsx"}
    assert {form.name for form in formats_of(questions()["A5"])} == lines
    assert {form.name for form in formats_of(questions()["C1"])} == lines | {"ics"}
    graphs = {"turtle", "jsonld", "ntriples"}
    assert {form.name for form in formats_of(questions()["A19"])} == lines | graphs
    assert len({form.media_type for form in FORMATS.values()}) == len(FORMATS)


@pytest.mark.parametrize(("code", "form"), [("A5", "turtle"), ("A5", "ics"), ("C1", "pdf")])
def test_a_form_that_a_question_has_not(code: str, form: str) -> None:
    with pytest.raises(BadValue) as caught:
        format_of(questions()[code], form)
    assert "xlsx, json, csv" in caught.value.vi


# ---- lines


def test_what_would_be_a_formula_is_defused() -> None:
    assert safe(["=1+1", "- x", "@a", "a", 3, -3, None]) == ["'=1+1", "'- x", "'@a", "a", 3, -3, None]  # fmt: skip


def hostile(dataset: Embedded) -> Answer:
    """An answer whose words are all that a file may trip over."""
    answer = ask("C1", {}, dataset)
    words = '=HYPERLINK("http://x")\tÔ\u0302 "a"\nb, c'
    row: Row = {**answer.every[0], "content": words, "deadline": "\x01"}
    return replace(answer, every=(row,))


def test_hostile_words_in_lines(dataset: Embedded) -> None:
    text = written(hostile(dataset), "csv", dataset).decode()
    assert '\'=HYPERLINK(""http' in text
    assert text.count("\r\n") == 2
    lines = written(hostile(dataset), "tsv", dataset).decode().splitlines()
    assert len(lines) == 2
    assert {line.count("\t") for line in lines} == {len(ask("C1", {}, dataset).columns) - 1}


def test_lines_have_no_byte_order_mark(dataset: Embedded) -> None:
    assert written(ask("C1", {}, dataset), "csv", dataset).startswith(b"plan,plan_iri,task,")


# ---- the workbook


def test_a_workbook_has_typed_cells(dataset: Embedded) -> None:
    answer = ask("C4", {}, dataset)
    sheet = opened(answer, dataset).worksheets[0]
    names = [column.name for column in answer.question.columns]
    for line, row in enumerate(answer.rows, 2):
        cell = sheet.cell(line, names.index("latest") + 1)
        expected = row["latest"] and datetime.fromisoformat(str(row["latest"]))
        assert cell.value == expected
        if expected:
            assert cell.number_format == "dd/mm/yyyy"
        task = sheet.cell(line, names.index("task") + 1)
        assert task.hyperlink is not None
        assert task.hyperlink.target == f"http://x.test/?{row['task_iri']}"
    counted = opened(ask("B1", {}, dataset), dataset).worksheets[0]
    assert [counted.cell(2, 3).value, counted.cell(2, 4).value] == [15, 6]
    assert counted.cell(2, 3).data_type == "n"


def test_a_workbook_can_be_read_and_filtered(dataset: Embedded) -> None:
    answer = ask("A5", {}, dataset)
    sheet = opened(answer, dataset).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [c.label.vi for c in answer.question.columns]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:E{len(answer.rows) + 1}"
    assert all(9 <= d.width <= 61 for d in sheet.column_dimensions.values())
    assert {sheet.cell(n, 4).value for n in range(2, sheet.max_row + 1)} == {
        "gợi ý",
        "căn cứ chung",
    }


def test_a_workbook_says_what_it_is(dataset: Embedded) -> None:
    answer = ask("A5", {"document": "nđ 61/2018/NĐ-CP".removeprefix("nđ ")}, dataset, max_rows=5)
    said = about(opened(answer, dataset))
    assert said["Câu hỏi"] == [f"A5. {answer.question.title.vi}"]
    assert said["Tham số: Văn bản"] == ["61/2018/NĐ-CP"]
    assert said["Câu trả lời"] == as_record(answer)["sentence_vi"]
    assert (said["Số dòng"], said["Đủ hay trích"]) == ([5], ["trích 5 trên 21 dòng"])
    assert said["Ngày lập bảng"] == [datetime(2026, 11, 22)]
    assert said["Phiên bản dữ liệu"] == [dataset.version]
    assert str(said["Phần mềm"][0]).startswith("cancu ")
    assert "Không có giá trị pháp lý" in str(said["Lưu ý"])
    english = opened(answer, dataset, "en")
    assert english.sheetnames == ["Answer", "About this table"]
    assert about(english)["Whole or extract"] == ["an extract: 5 of 21 rows"]
    assert "No legal force" in str(about(english)["Note"])


def test_hostile_words_in_a_workbook(dataset: Embedded) -> None:
    sheet = opened(hostile(dataset), dataset).worksheets[0]
    cell = sheet.cell(2, 3)
    assert (cell.data_type, str(cell.value)[:6]) == ("s", "=HYPER")
    assert cell.hyperlink is None


def test_a_workbook_keeps_long_words_and_old_days_as_text(dataset: Embedded) -> None:
    answer = hostile(dataset)
    row: Row = {**answer.every[0], "content": "ừ" * 40_000, "latest": "1789-07-14"}
    sheet = opened(replace(answer, every=(row,)), dataset).worksheets[0]
    assert len(str(sheet.cell(2, 3).value)) == 32_767
    assert "đã cắt" in str(sheet.cell(2, 3).value)
    assert sheet.cell(2, 5).value == "14/07/1789"


def test_the_same_answer_is_the_same_workbook(dataset: Embedded) -> None:
    answer = ask("A5", {}, dataset)
    assert written(answer, "xlsx", dataset) == written(answer, "xlsx", dataset)


# ---- the calendar

DATED = [code for code, asked in questions().items() if has_days(asked)]


@pytest.mark.parametrize("code", DATED)
def test_a_calendar_has_an_event_for_each_last_day(code: str, dataset: Embedded) -> None:
    answer = ask(code, {}, dataset)
    data = written(answer, "ics", dataset)
    calendar = Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    uids = [str(event["uid"]) for event in events]
    assert len(set(uids)) == len(uids)
    assert f"{len(events)} dòng có ngày cuối cùng" in str(calendar["x-wr-caldesc"])
    assert f"{len(answer.rows) - len(events)} dòng không có" in str(calendar["x-wr-caldesc"])
    for event in events:
        assert type(event.decoded("dtstart")) is date
        assert event.decoded("dtstamp") == edition(dataset).made
        assert "không có giá trị pháp lý" in str(event["description"])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_the_days_of_a_calendar(dataset: Embedded) -> None:
    """The last day is the one that the graph gives; what must be done before a day has the day before."""
    for code, column, shift in (("C1", "latest", 0), ("C2", "due_before", 1)):
        answer = ask(code, {}, dataset)
        calendar = Calendar.from_ical(written(answer, "ics", dataset))
        days = [event.decoded("dtstart").toordinal() for event in calendar.walk("VEVENT")]
        assert days == [
            date.fromisoformat(str(row[column])).toordinal() - shift for row in answer.rows
        ]
    (event, *_) = calendar.walk("VEVENT")
    assert str(event["summary"]).startswith("PL1.1: ")
    assert "Trước ngày 31/5/2023" in str(event["description"])
    assert event.decoded("dtstart") == date(2023, 5, 30)


def test_a_calendar_leaves_out_what_has_no_last_day(dataset: Embedded) -> None:
    answer = ask("C4", {}, dataset)
    calendar = Calendar.from_ical(written(answer, "ics", dataset))
    dated = [row for row in answer.rows if row["latest"]]
    assert 0 < len(dated) < len(answer.rows)
    assert len(calendar.walk("VEVENT")) == len(dated)


def test_an_event_keeps_its_identity(dataset: Embedded) -> None:
    """What a row is about makes the UID, not the day: a moved day moves the event that a calendar has."""
    answer = ask("C1", {}, dataset)
    moved = tuple({**row, "latest": "2023-07-31"} for row in answer.every)
    events = [
        Calendar.from_ical(written(a, "ics", dataset)).walk("VEVENT")
        for a in (answer, replace(answer, every=moved))
    ]
    first, second = ([str(event["uid"]) for event in own] for own in events)
    assert first == second


# ---- the graph


@pytest.mark.parametrize(
    ("form", "syntax"),
    [
        ("turtle", RdfFormat.TURTLE),
        ("jsonld", RdfFormat.JSON_LD),
        ("ntriples", RdfFormat.N_TRIPLES),
    ],
)
def test_a_graph_in_every_syntax(form: str, syntax: RdfFormat, dataset: Embedded) -> None:
    answer = ask("A19", {}, dataset)
    found = {quad.triple for quad in parse(written(answer, form, dataset), format=syntax)}
    assert found == set(answer.triples)
    assert len(answer.triples) == len(answer.rows) > 50


# ---- the record


def test_sentences_count_what_is_cut_off(dataset: Embedded) -> None:
    whole, part = ask("A5", {}, dataset), ask("A5", {}, dataset, max_rows=2)
    assert as_record(whole)["sentence_vi"] == as_record(part)["sentence_vi"] != []
    assert (as_record(part)["total"], len(as_record(part)["rows"])) == (21, 2)


@pytest.mark.parametrize(
    ("kind", "value", "vi", "en"),
    [
        ("date", "2023-06-30", "30/06/2023", "30/06/2023"),
        ("quarter", "2023-Q2", "II/2023", "II/2023"),
        ("period", "2023-Q4", "quý IV/2023", "quarter IV/2023"),
        ("period", "2023", "2023", "2023"),
        ("period", "2023-06-01..2023-06-30", "01/06/2023 – 30/06/2023", "01/06/2023 – 30/06/2023"),
        ("period", "2023-06-01..2023-06-01", "01/06/2023", "01/06/2023"),
        ("period", "0001-01-01..2023-06-30", "đến 30/06/2023", "until 30/06/2023"),
        ("period", "2023-06-01..9999-12-31", "từ 01/06/2023", "from 01/06/2023"),
        ("document", "61/2018/NĐ-CP", "61/2018/NĐ-CP", "61/2018/NĐ-CP"),
    ],
)
def test_what_was_asked_in_words(kind: str, value: str, vi: str, en: str) -> None:
    assert (asked_in_words(kind, value, "vi"), asked_in_words(kind, value, "en")) == (vi, en)
