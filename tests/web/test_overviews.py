"""Agencies, inspections, the year, the plan at a glance, help: what they show is what the questions answer, for any plan."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cancu.graph.dataset import Embedded, Row
from cancu.graph.publish import publish
from cancu.loaders.read import built_in
from cancu.queries.answer import ask
from cancu.web.collation import sort_key
from cancu.web.timeline import bar_of, slots_of, years_of
from tests.many import HOA_LU
from tests.web.conftest import browser

CHANGES = [
    ("5\tPhòng Tư pháp\t", "5\tPhòng Nội vụ\t"),
    ("thành phố\tQuý I năm 2023\t", "thành phố\tQuý III năm 2023\t"),
    ("- Phòng Văn hóa-Thông tin\tVăn phòng", "- Phòng Nội vụ\tVăn phòng"),
]
"""What is else in the twin: who is inspected, when III.3 is due, who leads it."""

Counts = dict[str, int]
POST = "Chánh Văn phòng HĐND và UBND thành phố"
"""A post, of which the questions about agencies are not asked."""

WORKS = {
    "chủ trì": "lead",
    "phối hợp": "coordinate",
    "rà soát": "review",
    "việc giao trong Quyết định": "article",
    "thuộc danh sách kiểm tra": "inspected",
}
WAYS = {
    "nêu đích danh": "named",
    "qua nhóm": "group",
    "có thể": "possible",
    "chắc chắn": "certain",
    "thuộc diện chọn mẫu": "sample",
    "không rõ": "unknown",
}
COLUMNS = {f"{a} · {b}": f"{work}-{way}" for a, work in WORKS.items() for b, way in WAYS.items()}
"""What a column of agencies says -> its name in an address."""


def changed(text: str) -> str:
    for old, new in CHANGES:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with another plan: the built-in one but for the changes."""
    folder = tmp_path_factory.mktemp("twin")
    (folder / "plan.txt").write_text(changed(built_in().text), "utf-8")
    publish(folder / "home", [folder / "plan.txt"])
    return folder / "home"


@pytest.fixture(params=["one", "twin"])
def either(request: pytest.FixtureRequest, home: Path) -> Path:
    """A home with the built-in plan, or with its twin."""
    return home if request.param == "one" else Path(request.getfixturevalue("twin"))


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def roster(text: str) -> dict[str, Counts]:
    """The table of agencies: name -> column -> number."""
    table = text.partition('<table class="list stack roster">')[2].partition("</table>")[0]
    found = {}
    for row in table.partition("<tbody>")[2].split("</tr>")[:-1]:
        cells = re.findall(r'<td[^>]*data-label="([^"]+)">(.*?)</td>', row, re.DOTALL)
        numbers = {COLUMNS[label]: int(plain(cell)) for label, cell in cells}
        found[plain(row.partition("</th>")[0])] = numbers
    return found


def different(rows: tuple[Row, ...], **wanted: str) -> int:
    return len(
        {row["task_iri"] for row in rows if all(row[name] == value for name, value in wanted.items())}
    )  # fmt: skip


def test_who_leads_and_coordinates_by_name_is_question_b13(either: Path) -> None:
    shown = roster(browser(either).get("/co-quan").text)
    answer = ask("B13", {}, Embedded.at(either)).rows
    assert {
        name: (c["lead-named"], c["coordinate-named"])
        for name, c in shown.items()
        if c["lead-named"] or c["coordinate-named"]
    } == {str(row["agency"]): (row["lead"], row["coordinate"]) for row in answer}


def test_who_is_listed_for_inspection_is_question_e1(either: Path) -> None:
    shown = roster(browser(either).get("/co-quan").text)
    for selection in ("certain", "sample"):
        expected = Counter(
            str(row["agency"])
            for row in ask("E1", {}, Embedded.at(either)).rows
            if row["selection"] == selection
        )
        column = f"inspected-{selection}"
        assert {name: c[column] for name, c in shown.items() if c[column]} == expected


def test_every_way_is_counted_as_questions_b3_and_b10_do(
    client: TestClient, dataset: Embedded
) -> None:
    shown = roster(client.get("/co-quan").text)
    reviews = {row["task_iri"] for row in ask("E3", {}, dataset).rows}
    assert len(shown) == 34
    for name, counts in shown.items():
        if name == POST:
            continue
        rows = ask("B3", {"agency": name}, dataset).rows
        tasks = tuple(row for row in rows if row["task_iri"] not in reviews)
        own = tuple(row for row in rows if row["task_iri"] in reviews)
        duties = ask("B10", {"agency": name}, dataset).rows
        for via in ("named", "group", "possible"):
            for role in ("lead", "coordinate"):
                assert counts.get(f"{role}-{via}", 0) == different(tasks, role=role, via=via), name
            assert counts.get(f"review-{via}", 0) == different(own, via=via), name
            assert counts.get(f"article-{via}", 0) == different(duties, work="duty", via=via), name


