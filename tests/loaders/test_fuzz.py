"""Whatever is handed in: a result that holds, or a `DocumentError`; never a crash, a hang, or memory without bound.

Documents of every layout are mutated by a seeded generator. Each case is read in a worker process under a limit of time and memory, and a worker
that hangs is killed. A failure names its seed; `CANCU_FUZZ_SEED=n` begins there, and `mutant(n)` is that document again.
"""

import copy
import io
import json
import multiprocessing
import os
import random
import re
import resource
import time
import tomllib
import traceback
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from multiprocessing.connection import Connection
from typing import Any

import pytest
from lxml import etree
from reportlab.pdfgen.canvas import Canvas

from cancu.loaders.errors import DocumentError
from cancu.loaders.extract import extract
from cancu.loaders.parse import parse
from cancu.loaders.read import built_in, decode
from tests.documents import COLUMNS, HEADING, ROW, decision, squash, table
from tests.loaders.test_pdf import font
from tests.word_files import levels, numbered, p, tbl, tc, tr, word

SECONDS, PATIENCE = 10, 5
"""Most seconds of the processor for one document, and how many times that by the clock."""
MEMORY = 3 * 1024**3
QUICK, LONG = 300, 10_000
FIRST_SEED = int(os.environ.get("CANCU_FUZZ_SEED", "0"))

# ---- documents of every layout

ROWS = (
    ROW,
    ("2.", "Rà soát quy trình nội bộ¹", "Sở Nội vụ; Sở Tư pháp", "Các sở, ban, ngành", "Trước ngày 31/5/2024", "Tờ trình; báo cáo"),
    ("3.", "Số hóa hồ sơ theo Nghị định số 107/2021/NĐ-CP", "Văn phòng UBND", "UBND các xã, phường", "Thường xuyên", "Kho dữ liệu"),
)  # fmt: skip


def lone_bars(rows: Sequence[Sequence[str]]) -> str:
    """One cell a line, a bar on a line between."""
    return "|\n" + "".join("\n|\n".join(row) + "\n|\n|\n" for row in rows)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |\n" for row in rows]
    return lines[0] + "|---" * len(rows[0]) + "|\n" + "".join(lines[1:])


def bare_bars(rows: Sequence[Sequence[str]]) -> str:
    return "".join(" | ".join(row) + "\n" for row in rows)


def stacked(rows: Sequence[Sequence[str]]) -> str:
    """As pdftotext writes a table: one cell under the other."""
    return "".join(cell + "\n\n" for row in rows for cell in row)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """As pdftotext -layout writes it: columns kept apart by blanks."""
    widths = [3 + max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n\n".join("  " + "".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows) + "\n\n"  # fmt: skip


PROSE = """II. NHIỆM VỤ

1. Tổ chức tập huấn nghiệp vụ cho cán bộ
- Cơ quan chủ trì: Sở Nội vụ.
- Cơ quan phối hợp: Sở Tài chính; UBND các phường, xã.
- Thời gian thực hiện: Quý III/2024.
- Sản phẩm: Báo cáo kết quả.
a) Xây dựng tài liệu. Đơn vị thực hiện: Phòng Tư pháp; thời gian: tháng 5/2024.

III. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính
- Chủ trì, phối hợp với Sở Nội vụ bố trí kinh phí theo quy định của pháp luật về ngân sách.
2. Đề nghị Ban Dân vận phối hợp thực hiện.
"""

ARTICLES = """Điều 2. Tổ chức thực hiện
1. Văn phòng HĐND và UBND thành phố chủ trì, phối hợp với Phòng Nội vụ: (1) theo dõi; (3) tham mưu UBND thành phố báo cáo.
2. Giao Phòng Tài chính - Kế hoạch bố trí kinh phí.
Điều 3. Chánh Văn phòng, Thủ trưởng các phòng chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 3;
- Lưu: VT (02b).

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn An
"""

APPENDIX = """PHỤ LỤC II
DANH SÁCH ĐƠN VỊ ĐƯỢC KIỂM TRA

STT\tCơ quan/đơn vị\tGhi chú
I\tCÁC PHÒNG\t
1\tPhòng Tư pháp\tKiểm tra trực tiếp
2\tPhòng Nội vụ\t
"""

WHOLE = (COLUMNS, *ROWS)
TEXTS = {
    "built-in": built_in().text,
    "tabs": decision(*ROWS) + "\n¹ Chỉ tiêu giao tại Nghị quyết số 01/NQ-CP ngày 06/01/2023\n\n" + table(*ROWS),
    "lone bars": HEADING + lone_bars(WHOLE),
    "markdown": HEADING + markdown(WHOLE) + "\n**I. Phần hai**\n\n" + markdown(WHOLE),
    "bare bars": HEADING + bare_bars(WHOLE),
    "stacked": HEADING + stacked(WHOLE),
    "aligned": HEADING + aligned(WHOLE),
    "prose": HEADING + PROSE,
    "articles": HEADING + ARTICLES + APPENDIX,
}  # fmt: skip


def in_html() -> bytes:
    """A page with a table, a list, a note and what Word puts between."""
    rows = "".join(
        f"<tr>{''.join(f'<td rowspan=1 colspan=1>{c}</td>' for c in row)}</tr>" for row in WHOLE
    )
    paragraphs = "".join(f"<p class=MsoNormal>{p}</p>" for p in HEADING.split("\n\n"))
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body><div id=menu><a href=#x>Trang chủ</a></div>"
        f"<!--[if gte mso 9]><xml/><![endif]--><div>{paragraphs}<ol type=a start=2><li>Một<ul><li>Hai</ul></ol>"
        f"<p>Việc<a href='#n1'><sup>1</sup></a></p><table border=1>{rows}</table>"
        "<p style=\"font-family: '.VnTime'\">Tæ chøc</p><p id=n1>1 Chú thích</p></div></body></html>"
    ).encode()


