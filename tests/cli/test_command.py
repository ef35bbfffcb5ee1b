"""The command as people run it: the real script, its streams and its exit codes."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from tests.documents import ROW, decision

SCRIPT = Path(sys.executable).parent / "cancu"
VERDICTS = ["confirm", "reject", "defer"]
VERBS = [
    "extract",
    "lint",
    "build",
    "load",
    "check",
    "ask",
    "search",
    "sparql",
    "export",
    "serve",
    "doctor",
]
LETTER = "Kính gửi ông An,\n\nTôi xin gửi lời chào.\n"
TASKS = "SELECT ?l WHERE { ?t a <https://w3id.org/cancu/ns#PlanTask> ; <http://www.w3.org/2000/01/rdf-schema#label> ?l } ORDER BY ?l LIMIT 2"


@dataclass(frozen=True)
class Ran:
    """What a run of the command gave."""

    code: int
    out: str
    err: str


def cancu(*arguments: str | Path, home: Path, stdin: str | bytes = "", **environment: str) -> Ran:
    """Run the command with its data in `home`."""
    inherited = {
        k: v for k, v in os.environ.items() if not k.startswith(("CANCU_", "LC_", "LANG", "PYTHON"))
    }
    done = subprocess.run(
        [SCRIPT, *arguments],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        env={**inherited, "CANCU_HOME": str(home), **environment},
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A sound decision in a file."""
    path = tmp_path / "quyết định.txt"
    path.write_text(decision(), "utf-8")
    return path


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home without data."""
    return tmp_path_factory.mktemp("empty")


# ---- help


@pytest.mark.parametrize("verb", [*VERBS, "review", *(f"review {name}" for name in VERDICTS)])
def test_every_verb_explains_itself(verb: str, empty: Path) -> None:
    ran = cancu(*verb.split(), "--help", home=empty)
    assert (ran.code, ran.err) == (0, "")
    assert f"cancu {verb}" in ran.out
    assert "\\" not in ran.out
    assert len(ran.out) > 200


def test_help_lists_the_verbs(empty: Path) -> None:
    ran = cancu("--help", home=empty)
    assert ran.code == 0
    assert [verb for verb in VERBS if f"\n  {verb} " not in ran.out] == []
    assert cancu("-h", home=empty).out == ran.out


def test_version(empty: Path) -> None:
    assert cancu("--version", home=empty).out.startswith("cancu, version ")


# ---- what each verb does


def test_extract_prints_json(document: Path, empty: Path) -> None:
    ran = cancu("extract", document, home=empty)
    assert (ran.code, ran.err) == (0, "")
    result = json.loads(ran.out)
    assert result["document"]["number"] == "12/QĐ-UBND"
    assert [task["lead"] for task in result["tasks"]] == [["Phòng Tư pháp"]]


def test_a_dash_is_standard_input(document: Path, empty: Path) -> None:
    piped = json.loads(cancu("extract", "-", home=empty, stdin=document.read_text("utf-8")).out)
    named = json.loads(cancu("extract", document, home=empty).out)
    assert piped["source"].pop("path") == "stdin"
    assert named["source"].pop("path") == document.name
    assert piped == named


def test_lint_says_where_and_what(tmp_path: Path, empty: Path) -> None:
    path = tmp_path / "loi.txt"
    path.write_text(decision(("1.", "Niêm yết thủ tục thành chính", *ROW[2:])), "utf-8")
    ran = cancu("lint", path, home=empty)
    assert ran.code == 1  # there is an error in it
    assert ran.out == (
        "loi.txt:24: error: Có lẽ viết sai: “thủ tục thành chính”; có thể là “thủ tục hành chính”. [misspelling]\n"
    )
    found = json.loads(cancu("lint", path, "--format", "json", home=empty).out)
    assert [(f["code"], f["line"], f["proposal"]) for f in found] == [
        ("misspelling", 24, "thủ tục hành chính")
    ]


def test_lint_is_content_with_a_sound_document(document: Path, empty: Path) -> None:
    assert cancu("lint", document, home=empty) == Ran(0, "", "")


def test_lint_with_checks_only_is_no_failure(tmp_path: Path, empty: Path) -> None:
    path = tmp_path / "xem-lai.txt"
    path.write_text(decision((*ROW[:4], "Theo tiến độ đã giao", ROW[5])), "utf-8")
    ran = cancu("lint", path, home=empty)
    assert ran.code == 0
    assert "check" in ran.out


def test_build_and_check(document: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    ran = cancu("build", document, home=home)
    assert (ran.code, ran.out) == (0, "")
    assert "1 kế hoạch, 1 nhiệm vụ" in ran.err
    checked = cancu("check", home=home)
    assert checked.code == 0
    assert "0 vi phạm" in checked.err


def test_build_leaves_out_what_is_bad(document: Path, tmp_path: Path) -> None:
    bad = tmp_path / "thu.txt"
    bad.write_text(LETTER, "utf-8")
    ran = cancu("build", document, bad, home=tmp_path / "home")
    assert ran.code == 0
    assert "thu.txt" in ran.err.splitlines()[1]
    assert "Không thấy tên loại văn bản" in ran.err
    assert "1 kế hoạch" in ran.err.splitlines()[-1]


def test_the_home_may_be_given_before_or_after_the_verb(home: Path, empty: Path) -> None:
    for arguments in (["--home", str(home), "ask", "A4"], ["ask", "A4", "--home", str(home)]):
        ran = cancu(*arguments, "--format", "json", home=empty)
        assert json.loads(ran.out)["rows"][0]["task"] == "III.6"


def test_the_json_of_an_answer(home: Path) -> None:
    ran = cancu("ask", "A5", "document=61/2018/NĐ-CP", "--format", "json", home=home)
    assert (ran.code, ran.err) == (0, "")
    answer = json.loads(ran.out)
    assert set(answer) == {
        *("question", "parameters", "sentence_vi", "sentence_en", "columns"),
        *("rows", "total", "truncated", "snapshot"),
    }
    assert answer["sentence_vi"] == [
        "Nhiệm vụ dựa trên 61/2018/NĐ-CP: 0 viện dẫn, 0 đã xác nhận, 8 gợi ý, 13 căn cứ chung."
    ]
    assert answer["total"] == len(answer["rows"])
    assert answer["question"]["code"] == "A5"
    assert set(answer["question"]) == {
        "code",
        "title_vi",
        "title_en",
        "explanation_vi",
        "explanation_en",
    }
    assert answer["parameters"] == {"document": "61/2018/NĐ-CP"}
    assert {"plan", "task", "task_iri", "document", "document_iri", "tier", "quote"} <= set(
        answer["columns"]
    )
    assert answer["truncated"] is False
    assert len({row["task"] for row in answer["rows"]}) == 21
    assert all(list(row) == answer["columns"] for row in answer["rows"])
    iri = {row["document_iri"] for row in answer["rows"]}
    assert iri == {"https://w3id.org/cancu/id/vb/chinh-phu/nghi-dinh/2018/61-2018-nd-cp"}


def test_an_answer_as_a_table_and_as_csv(home: Path) -> None:
    table = cancu("ask", "c2", "date=31/5/2023", home=home)
    assert table.code == 0
    assert "PL1.1" in table.out
    assert "Trước ngày 31/5/2023" in table.out
    assert "3 dòng" in table.err
    rows = list(csv.DictReader(io.StringIO(cancu("ask", "C2", "--format", "csv", home=home).out)))
    assert [row["task"] for row in rows] == [f"PL1.{n}" for n in range(1, 7)]


def test_what_all_rows_share_is_said_once(home: Path) -> None:
    ran = cancu("ask", "B3", "agency=Phòng Nội vụ", home=home)
    assert ran.out.count("Kế hoạch: Kế hoạch kiểm soát thủ tục hành chính") == 1
    assert ran.out.count("Cơ quan: Phòng Nội vụ") == 1
    assert "nêu đích danh" in ran.out and "qua nhóm" in ran.out
    assert "chi-linh" not in ran.out and ran.out.count("trên địa bàn thành phố Chí Linh") == 1


def test_no_rows_are_an_answer(home: Path) -> None:
    ran = cancu("ask", "C1", "quarter=I/2020", "--format", "json", home=home)
    assert (ran.code, json.loads(ran.out)["rows"]) == (0, [])
    table = cancu("ask", "C1", "quarter=III/2023", home=home)
    assert (table.code, "│" in table.out) == (0, False)
    assert "gần nhất có câu trả lời: quarter=2023-Q4" in table.err
    assert "0 dòng" in table.err


def test_an_answer_in_a_file(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "thời hạn.xlsx"
    ran = cancu("ask", "C4", "--format", "xlsx", "--output", path, home=home)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert path.read_bytes().startswith(b"PK")
    assert cancu("ask", "C1", "--format", "ics", home=home).out.startswith("BEGIN:VCALENDAR")
    assert "@prefix" in cancu("ask", "A19", "--format", "turtle", home=home).out
    wrong = cancu("ask", "A5", "--format", "turtle", home=home)
    assert (wrong.code, wrong.out) == (2, "")
    assert "xlsx, json, csv, tsv" in wrong.err


def test_without_a_question_they_are_listed(home: Path) -> None:
    listed = json.loads(cancu("ask", "--format", "json", home=home).out)
    assert {"A1", "A5", "B2", "C4"} <= {question["code"] for question in listed}
    assert "A5" in cancu("ask", home=home).out


def test_search(home: Path) -> None:
    found = json.loads(cancu("search", "61-2018-ND-CP", "--format", "json", home=home).out)
    assert found["exact"]["label"] == "61/2018/NĐ-CP"
    assert found["counts"]["document"] == 3
    lines = cancu("search", "phong", "noi", "vu", home=home).out.splitlines()
    assert lines[:2] == ["Đúng tên hoặc số này: Cơ quan", "  Phòng Nội vụ  [Chí Linh]"]
    assert "Nhiệm vụ (4)" in lines
    few = cancu("search", "thủ tục", "--kind", "task", "--limit", "2", home=home).out
    assert "… còn 14 mục nữa" in few
    assert few.count("\n  ") == 2


def test_a_search_that_finds_nothing_says_what_is_near(home: Path) -> None:
    ran = cancu("search", "nghị đinh 61", home=home)
    assert ran.code == 0
    assert ran.out.startswith("Không tìm thấy “nghị đinh 61”.\nGần nhất: nghị định 61\n")
    english = cancu("search", "nghị đinh 61", home=home, CANCU_LANG="en").out
    assert english.startswith("Nothing was found for “nghị đinh 61”.\nNearest: nghị định 61\n")
    assert cancu("search", "…", home=home).out == "Hãy gõ ít nhất một chữ hoặc số.\n"


def test_a_damaged_index_is_one_line(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "home")
    (index,) = (tmp_path / "home").glob("snapshots/*/search.sqlite")
    index.write_bytes(b"x")
    ran = cancu("search", "a", home=tmp_path / "home")
    assert (ran.code, ran.out) == (2, "")
    assert "Chỉ mục tìm kiếm đã hỏng" in ran.err
    doctor = cancu("doctor", home=tmp_path / "home")
    assert doctor.code == 1
    assert "Chỉ mục tìm kiếm đã hỏng" in doctor.out


def test_sparql(home: Path) -> None:
    ran = cancu("sparql", TASKS, "--format", "json", home=home)
    assert (ran.code, ran.err) == (0, "")
    assert [b["l"]["value"] for b in json.loads(ran.out)["results"]["bindings"]] == ["I.1", "I.2"]
    assert cancu("sparql", home=home, stdin=TASKS).out == ran.out
    assert cancu("sparql", TASKS, "--format", "csv", home=home).out.split() == ["l", "I.1", "I.2"]
    assert "I.1" in cancu("sparql", TASKS, "--format", "table", home=home).out
    assert cancu("sparql", "ASK { }", "--format", "table", home=home).out == "true\n"


@pytest.mark.parametrize(
    ("form", "syntax"),
    [
        ("turtle", RdfFormat.TURTLE),
        ("trig", RdfFormat.TRIG),
        ("nquads", RdfFormat.N_QUADS),
        ("jsonld", RdfFormat.JSON_LD),
    ],
)
def test_export(home: Path, tmp_path: Path, form: str, syntax: RdfFormat) -> None:
    path = tmp_path / "graph"
    ran = cancu("export", "--format", form, home=home)
    written = cancu("export", "--format", form, "--output", path, home=home)
    assert (ran.code, written.code, written.out) == (0, 0, "")
    assert path.read_text("utf-8") == ran.out
    assert ran.err == written.err
    assert "sha256 " in ran.err
    assert len(list(parse(ran.out, format=syntax))) > 5000


def test_an_export_that_cannot_be_written_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    ran = cancu("export", "--output", tmp_path / "khong-co" / "graph.ttl", home=home)
    assert ran.code == 2
    assert list(tmp_path.iterdir()) == []


def test_doctor(home: Path, empty: Path) -> None:
    report = json.loads(cancu("doctor", "--format", "json", home=home).out)
    assert report["sound"] is True
    assert report["plans"] == 1
    assert "Ổn." in cancu("doctor", home=home).out
    ill = cancu("doctor", home=empty)
    assert ill.code == 1
    assert "cancu build" in ill.out


def test_doctor_sees_a_changed_snapshot(document: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    cancu("build", document, home=home)
    (dump,) = home.glob("snapshots/*/graph.nq")
    dump.write_text(dump.read_text("utf-8") + "<x:a> <x:b> <x:c> .\n", "utf-8")
    ran = cancu("doctor", home=home, CANCU_LANG="en")
    assert ran.code == 1
    assert "was changed" in ran.out


# ---- wrong use and bad input

WRONG: list[tuple[Sequence[str], str, int]] = [
    # (arguments, words of the message, exit code); {home} has data, {empty} has none
    (["khong-co"], "khong-co", 2),
    (["ask", "Z9"], "Z9", 2),
    (["ask", "A5", "document"], "ten=gia-tri", 2),
    (["ask", "A5", "document=99/9999/NĐ-CP"], "99/9999/NĐ-CP", 2),
    (["ask", "A5", "x=y"], "document, plan", 2),
    (["ask", "C1", "quarter=V/2023"], "V/2023", 2),
    (["ask", "C2", "date=31/2/2023"], "31/2/2023", 2),
    (["ask", "A4", "--format", "pdf"], "pdf", 2),
    (["ask", "A4", "--khong-co"], "--khong-co", 2),
    (["search"], "Thiếu", 2),
    (["search", "a", "--kind", "x"], "task, document", 2),
    (["search", "a", "--plan", "khong-co"], "khong-co", 2),
    (["search", "a", "--limit", "0"], "0", 2),
    (["sparql", "SELECT WHERE"], "dòng 1", 2),
    (["sparql", "LOAD <http://127.0.0.1:9/>"], "LOAD", 2),
    (["sparql", "SELECT * { SERVICE <http://127.0.0.1:9/> { } }"], "SERVICE", 2),
    (["extract"], "Thiếu", 2),
    (["extract", "khong-co.txt"], "khong-co.txt", 2),
    (["extract", "."], "thư mục", 2),
    (["lint", "khong-co.txt"], "khong-co.txt", 2),
    (["build", "khong-co.txt"], "khong-co.txt", 2),
    (["serve", "--port", "99999"], "99999", 2),
]


@pytest.mark.parametrize(
    ("arguments", "words", "code"), WRONG, ids=[" ".join(case[0]) for case in WRONG]
)
def test_wrong_use_is_one_line(arguments: Sequence[str], words: str, code: int, home: Path) -> None:
    ran = cancu(*arguments, home=home)
    assert ran.code == code
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("cancu: ")
    assert words in ran.err


@pytest.mark.parametrize("verb", ["extract", "lint", "build"])
@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"%PDF-1.7", bytes(range(256)), LETTER.encode(), "Căn cứ".encode("utf-16-le")),
        *(b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<html></html>", b"\x89PNG"),
    ],
    ids=["empty", "PDF", "binary", "letter", "UTF-16", "DOCX", "DOC", "HTML", "PNG"],
)
def test_a_document_that_is_none_is_one_line(verb: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    ran = cancu(verb, path, home=tmp_path / "home")
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("verb", [["check"], ["ask", "A4"], ["sparql", "ASK { }"], ["export"]])
def test_no_data_yet_says_what_to_do(verb: list[str], empty: Path) -> None:
    ran = cancu(*verb, home=empty)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert "cancu build" in ran.err


def test_check_fails_on_violations(document: Path, tmp_path: Path) -> None:
    """A task joined to a document of the preamble, smuggled into a store."""
    from pyoxigraph import NamedNode, Quad, Store

    home = tmp_path / "home"
    cancu("build", document, home=home)
    (folder,) = home.glob("snapshots/*/store")
    task = NamedNode("https://w3id.org/cancu/id/ke-hoach/sam-son/2024/12-qd-ubnd/nhiem-vu/1")
    law = NamedNode("https://w3id.org/cancu/id/vb/chinh-phu/nghi-dinh/2010/63-2010-nd-cp")
    store = Store(str(folder))
    store.add(Quad(task, NamedNode("http://data.europa.eu/eli/ontology#based_on"), law))
    store.flush()
    del store
    ran = cancu("check", home=home)
    assert ran.code == 1
    assert "VI PHẠM" in ran.out


def test_arguments_that_are_no_utf_8(home: Path) -> None:
    wrong: list[list[str | bytes]] = [
        ["extract", b"\xff.txt"],
        ["ask", "B1", b"agency=\xff"],
        ["ask", b"\xff"],
        ["sparql", b"\xff"],
    ]
    for arguments in wrong:
        done = subprocess.run(
            [SCRIPT, *arguments],
            capture_output=True,
            env={**os.environ, "CANCU_HOME": str(home)},
            check=False,
        )
        # what is no code is a sentence; this one nobody understands, and questions are offered
        sentence = arguments == ["ask", b"\xff"]
        assert (done.returncode, done.stdout) == (1 if sentence else 2, b"")
        said, *offered = done.stderr.decode().splitlines()
        assert said and all(line.startswith("  cancu ask ") for line in offered)
        assert bool(offered) == sentence


# ---- languages, encodings, pipes


@pytest.mark.parametrize(
    ("arguments", "vietnamese", "english"),
    [
        (["ask", "Z9"], "Không có câu hỏi", "There is no question"),
        (["ask", "A5", "document=x/y"], "Không có văn bản nào", "There is no document"),
        (["extract", "khong-co.txt"], "Không đọc được tệp", "Cannot read the file"),
        (["khong-co"], "Không có lệnh", "No such command"),
        (["sparql", "SELECT"], "sai cú pháp", "syntax error"),
    ],
)
def test_the_language_of_messages(
    arguments: list[str], vietnamese: str, english: str, home: Path
) -> None:
    assert vietnamese in cancu(*arguments, home=home).err
    assert english in cancu(*arguments, home=home, CANCU_LANG="en").err


def test_an_unknown_language_is_vietnamese(empty: Path) -> None:
    assert "Không có lệnh" in cancu("khong-co", home=empty, CANCU_LANG="fr").err


def test_findings_in_english(tmp_path: Path, empty: Path) -> None:
    path = tmp_path / "loi.txt"
    path.write_text(decision((*ROW[:4], "Trong năm 2023", ROW[5])), "utf-8")
    assert "The year does not fit the plan" in cancu("lint", path, home=empty, CANCU_LANG="en").out


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}])
def test_utf_8_whatever_the_locale(locale: dict[str, str], document: Path, home: Path) -> None:
    ran = cancu("ask", "B1", "--format", "json", home=home, **locale)
    assert ran.code == 0
    assert "Văn phòng HĐND và UBND thành phố" in ran.out
    assert cancu("ask", "b1", "agency=Phòng Nội vụ", home=home, **locale).code == 0
    assert cancu("extract", document, home=home, **locale).code == 0
    piped = cancu("extract", "-", home=home, stdin=decision(), **locale)
    assert json.loads(piped.out)["document"]["place"] == "Sầm Sơn"
    query = 'SELECT ?x { BIND("Phòng Nội vụ" AS ?x) }'
    assert "Phòng Nội vụ" in cancu("sparql", "-", home=home, stdin=query, **locale).out
    assert "Không có câu hỏi" in cancu("ask", "Z9", home=home, **locale).err


@pytest.mark.parametrize(
    "arguments", [["ask"], ["ask", "A13", "--format", "csv"], ["export", "--format", "nquads"]]
)
def test_a_reader_that_leaves_is_no_error(arguments: list[str], home: Path) -> None:
    with subprocess.Popen(
        [SCRIPT, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "CANCU_HOME": str(home)},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read().decode()
        process.wait(30)
    assert process.returncode == 0
    assert "Traceback" not in errors
    assert "BrokenPipe" not in errors


def test_it_is_quiet_when_piped(document: Path, tmp_path: Path) -> None:
    """No progress bar, no colours."""
    ran = cancu("build", document, home=tmp_path / "home")
    assert len(ran.err.splitlines()) == 1
    assert "\x1b" not in ran.err + cancu("ask", "A4", home=tmp_path / "home").out


# ---- why, and why not


def test_ask_why_a_row_is_there(home: Path) -> None:
    ran = cancu(
        "ask", "A5", "document=61/2018/NĐ-CP", "--why", "task=II.5", home=home, LANG="vi_VN.UTF-8"
    )
    assert ran.code == 0
    assert "có căn cứ gợi ý là 61/2018/NĐ-CP" in ran.out
    assert "“cơ chế một cửa”" in ran.out


def test_ask_why_a_thing_is_missing(home: Path) -> None:
    ran = cancu("ask", "C1", "quarter=II/2023", "--why", "II.1", home=home)
    assert ran.code == 0
    assert "Vì sao không có nhiệm vụ II.1" in ran.out
    assert "không có ngày muộn nhất" in ran.out
    english = cancu("ask", "C1", "quarter=II/2023", "--why", "II.1", home=home, CANCU_LANG="en")
    assert "has no last day" in english.out


def test_ask_why_there_is_no_row(home: Path) -> None:
    ran = cancu("ask", "C1", "quarter=III/2023", "--why", "", home=home)
    assert ran.code == 0
    assert "Vì sao không có dòng nào" in ran.out


def test_ask_why_as_json(home: Path) -> None:
    ran = cancu("ask", "A8", "--why", "task=I.1", "--format", "json", home=home)
    found = json.loads(ran.out)
    assert (found["in_answer"], found["question"]["code"]) == (True, "A8")
    assert len(found["rows"][0]["absent"]) == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["A5", "--why", "tasks=1"], "tasks"),
        (["A5", "--why", "task=XX"], "XX"),
        (["A5", "--why", "task=II.5", "--format", "csv"], "--why"),
        (["A5", "--why", ""], "chưa nêu dòng nào"),
    ],
)
def test_ask_why_that_cannot_be_said(arguments: list[str], words: str, home: Path) -> None:
    ran = cancu("ask", *arguments, home=home)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_updates_and_their_versions(document: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    cancu("build", document, home=home)
    graph = "https://w3id.org/cancu/graph/bo-sung"
    text = f'INSERT DATA {{ GRAPH <{graph}> {{ <x:a> <x:b> "lời" }} }}'
    assert "thêm 1 bộ ba" in cancu("update", "run", text, "--by", "Lan", home=home).err
    assert "không có gì" in cancu("update", "run", "--by", "Lan", home=home, stdin=text).err
    refused = cancu("update", "run", "CLEAR ALL", "--by", "Lan", home=home)
    assert (refused.code, graph in refused.err) == (2, True)
    assert cancu("update", "show", home=home).out == '<x:a> <x:b> "lời" .\n'
    assert "bớt 1 bộ ba" in cancu("update", "undo", "--by", "Minh", home=home).err
    assert cancu("update", "show", home=home).out == ""
    assert cancu("update", "show", "1", home=home).out == '<x:a> <x:b> "lời" .\n'
    listed = json.loads(cancu("update", "list", "--format", "json", home=home).out)
    assert [(u["number"], u["by"], u["back_to"]) for u in listed] == [
        (1, "Lan", None),
        (2, "Minh", 0),
    ]
    assert "2 " in cancu("update", "list", home=home).out
    assert cancu("update", "show", "9", home=home).code == 2