def test_agencies_in_the_order_of_the_address(client: TestClient) -> None:
    names = list(roster(client.get("/co-quan").text))
    assert names == sorted(names, key=sort_key)
    assert list(roster(client.get("/co-quan?sap-xep=-ten").text)) == names[::-1]
    for by, sign in (("-coordinate-group", -1), ("coordinate-group", 1)):
        found = roster(client.get(f"/co-quan?sap-xep={by}").text)
        expected = sorted(names, key=lambda n: (sign * found[n]["coordinate-group"], sort_key(n)))
        assert list(found) == expected
    assert client.get("/co-quan?sap-xep=khong-co").status_code == 400


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=noi vu", ["Phòng Nội vụ"]),
        ("q=NỘI vụ", ["Phòng Nội vụ"]),
        ("q=phong phap", ["Phòng Tư pháp"]),
        ("q=khong co ai", []),
        ("loai=nhom&q=chuyen mon", ["Các cơ quan chuyên môn thuộc UBND thành phố", "Các phòng chuyên môn thuộc UBND thành phố", "Thủ trưởng các phòng chuyên môn thuộc UBND thành phố"]),
    ],
)  # fmt: skip
def test_agencies_by_words(client: TestClient, query: str, expected: list[str]) -> None:
    text = client.get(f"/co-quan?{query}").text
    table = text.partition('<table class="list stack roster">')[2]
    assert re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', table) == expected


def test_agencies_of_several_plans_stand_apart(many_home: Path, many: Embedded) -> None:
    """A row a body and plan; one plan alone has only its own."""
    found = browser(many_home)
    every = found.get("/co-quan").text
    assert every.count('class="of-plan"') == len(re.findall(r'<th scope="row">', every))
    plan = {"ke-hoach": HOA_LU}
    shown = roster(found.get("/co-quan", params=plan).text)
    answer = ask("B13", {"plan": HOA_LU}, many).rows
    assert {n: c["lead-named"] for n, c in shown.items() if c["lead-named"]} == {
        str(row["agency"]): row["lead"] for row in answer if row["lead"]
    }
    assert "Sổ bộ có ghi" not in found.get("/co-quan", params=plan).text


def targets(text: str) -> list[str]:
    table = text.partition('class="list stack targets"')[2].partition("</table>")[0]
    return re.findall(r'<th scope="row"><a class="code"[^>]*>([^<]+)</a>', table)


def test_inspections_are_questions_e1_e2_and_b11(either: Path) -> None:
    client, dataset = browser(either), Embedded.at(either)
    rows = ask("E1", {}, dataset).rows
    text = client.get("/kiem-tra").text
    assert targets(text) == [row["inspection"] for row in rows]
    by_selection = Counter(str(row["selection"]) for row in rows)
    assert f"{by_selection['certain']} chắc chắn {by_selection['sample']} thuộc diện chọn mẫu" in plain(text)  # fmt: skip
    sample = client.get("/kiem-tra?dien=sample").text
    assert targets(sample) == [row["inspection"] for row in ask("E2", {}, dataset).rows]
    both = text.partition('id="vua-ra-soat"')[2]
    assert re.findall(r'<th scope="row" lang="vi">\s*<a[^>]*>([^<]+)</a>', both) == [
        row["agency"] for row in ask("B11", {}, dataset).rows
    ]


def test_the_twin_inspects_others(twin: Path) -> None:
    text = plain(browser(twin).get("/kiem-tra").text.partition('id="vua-ra-soat"')[2])
    assert "Phòng Nội vụ PL1.1" in text
    assert "Phòng Tư pháp" not in text


def test_every_inspection_row_has_its_words(client: TestClient) -> None:
    text = client.get("/kiem-tra").text
    assert "II.5" in plain(text.partition("<h2")[2].partition("</h2>")[0])
    for table in re.findall(r"<table.*?</table>", text, re.DOTALL):
        rows = re.findall(r'<tr><th scope="row".*?</tr>', table, re.DOTALL)
        assert rows
        assert all('class="to-words"' in row for row in rows)
    notes = re.findall(r'<tr class="section">.*?</tr>', text, re.DOTALL)
    assert [row.count('class="to-words"') for row in notes] == [0, 1, 1]