def in_word() -> bytes:
    """A Word file with a list, merged cells, a note, a style, a text box, a tracked change."""
    merged = ('<w:vMerge w:val="restart"/>', "<w:vMerge/>", "")
    rows = [
        tr(*(tc(c, merged[i] if at == 2 else "") for at, c in enumerate(row)))
        for i, row in enumerate(ROWS)
    ]
    note = '<w:p><w:r><w:t>Việc</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    box = f"<w:p><w:r><w:pict><w:txbxContent>{p('Hộp chữ')}</w:txbxContent></w:pict></w:r></w:p>"
    change = (
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:ins><w:r><w:t>Thêm</w:t></w:r></w:ins></w:p>"
    )
    return word(
        "".join(p(line) for line in HEADING.split("\n\n") if line)
        + p("Một", numbered()) + p("Hai", numbered(1) + '<w:pStyle w:val="s"/>') + note + box + change
        + tbl(tr(*(tc(c, '<w:gridSpan w:val="1"/>') for c in COLUMNS)), *rows) + p("1. Sau bảng"),
        numbering=levels(("decimal", "%1."), ("lowerLetter", "%1.%2)")),
        styles='<w:style w:styleId="s"><w:basedOn w:val="t"/><w:rPr><w:caps/></w:rPr></w:style>',
        footnotes=f'<w:footnote w:id="1">{p("Chú thích")}</w:footnote>',
    )  # fmt: skip


