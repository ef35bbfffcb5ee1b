"""`cancu network` as people run it."""

import csv
import io
import json
import re
import shlex
from pathlib import Path

import networkx as nx
import pytest

from cancu.graph.measured import definitions
from cancu.queries.network.view import settings
from tests.cli.test_command import cancu

CL = "https://w3id.org/cancu/id/to-chuc/chi-linh/"


def test_without_a_measure_it_is_a_table_of_the_parties(home: Path) -> None:
    ran = cancu("network", home=home)
    assert ran.code == 0
    assert "Tổng quan các bên" in ran.out
    line = next(line for line in ran.out.splitlines() if "Văn phòng" in line)
    assert [cell.strip() for cell in line.split("│")[2:4]] == ["15", "6"]
    assert "snapshot" in ran.err


def test_counts_in_json(home: Path) -> None:
    ran = cancu("network", "degree", "--ways", "named", "--format", "json", home=home)
    found = {
        (row["agency"]["iri"], row["role"]): row["count"] for row in json.loads(ran.out)["rows"]
    }
    assert found[f"{CL}van-phong", "lead"] == 15
    assert found[f"{CL}van-phong", "coordinate"] == 6
    assert found[f"{CL}phong-noi-vu", "coordinate"] == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("load", "--quarter", "II/2023"), "I.2; I.4; II.5; II.6; PL1.1"),
        (("articulation",), "I.2; II.5; II.6"),
        (("between", "--no-groups"), "0.55"),
        (("communities",), "Đài Phát thanh"),
        (("paths", "PNV", "dai phat thanh"), "Phòng Nội vụ cùng"),
        (("overlap", "PNV", "VP HĐND&UBND"), "I.2; I.4; II.5; II.6"),
        (("inspection", "--section", "II"), "thuộc danh sách kiểm tra"),
        (("both",), "UBND các xã, phường"),
        (("doc-lap",), "cũng bị kiểm tra"),
        (("degree", "--roles", "chủ trì"), "15"),
        (("degree", "--roles", "duty"), "được giao trong Quyết định"),
        (("partners", "--period", "6 tháng đầu năm"), "nêu đích danh"),
    ],
)
def test_measures(arguments: tuple[str, ...], said: str, home: Path) -> None:
    ran = cancu("network", *arguments, home=home)
    assert ran.code == 0, ran.err
    assert said in ran.out


def test_in_english(home: Path) -> None:
    ran = cancu("network", "load", "--quarter", "II/2023", home=home, CANCU_LANG="en")
    assert "Load per quarter" in ran.out
    assert "Left out: 7 without a schedule" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chua-co",), "overview, load"),
        (("paths", "PNV"), "den="),
        (("paths", "PNV", "Sở Vũ trụ"), "Sở Vũ trụ"),
        (("paths", "PNV", "PTP", "PKT"), "PKT"),
        (("load", "PNV"), "PNV"),
        (("load", "--section", "XX"), "XX"),
        (("load", "--output", "x.txt"), "--format"),
        (("load", "--export", "csv"), "--export"),
        (("--export", "docx"), "graphml"),
        (("--projection", "x", "--export", "csv"), "co-quan-co-quan"),
        (("load", "--format", "pdf"), "--help"),
    ],
)
def test_what_cannot_be(arguments: tuple[str, ...], said: str, home: Path) -> None:
    """One sentence on stderr, exit code 2, nothing on stdout."""
    ran = cancu("network", *arguments, home=home)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_name_of_several_is_offered_not_guessed(many_home: Path) -> None:
    ran = cancu("network", "overlap", "Phòng Nội vụ", "Phòng Tư pháp", home=many_home)
    assert ran.code == 2
    assert "(Sầm Sơn)" in ran.err and "(Chí Linh)" in ran.err
    one = ("Phòng Nội vụ (Chí Linh)", "Phòng Tư pháp (Chí Linh)")
    assert cancu("network", "overlap", *one, home=many_home).code == 0


@pytest.mark.parametrize("form", ["graphml", "gexf", "csv"])
def test_export(form: str, home: Path, tmp_path: Path) -> None:
    path = tmp_path / f"mạng lưới.{form}"
    arguments = ("--projection", "co-quan-co-quan", "--no-groups")
    ran = cancu("network", *arguments, "--export", form, "--output", path, home=home)
    assert (ran.code, ran.out) == (0, "")
    assert "38 liên kết" in ran.err
    data = path.read_bytes()
    assert cancu("network", *arguments, "--export", form, home=home).out.encode() == data
    if form == "csv":
        assert len(list(csv.DictReader(io.StringIO(data.decode())))) == 38
    else:
        read = nx.read_graphml if form == "graphml" else nx.read_gexf
        assert read(path).number_of_edges() == 38


def test_nothing_half_written_stays(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "khong-co" / "x.csv"
    ran = cancu("network", "--export", "csv", "--output", path, home=home)
    assert ran.code == 2
    assert list(tmp_path.iterdir()) == []
    kept = tmp_path / "y.csv"
    kept.write_text("cũ")
    assert cancu("network", "--export", "khong", "--output", kept, home=home).code == 2
    assert kept.read_text() == "cũ"


def test_no_data(tmp_path: Path) -> None:
    ran = cancu("network", home=tmp_path)
    assert ran.code == 2
    assert "Traceback" not in ran.err


DOCS = Path(__file__).parents[2] / "docs" / "network.md"


def test_the_examples_of_the_docs_work(home: Path, tmp_path: Path) -> None:
    (block,) = re.findall(r"```sh\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    lines = block.splitlines()
    assert len(lines) == 8
    for line in lines:
        words = shlex.split(line.replace("mang-luoi.graphml", str(tmp_path / "x.graphml")))
        ran = cancu(*words[1:], home=home)
        assert ran.code == 0, (line, ran.err)
        assert ran.out or (tmp_path / "x.graphml").exists()


def test_the_docs_define_every_measure_and_option() -> None:
    text = DOCS.read_text("utf-8")
    for code, found in definitions().items():
        head = f"### `{code}` · `{found.address}` · {found.title.vi} / {found.title.en}"
        assert f"{head}\n\n{found.meaning.vi}\n\n{found.meaning.en}\n" in text
    for fields in (settings()["field"], settings()["pair"]):
        for name, said in fields.items():
            assert f"| `{name}` | {said['vi']} / {said['en']} |" in text