def test_a_plan_without_a_list_says_so(many_home: Path) -> None:
    text = browser(many_home).get("/kiem-tra", params={"ke-hoach": HOA_LU}).text
    assert "Không kế hoạch nào ở đây có danh sách kiểm tra." in text


def year_table(text: str) -> str:
    return text.partition('<table class="list stack year')[2].partition("</table>")[0]


def in_year(text: str) -> list[str]:
    rows = year_table(text).partition("</thead>")[2]
    return re.findall(r'<th scope="row"[^>]*><a class="code"[^>]*>([^<]+)</a>', rows)


def test_every_task_stands_in_the_year_or_without_a_day(either: Path) -> None:
    client, dataset = browser(either), Embedded.at(either)
    pages = [client.get(f"/lich?nam={year}").text for year in (2022, 2023)]
    dated = [code for page in pages for code in in_year(page)]
    undated = re.findall(r'class="code"[^>]*>([^<]+)<', pages[1].partition('id="khong-co-ngay"')[2].partition("</section>")[0])  # fmt: skip
    every = [row["task"] for code in ("C3", "C4") for row in ask(code, {}, dataset).rows]
    assert set(dated) | set(undated) == set(every)
    assert set(dated) & set(undated) == set()
    assert len(dated) == len(set(dated))
    assert undated == [row["task"] for row in ask("C3", {}, dataset).rows]


@pytest.mark.parametrize(("query", "number"), [("", 4), ("?ky=thang", 12)])
def test_what_is_due_is_question_c9(either: Path, query: str, number: int) -> None:
    client, dataset = browser(either), Embedded.at(either)
    text = client.get(f"/lich{query}").text
    cells = re.findall(r'<td class="due-count"[^>]*>(.*?)</td>', text, re.DOTALL)
    slots = slots_of(2023, months=number == 12)
    assert len(cells) == number
    for slot, cell in zip(slots, cells, strict=True):
        rows = ask("C9", {"period": slot.key}, dataset).rows
        works = Counter(row["work"] for row in rows)
        said = [f"{works['task']} nhiệm vụ"] * bool(works["task"])
        said += [f"{works['review']} mục rà soát"] * bool(works["review"])
        assert plain(cell) == (", ".join(said) or "—")
        for link in re.findall(r'href="([^"]+)"', cell):
            answer = client.get(html.unescape(link)).text
            table = answer.partition('class="list stack answer"')[2].partition("<tbody>")[2]
            assert table.count("</tr>") == len(rows)
    for row in re.findall(r"<tr>(.*?)</tr>", year_table(text).partition("</thead>")[2], re.DOTALL):
        spans = re.findall(r'<td(?: colspan="(\d+)")?', row)
        assert sum(int(span or 1) for span in spans) == number


def test_the_twin_is_due_later(client: TestClient, twin: Path) -> None:
    def label(text: str) -> str:
        row = text.partition(">III.3</a>")[2].partition("</tr>")[0]
        return str(re.findall(r'class="at" data-label="([^"]+)"', row)[0])

    assert label(client.get("/lich").text) == "Quý I"
    assert label(browser(twin).get("/lich").text) == "Quý III"


def limit(start: str = "", end: str = "", latest: str = "", due_before: str = "") -> Row:
    found = {"start": start, "end": end, "latest": latest, "due_before": due_before}
    return {"task_iri": "x", **{name: value or None for name, value in found.items()}}


@pytest.mark.parametrize(
    ("row", "quarters", "months"),
    [
        (limit("2023-04-01", "2023-06-30", "2023-06-30"), ("span", 1, 1, 2), ("span", 3, 3, 6)),
        (limit("2023-01-01", "2023-12-31"), ("whole", 0, 4, 0), ("whole", 0, 12, 0)),
        (limit("2023-04-01"), ("open", 1, 3, 0), ("open", 3, 9, 0)),
        (limit(latest="2023-05-30", due_before="2023-05-31"), ("due", 1, 1, 2), ("due", 4, 1, 7)),
        (limit("2022-11-01", "2023-02-28", "2023-02-28"), ("span", 0, 1, 3), ("span", 0, 2, 10)),
        (limit("2023-12-01", "2024-02-28", "2024-02-28"), ("span", 3, 1, 0), ("span", 11, 1, 0)),
        (limit("2022-01-01", "2022-12-31"), None, None),
        (limit(), None, None),
    ],
)
def test_where_a_time_limit_stands(
    row: Row, quarters: tuple[object, ...] | None, months: tuple[object, ...] | None
) -> None:
    for expected, by_month in ((quarters, False), (months, True)):
        bar = bar_of(row, slots_of(2023, by_month))
        assert (bar and (bar.shape, bar.before, bar.length, bar.after)) == expected
        if bar:
            assert bar.earlier == (str(row["start"] or "2023") < "2023")
            assert bar.later == (str(row["end"] or "2023") > "2023-12-31")