def in_pdf() -> bytes:
    """A page with a ruled table, its drawing readable so that it can be changed."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1, pageCompression=0)
    canvas.setFont(font(), 9)
    for at, line in enumerate(HEADING.split("\n")):
        canvas.drawString(60, 800 - 13 * at, line)
    canvas.setFont(font(), 6)
    for at, row in enumerate((COLUMNS, *ROWS)):
        for column, words in enumerate(row):
            canvas.rect(40 + 85 * column, 340 - 30 * at, 85, 30)
            canvas.drawString(42 + 85 * column, 350 - 30 * at, words[:26])
    canvas.save()
    return stream.getvalue()


SAMPLES: list[tuple[str, bytes]] = [
    *((f"{name}.txt", text.encode()) for name, text in TEXTS.items()),
    ("utf-16.txt", TEXTS["prose"].encode("utf-16")),
    ("trang.html", in_html()),
    ("van-ban.docx", in_word()),
    ("ban-in.pdf", in_pdf()),
]
"""Name and bytes of each sample."""

# ---- mutation

SEEDS_OF_TROUBLE = (
    "|", "\n|\n", "\t", "STT", "1.", "1.1.1.1.1.1.1 ", "a) ", "- ", "(", "“", "[", "<p>", "<b", "</li>", "**", "# ", "Căn cứ ", "Luật ", "Điều 1. ",
    "Nghị định số 1/2020/NĐ-CP ", "sửa đổi ", "của ", "và ", ", ", "; ", ": ", "Sở ", "các sở, ", "chủ trì ", "phối hợp với ", "Quý I/", "tháng 13/2024", "ngày 99/99/9999",
    "năm 0000 ", "Phụ lục ", "PHỤ LỤC I\n", "¹", "(1) ", "\f", "\r", "\x00", "\x1b[31m", "\x85", "\u2028", "\u00a0", "\u200d", "\u202e", "\u2066", "\u0301", "e\u0323\u0302",
    "٣", "²", "Ⅳ", "😀", "\ufeff", "\ufffd", "\U0010ffff", "%s{quote}{}", "\\1", "'\"", "Nơi nhận:\n", "KẾ HOẠCH\n", "QUYẾT ĐỊNH:\n", "Trang 1\n", "…",
)  # fmt: skip


def _lines(text: str, dice: random.Random) -> str:
    """Lines cut, doubled, shuffled, or moved."""
    lines = text.split("\n")
    start = dice.randrange(len(lines))
    end = min(len(lines), start + 1 + int(dice.expovariate(0.1)))
    part = lines[start:end]
    match dice.randrange(4):
        case 0:
            part = []
        case 1:
            part = part * dice.choice((2, 2, 3, 20))
        case 2:
            dice.shuffle(part)
        case _:
            lines[start:end], part = [], []
            at = dice.randrange(len(lines) + 1)
            return "\n".join(lines[:at] + part + lines[at:])
    return "\n".join([*lines[:start], *part, *lines[end:]])


def _splice(text: str, dice: random.Random) -> str:
    """The beginning of one document and the end of another."""
    other = dice.choice(list(TEXTS.values()))
    return text[: dice.randrange(len(text) + 1)] + other[dice.randrange(len(other)) :]


def _insert(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) + 1)
    many = dice.choice((1, 1, 1, 3, 40, 500))
    return text[:at] + dice.choice(SEEDS_OF_TROUBLE) * many + text[at:]


def _replace(text: str, dice: random.Random) -> str:
    """Characters put in the place of others: random ones of all Unicode, or those of the document itself."""
    characters = list(text)
    for _ in range(dice.choice((1, 5, 100))):
        strange = chr(dice.choice((dice.randrange(0xD800), dice.randrange(0xE000, 0x110000))))
        characters[dice.randrange(len(characters))] = dice.choice((strange, dice.choice(text), ""))
    return "".join(characters)


def _cut(text: str, dice: random.Random) -> str:
    start, end = sorted(dice.randrange(len(text) + 1) for _ in range(2))
    return text[start:end] if dice.random() < 0.3 else text[:start] + text[end:]


def _rewrap(text: str, dice: random.Random) -> str:
    """Blanks, line ends, tabs and bars for one another; or another normal form of the letters."""
    old, new = dice.sample((" ", "\n", "\n\n", "\t", "|", " | ", "   ", "\f", ";", ".", "-"), 2)
    changed = text.replace(old, new, dice.choice((1, 5, -1)))
    return unicodedata.normalize(dice.choice(("NFC", "NFD", "NFKD")), changed)


TEXT_MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (_lines, _splice, _insert, _replace, _cut, _rewrap)  # fmt: skip


def mutant(seed: int) -> tuple[str, bytes]:
    """The document of a seed: its name and its bytes."""
    dice = random.Random(seed)
    name, data = SAMPLES[seed % len(SAMPLES)]
    if name == "utf-16.txt":
        return name, _bytes(_mutated(data.decode("utf-16"), dice).encode("utf-16", "replace"), dice)
    if not name.endswith(".txt"):
        return name, _in_file(name, data, dice)
    data = _mutated(data.decode(), dice).encode("utf-8", "surrogatepass")
    return name, _bytes(data, dice) if dice.random() < 0.1 else data


def _mutated(text: str, dice: random.Random) -> str:
    for _ in range(dice.randint(1, 5)):
        text = dice.choice(TEXT_MUTATIONS)(text, dice) or " "
    return text


def _in_file(name: str, data: bytes, dice: random.Random) -> bytes:
    """Tags, operators or bytes of a file changed; a part of a Word file in place of the file."""
    if dice.random() < 0.15:
        return _bytes(data, dice)
    if name.endswith(".docx"):
        parts = _unpacked(data)
        changed = dice.choice([part for part in parts if not part.endswith(".rels")] * 6 + [*parts])
        parts[changed] = _tree(parts[changed], dice)
        return _packed(parts)
    if name.endswith(".html"):
        text = data.decode()
        for _ in range(dice.randint(1, 5)):
            change = dice.choice((_tokens, _tokens, *TEXT_MUTATIONS))
            text = change(text, dice) or " "
        return text.encode("utf-8", "surrogatepass")
    text = data.decode("latin-1")
    for _ in range(dice.randint(1, 5)):
        text = _operators(text, dice)
    return text.encode("latin-1", "replace")


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return stream.getvalue()


def _tree(data: bytes, dice: random.Random) -> bytes:
    """Elements of a part taken out, doubled, moved, put into one another; their words and values replaced."""
    root = etree.fromstring(data)
    for _ in range(dice.randint(1, 8)):
        nodes = [node for node in root.iter() if node is not root]
        if not nodes:
            break
        node, other = dice.choice(nodes), dice.choice([root, *nodes])
        parent = node.getparent()
        assert parent is not None
        match dice.randrange(6):
            case 0:
                parent.remove(node)
            case 1:
                for _ in range(dice.choice((1, 1, 3, 50))):
                    parent.append(copy.deepcopy(node))
            case 2 if node not in list(other.iterancestors()) and node is not other:
                other.append(node)
            case 3:
                node.text = re.sub(
                    r"[\x00-\x08\x0b-\x1f\ufffe\uffff]", "", dice.choice(SEEDS_OF_TROUBLE)
                ) * dice.choice((1, 100))
            case 4 if node.attrib:
                node.set(dice.choice(list(node.attrib)), dice.choice(STRANGE_VALUES))
            case _:
                inner = copy.deepcopy(node)
                for _ in range(dice.choice((1, 5, 120))):
                    outer = etree.Element(node.tag)
                    outer.append(inner)
                    inner = outer
                parent.append(inner)
    return etree.tostring(root)


STRANGE_VALUES = (
    "", "0", "-1", "1", "2", "9" * 6, "9" * 5_000, "1e9", "٣", "²", "true", "none", "decimal", "lowerLetter", "bullet",
    "%1%2%9", "%1" * 500, "D800", "FFFF", "../../x", "s", "t", "continue", "superscript", ".VnTime", "VNI-Times", "á",
)  # fmt: skip


def _tokens(text: str, dice: random.Random) -> str:
    """Tags of a page taken out, doubled, moved, or given strange values."""
    pieces = re.split(r"(<[^<>]*>)", text)
    for _ in range(dice.choice((1, 3, 20))):
        at = dice.randrange(len(pieces))
        match dice.randrange(4):
            case 0:
                pieces[at] = ""
            case 1:
                pieces[at] *= dice.choice((2, 2, 100))
            case 2:
                pieces[at], other = dice.choice(TAGS), pieces[at]
                pieces.insert(dice.randrange(len(pieces)), other)
            case _:
                pieces[at] = re.sub(
                    r"=('[^']*'|[\w#-]+)", lambda _: f"='{dice.choice(STRANGE_VALUES)}'", pieces[at]
                )
    return "".join(pieces)


TAGS = (
    "<table>", "</table>", "<tr>", "<td rowspan=0>", "<td colspan=1000>", "<li value=-5>", "<ol style='list-style: none'>", "<sup>", "<a href='#n1'>", "<div id=n1>",
    "<p hidden>", "<pre>", "<!--", "-->", "<![if !a]>", "<!--[if a]>", "<script>", "<body>", "</body>", "<font face='.VnTimeH'>", "&#55296;", "&#0;", "<br>", "<svg>", "<x:y>",
)  # fmt: skip


def _operators(text: str, dice: random.Random) -> str:
    """Numbers, names and lines of a PDF changed; the table of its objects then lies, as in files mended by hand."""
    match dice.randrange(4):
        case 0:
            places = [m.span() for m in re.finditer(r"-?\d+(?:\.\d+)?", text)]
            new = dice.choice(
                ("0", "-1", "1", "99999999999", "0.00001", "595", "1e5", "--", "7 0 R")
            )
        case 1:
            places = [m.span() for m in re.finditer(r"/\w+", text)]
            new = dice.choice(
                ("/Kids", "/Parent", "/Length", "/Font", "/Contents", "/FlateDecode", "/x", "")
            )
        case 2:
            places = [
                m.span()
                for m in re.finditer(r"\b(?:re|Tj|Tm|cm|BT|ET|Tf|n|S|q|Q|obj|endobj|R)\b", text)
            ]
            new = dice.choice(("re", "Tj", "Tm", "cm", "q", "Q", "Do", "f", "R", "endstream"))
        case _:
            return _lines(text, dice)
    for _ in range(dice.choice((1, 3, 30))):
        start, end = dice.choice(places)
        text = text[:start] + new.ljust(end - start)[: max(end - start, len(new))] + text[end:]
    return text


def _bytes(data: bytes, dice: random.Random) -> bytes:
    """Bytes flipped, or the file cut off."""
    flipped = bytearray(data)
    for _ in range(dice.choice((1, 3, 50))):
        flipped[dice.randrange(len(flipped))] ^= 1 << dice.randrange(8)
    return bytes(flipped[: dice.randrange(1, len(flipped) + 1)] if dice.random() < 0.3 else flipped)


# ---- what must hold

CODES = frozenset(
    tomllib.loads(files("cancu.loaders.patterns").joinpath("slips.toml").read_text("utf-8"))["messages"]
)  # fmt: skip


def faults(name: str, data: bytes) -> Iterator[str]:
    """What is wrong with the reading of a document; nothing for one that is refused."""
    try:
        source = decode(data, name)
        result = extract(parse(source))
    except DocumentError as error:
        if "\n" in error.vi + error.en or not (error.vi and error.en):
            yield f"no sentence: {error.vi!r}"
        return
    text = source.text
    json.dumps(result, ensure_ascii=False).encode()
    for spans in all_spans(result):
        places = [place for span in spans for place in span]
        if places and not (places[0] >= 0 and places[-1] <= len(text) and _rises(spans)):
            yield f"spans {spans[:5]} in a text of {len(text)}"
    for path, value, spans in quotes(result):
        if len(spans) == 1 and not path.endswith("numbering-gap"):
            quoted = text[spans[0][0] : spans[0][1]]
            if squash(value) != squash(quoted) and letters(value) != letters(quoted):
                yield f"{path}: {value[:80]!r} is not {quoted[:80]!r}"
    for found in result["findings"]:
        if found["code"] not in CODES or not found["spans"]:
            yield f"finding {found}"
    for task in result["tasks"]:
        if not re.search(r"\S", task["content"]) or not task["spans"]["content"]:
            yield f"task {task['no']!r} without content"


def _rises(spans: list[list[int]]) -> bool:
    return all(a < b for a, b in spans)


def letters(text: str) -> str:
    """Letters and digits, every markup sign and tag left out, whole or not."""
    return re.sub(r"\W+", "", re.sub(r"</?[A-Za-z][^<>]*>", "", text)).casefold()


def all_spans(node: Any) -> Iterator[list[list[int]]]:
    """Each list of spans."""
    if isinstance(node, list):
        if node and all(isinstance(i, list) and len(i) == 2 and all(isinstance(n, int) for n in i) for i in node):  # fmt: skip
            yield node
        else:
            for item in node:
                yield from all_spans(item)
    elif isinstance(node, dict):
        for item in node.values():
            yield from all_spans(item)


def quotes(node: Any, path: str = "") -> Iterator[tuple[str, str, list[list[int]]]]:
    """Path, text and spans of each value that is one quotation."""
    if isinstance(node, list):
        for i, item in enumerate(node):
            yield from quotes(item, f"{path}[{i}]")
    elif isinstance(node, dict):
        spans = node.get("spans")
        value = next((node[k] for k in ("text", "name", "quote") if k in node), None)
        if isinstance(spans, list) and value is not None:
            yield f"{path}.{node.get('code', '')}", value, spans
        elif isinstance(spans, dict) and "lead" in spans:
            for role in ("lead", "coordinate"):
                for text, places in zip(node[role], spans[role], strict=True):
                    yield f"{path}.{role}", text, places
            yield f"{path}.content", node["content"], spans["content"]
        for name, item in node.items():
            yield from quotes(item, f"{path}.{name}")


# ---- workers that can be stopped


def work(pipe: Connection) -> None:
    """Read each document that comes through the pipe, and send back what was wrong with it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        name, data, seconds = pipe.recv()
        began = time.process_time()
        try:
            wrong = list(faults(name, data))
        except Exception:  # noqa: BLE001 - any exception is what is looked for
            wrong = [traceback.format_exc(limit=-6)]
        # Of the processor, because other work on a machine makes nothing hang.
        spent = time.process_time() - began
        pipe.send([*wrong, f"{spent:.0f} s to read"] if spent > seconds else wrong)


class Reader:
    """A worker process; a new one takes the place of one that had to be stopped."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        # Not forked: the test process may have threads and does have everything it imported.
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def read(self, name: str, data: bytes, seconds: float = SECONDS) -> list[str]:
        self.pipe.send((name, data, seconds))
        if self.pipe.poll(PATIENCE * seconds):
            try:
                return list(self.pipe.recv())
            except EOFError:
                wrong = "the process died"
        else:
            wrong = f"still reading after {PATIENCE * seconds} s"
        self.stop()
        self.start()
        return [wrong]

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader()
    # The first reading loads everything; it is not part of any limit.
    assert reader.read("dau.txt", decision().encode(), 60) == []
    yield reader
    reader.stop()


def read_all(reader: Reader, seeds: range) -> None:
    wrong = {seed: found for seed in seeds if (found := reader.read(*mutant(seed)))}
    first = "\n".join(f"seed {seed}: {found[0]}" for seed, found in list(wrong.items())[:5])
    assert not wrong, f"{len(wrong)} of {len(seeds)} documents; the first:\n{first}"


@pytest.mark.parametrize("name", TEXTS)
def test_the_samples_are_read_as_plans(name: str, reader: Reader) -> None:
    """Mutation starts from documents that are understood, not from refusals."""
    assert reader.read(f"{name}.txt", TEXTS[name].encode()) == []
    result = extract(parse(decode(TEXTS[name].encode(), f"{name}.txt")))
    assert result["assignments" if name == "articles" else "tasks"]


def test_mutated_documents(reader: Reader) -> None:
    read_all(reader, range(FIRST_SEED, FIRST_SEED + QUICK))


@pytest.mark.long
def test_many_mutated_documents(reader: Reader) -> None:
    read_all(reader, range(FIRST_SEED + QUICK, FIRST_SEED + QUICK + LONG))


def test_a_hang_is_stopped(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard itself: a limit that is too short for a large document stops its reading, and the next document is read."""
    large = decision(*[(str(i), *ROW[1:]) for i in range(20_000)]).encode()
    started = time.monotonic()
    assert reader.read("lon.txt", large, 0.04) == ["still reading after 0.2 s"]
    assert time.monotonic() - started < 5
    assert reader.read("nho.txt", decision().encode(), 60) == []