def test_a_slip_of_the_year_is_not_laid_out_over_centuries() -> None:
    assert years_of([limit("2023-01-01", "2024-12-31"), limit("2024-01-01")]) == {2023: 1, 2024: 1}
    assert len(years_of([limit("0203-01-01", "2023-12-31")])) < 100


def test_the_calendar_file(client: TestClient) -> None:
    link = re.findall(r'href="(/cau-hoi/C4[^"]*ics)"', client.get("/lich").text)
    assert client.get(link[0]).headers["content-type"].startswith("text/calendar")


def test_a_plan_at_a_glance_is_questions_b13_e6_and_c9(either: Path) -> None:
    dataset = Embedded.at(either)
    text = browser(either).get("/").text
    glance = text.partition('<section class="glance"')[2].partition("</section>")[0]
    shown = plain(glance)
    leads = [row for row in ask("B13", {}, dataset).rows if row["lead"]]
    for row in leads[:3]:
        assert f"{row['agency']} {row['lead']}" in shown
    assert f"và {len(leads) - 3} cơ quan khác" in shown
    counted = ask("E6", {}, dataset).rows[0]
    assert f"{counted['inspected']} chắc chắn {counted['sampled']} thuộc diện chọn mẫu" in shown
    for number, name in enumerate(("I", "II", "III", "IV"), 1):
        works = Counter(
            row["work"] for row in ask("C9", {"period": f"2023-Q{number}"}, dataset).rows
        )
        item = plain(glance.partition(f"<b>Quý {name}</b>")[2].partition("</li>")[0])
        assert re.findall(r"(\d+) nhiệm vụ", item) == [str(n) for n in (works["task"],) if n]
        assert re.findall(r"(\d+) mục rà soát", item) == [str(n) for n in (works["review"],) if n]


def test_several_plans_are_not_glanced_at_together(many_home: Path) -> None:
    found = browser(many_home)
    assert 'class="glance"' not in found.get("/").text
    one = found.get("/", params={"ke-hoach": HOA_LU}).text
    glance = one.partition('<section class="glance"')[2].partition("</section>")[0]
    links = [html.unescape(link) for link in re.findall(r'href="(/(?:lich|co-quan\?|cau-hoi)[^"]*)"', glance)]  # fmt: skip
    assert links
    assert all(f"ke-hoach={HOA_LU}" in link.replace("%2F", "/") for link in links)


def test_the_dossier_in_the_order_of_days_is_question_b10(
    client: TestClient, dataset: Embedded
) -> None:
    rows = ask("B10", {"agency": "Phòng Tư pháp"}, dataset).rows
    section = client.get("/co-quan/chi-linh/phong-tu-phap").text.partition('id="thoi-gian"')[2]
    shown = re.findall(r'<th scope="row"><a class="code"[^>]*>([^<]+)</a>', section.partition("</section>")[0])  # fmt: skip
    assert shown == list(dict.fromkeys(str(row["task"]) for row in rows))
    assert {row["work"] for row in rows} == {"task", "review", "duty", "inspection"}


def test_help_and_style(client: TestClient) -> None:
    """Help is in the foot of every page; the style page is linked from nowhere, and no search engine keeps it."""
    home = client.get("/").text
    assert 'href="/tro-giup"' in home
    assert 'href="/kieu"' not in home
    style = client.get("/kieu")
    assert style.headers["x-robots-tag"] == "noindex"
    for component in ("tier cited", "tier general", "via possible", "selection sample", "severity check", "force ended", "mark recalled", "words", "problem quiet", "bar whole"):  # fmt: skip
        assert f'class="{component}"' in style.text, component
    text = plain(client.get("/tro-giup").text)
    for word in ("viện dẫn", "đã xác nhận", "gợi ý", "căn cứ chung", "nêu đích danh", "qua nhóm", "có thể", "không rõ"):  # fmt: skip
        assert word in text