# ---- documents that are large or nasty on purpose


def cell(text: str, column: int = 1) -> str:
    row = list(ROW)
    row[column] = text
    return decision(tuple(row))


def basis(text: str) -> str:
    return HEADING.replace("Căn cứ Nghị định", f"Căn cứ {text}\n\nCăn cứ Nghị định")


NASTY: dict[str, str] = {
    "cues": HEADING + "Căn cứ " * 10_000,
    "one letter": HEADING + "a " * 50_000,
    "no blank": HEADING + "a" * 300_000,
    "numbers of decrees": HEADING + "Nghị định số " * 5_000,
    "decrees that amend decrees": basis("Nghị định số 1/2020/NĐ-CP " + "sửa đổi Nghị định số 2/2020/NĐ-CP " * 1_000),
    "decrees that guide decrees": basis("Nghị định số 1/2020/NĐ-CP " + "hướng dẫn Nghị định số 2/2020/NĐ-CP " * 1_000),
    "laws": basis("Luật " * 5_000),
    "laws and laws": basis("Luật A " + "và Luật B " * 2_000),
    "of of of": HEADING + "của " * 10_000,
    "issuers": basis("Nghị định số 1/2020/NĐ-CP " + "của Bộ " * 5_000),
    "brackets": HEADING + "(" * 30_000 + ")" * 30_000,
    "quotes": HEADING + "“‘\"" * 10_000,
    "quarters": cell("Quý I/" * 5_000, 4),
    "dates": cell("từ ngày 1 tháng " * 3_000, 4),
    "bodies": cell("Sở Nội vụ, " * 3_000, 2),
    "classes": cell("các sở, ban, ngành, " * 2_000, 2),
    "fixed names": cell("HĐND và UBND, " * 2_000, 3),
    "lone bars": HEADING + "|\n" * 20_000,
    "double bars": HEADING + "||\n" * 20_000,
    "bars and headings": HEADING + "|\nSTT\n" * 3_000,
    "headings and bars": HEADING + "STT\n|\n" * 3_000,
    "numbers' headings": HEADING + "STT\n" * 2_000,
    "numbers' headings apart": HEADING + "STT\n\n" * 5_000,
    "half headings": HEADING + "STT\nNội dung\n" * 2_000,
    "aligned headings": HEADING + "STT   a   b\n\n" * 400,
    "tabs": HEADING + "\t" * 50_000,
    "lines of tabs": HEADING + "\t\t\n" * 10_000,
    "bars in a line": HEADING + "| " * 50_000,
    "digits": HEADING + "1" * 100_000,
    "page numbers": HEADING + "1\n\n" * 5_000,
    "deep numbers": HEADING + "1." * 20_000 + " Việc\n",
    "paragraphs": HEADING + "văn bản dài\n\n" * 5_000,
    "open tags": HEADING + "<p>" * 20_000 + "<b " * 5_000,
    "open tags in a cell": cell("<li>" * 10_000),
    "stars": HEADING + "**a\n" * 10_000,
    "blanks": HEADING + "ngày tháng" + " " * 50_000 + "a\n",
    "blanks in a cell": cell("- a" + " " * 50_000 + "b", 3),
    "blank numbers": HEADING + "số: /A " * 10_000,
    "marks on a letter": HEADING + "e" + "\u0301\u0323" * 100_000 + "\n",
    "marks on many letters": HEADING + "e\u0301\u0323" * 20_000 + "\n",
    "turned around": cell("\u202e\u2066" * 10_000 + "Sở Nội vụ", 2),
    "footnotes": decision(*[(str(i), "Việc ¹ ²", *ROW[2:]) for i in range(300)]) + "¹ a\n\n" * 2_000,
    "rows that go on": decision(ROW, *[("", "tiếp theo đoạn", "", "", "", "")] * 2_000),
    "a signer without blanks": HEADING + "CHỦ TỊCH\n" + "Nguyễnả" * 2_000 + ".\n",
    "a date after half a sentence": HEADING.replace("Sầm Sơn, ngày", "Theo lịch công tác; các đơn vị\nSầm Sơn, ngày"),
    "a numeral and nothing under it": HEADING + stacked((COLUMNS, ("II",))),
    "the year 24": cell("Từ tháng 01 đến tháng 3/0024", 4),
    "one line": (HEADING + PROSE).replace("\n", "<br>"),
}  # fmt: skip
"""What makes a loop or a pattern take the square of its time, or nest as deep as the text is long."""


@pytest.mark.parametrize("name", NASTY)
def test_nasty_documents(name: str, reader: Reader) -> None:
    assert reader.read("kho.txt", NASTY[name].encode()) == []


CELL = "Rà soát thủ tục hành chính. " * 4_000


def drawn(draw: Callable[[Canvas], None]) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
    canvas.setFont(font(), 5)
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode()


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def stairs(canvas: Canvas) -> None:
    """Each word at a height of its own, so that no two make a line."""
    for at in range(12_000):
        canvas.drawString(20 + at % 500, 800 * at / 12_000, "chữ")


def net(canvas: Canvas) -> None:
    for at in range(1_500):
        canvas.line(20, 20 + at / 2, 570, 20 + at / 2)
        canvas.line(20 + at / 3, 20, 20 + at / 3, 800)


def boxes(canvas: Canvas) -> None:
    for at in range(10_000):
        canvas.rect(20 + at % 100 * 5, 20 + at // 100 * 7, 5, 7)


def letters_only(canvas: Canvas) -> None:
    for at in range(3_000):
        canvas.drawString(20, 800 * at / 3_000, "văn bản dài " * 12)


NOTE = '<w:r><w:footnoteReference w:id="1"/></w:r>'
NASTY_FILES: dict[str, Callable[[], bytes]] = {
    "comments.html": lambda: b"<!---->" * 500 + b"x",
    "conditions.html": lambda: page("<!--[if a]>" * 100_000),
    "half conditions.html": lambda: page("<!--[if " * 100_000 + "<![" * 100_000),
    "links to one note.html": lambda: page("<a href=#n>1</a>" * 10_000 + f"<p id=n>{CELL * 5}</p>"),
    "links to many notes.html": lambda: page(
        "".join(f"<a href=#n{i}>{i % 1000}</a>" for i in range(10_000))
        + "".join(f"<p id=n{i}>{i % 1000} a</p>" for i in range(10_000))
    ),
    "notes within notes.html": lambda: page(
        "".join(f"<p id=n{i}>1 <a href=#n{i + 1}>1</a></p>" for i in range(3_000))
    ),
    "items.html": lambda: page("<ol>" + "<li>a" * 20_000),
    "items in items.html": lambda: page("<ul><li>a" * 80 + CELL * 20),
    "raised.html": lambda: page("<sup>1" * 90 + CELL * 20),
    "raised side by side.html": lambda: page("<sup>1</sup>" * 50_000),
    "tables.html": lambda: page("<table><tr><td>a<td>b</table>" * 10_000),
    "a tall cell.html": lambda: page(
        f"<table><tr><th>STT<th>Nội dung<th>Chủ trì<tr><td>1<td rowspan=1000>{CELL}<td>Sở Nội vụ"
        + "<tr><td>2<td>Sở Y tế" * 1_000
        + "</table>"
    ),
    "marks.html": lambda: page("e" + "\u0301\u0323" * 100_000),
    "lines.html": lambda: page("a<br>" * 50_000),
    "tabs.html": lambda: page("<pre>" + "\n \n " * 50_000),
    "a note that calls itself.docx": lambda: word(
        f"<w:p>{NOTE}</w:p>", footnotes=f'<w:footnote w:id="1"><w:p>{run("a")}{NOTE * 2}</w:p></w:footnote>'
    ),
    "a long note called often.docx": lambda: word(
        f"<w:p>{NOTE * 5_000}</w:p>", footnotes=f'<w:footnote w:id="1">{p(CELL)}</w:footnote>'
    ),
    "a long number.docx": lambda: word(
        p("a", numbered()) * 20_000, numbering=levels(("lowerLetter", "%1" * 50_000))
    ),
    "a level of 5,000 digits.docx": lambda: word(
        p("a", f'<w:numPr><w:ilvl w:val="{"9" * 5_000}"/><w:numId w:val="1"/></w:numPr>'),
        numbering=levels(("decimal", "%1")),
    ),
    "a surrogate.docx": lambda: word('<w:p><w:r><w:t>a</w:t><w:sym w:char="D800"/></w:r></w:p>'),
    "styles on styles.docx": lambda: word(
        "".join(p("a", f'<w:pStyle w:val="{i}"/>') for i in range(3_000)),
        styles="".join(
            f'<w:style w:styleId="{i}"><w:basedOn w:val="{i + 1}"/></w:style>' for i in range(3_000)
        ),
    ),
    "ends taken out.docx": lambda: word(p(CELL[:1_000], "<w:rPr><w:del/></w:rPr>") * 3_000),
    "runs.docx": lambda: word(f"<w:p>{run('a ') * 50_000}</w:p>"),
    "runs in old fonts.docx": lambda: word(
        "<w:p>" + '<w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>a</w:t></w:r>' * 20_000 + "</w:p>"
    ),
    "boxes in boxes.docx": lambda: word(
        "<w:p><w:r><w:pict><w:txbxContent>" * 40 + "</w:txbxContent></w:pict></w:r></w:p>" * 40
    ),
    "a tall cell.docx": lambda: word(
        tbl(
            tr(*map(tc, COLUMNS)),
            tr(tc("1"), tc(CELL, '<w:vMerge w:val="restart"/>'), *map(tc, ROW[2:])),
            *[tr(tc("2"), tc("", "<w:vMerge/>"), *map(tc, ROW[2:]))] * 1_000,
        )
    ),
    "marks.docx": lambda: word(p("e" + "\u0301\u0323" * 100_000)),
    "stairs.pdf": lambda: drawn(stairs),
    "a net.pdf": lambda: drawn(net),
    "boxes.pdf": lambda: drawn(boxes),
    "letters.pdf": lambda: drawn(letters_only),
}  # fmt: skip
"""The same for the files that say what is a table, a list and a note."""


@pytest.mark.parametrize("name", NASTY_FILES)
def test_nasty_files(name: str, reader: Reader) -> None:
    assert reader.read(name, NASTY_FILES[name]()) == []


LARGE: dict[str, Callable[[], str]] = {
    "20,000 rows between tabs": lambda: decision(*[(str(i), *ROW[1:]) for i in range(20_000)]),
    "20,000 rows in Markdown": lambda: HEADING + markdown((COLUMNS, *[(str(i), *ROW[1:]) for i in range(20_000)])),
    "a cell of 1 MB": lambda: cell("Rà soát thủ tục hành chính. " * 25_000),
    "a list of bodies of 1 MB": lambda: cell("Sở Nội vụ, " * 70_000, 2),
    "a line of 1 MB": lambda: HEADING + "văn bản " * 100_000,
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("name", LARGE)
def test_large_documents(name: str, reader: Reader) -> None:
    assert reader.read("lon.txt", LARGE[name]().encode(), 120) == []
