"""A source becomes a plan: the steps in their order."""

import re
from collections.abc import Iterator, Sequence

from cancu.loaders.appendices import read_appendices
from cancu.loaders.articles import read_articles
from cancu.loaders.blocks import Paragraph, clean_lines
from cancu.loaders.citations import Citation, find_bases
from cancu.loaders.errors import NotAPlan
from cancu.loaders.header import HEADER_LINES, read_annex, read_header
from cancu.loaders.patterns import load, one_of
from cancu.loaders.plan import Plan
from cancu.loaders.recipients import read_recipients, read_signer
from cancu.loaders.segment import find_blocks
from cancu.loaders.slips import find_slips
from cancu.loaders.source import Source
from cancu.loaders.tables import Content, join_tables
from cancu.loaders.words import Value, Words
from cancu.loaders.work import read_work

_BODY_STARTS = re.compile(r"^(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT)\s*:|^Điều\s+1\b|^(?:I|A|1)\.\s")


def parse(source: Source) -> Plan:
    """What the document says.

    Raises:
        NotAPlan: it is not an administrative document: no kind, or neither a basis, an article, nor a task.
    """
    contents = join_tables(find_blocks(source))
    lines = list(_lines(contents))
    header = read_header(lines[:HEADER_LINES])
    bases, proposer = _preamble(lines)
    articles = read_articles(lines)
    work = read_work(contents)
    appendices = read_appendices(contents)
    if not (bases or articles or work.tasks or work.duties):
        raise NotAPlan(
            f"{source.name} không có căn cứ, điều hay bảng nhiệm vụ nào; tệp này không phải kế hoạch hay quyết định.",
            f"{source.name} has no basis, article or task table; it is not a plan or decision.",
        )
    plan = Plan(
        source=source,
        header=header,
        annex=read_annex(_after_recipients(lines)),
        legal_bases=tuple(bases),
        proposer=proposer,
        articles=articles,
        recipients=read_recipients(lines),
        signer=read_signer(lines),
        sections=tuple(work.sections),
        tasks=tuple(work.tasks),
        review_items=tuple(appendices.review_items),
        review_notes=tuple(appendices.notes),
        target_sections=tuple(appendices.sections),
        targets=tuple(appendices.targets),
        duties=tuple(work.duties),
    )
    return find_slips(plan, contents, work.findings)


def _lines(contents: Sequence[Content]) -> Iterator[Words]:
    """The cleaned lines of all paragraphs, in order."""
    for content in contents:
        if isinstance(content, Paragraph):
            yield from clean_lines(content.words)


def _preamble(lines: list[Words]) -> tuple[list[Citation], Value | None]:
    """The bases and the proposer: units from a line that opens with a cue to the next one, before the body."""
    data = load("documents")
    cue, proposing = (
        re.compile(rf"^(?:{one_of(data['cues'])})\s"),
        re.compile(rf"^(?:{one_of(data['proposer'])})\s+"),
    )
    units: list[list[Words]] = []
    for line in _whole_cues(lines, data["cues"]):
        if _BODY_STARTS.match(line.text):
            break
        if cue.match(line.text):
            units.append([line])
        elif units:
            units[-1].append(line)
    bases: list[Citation] = []
    proposer: Value | None = None
    for unit in (Words.join(parts, " ") for parts in units):
        match = proposing.match(unit.text)
        if match:
            proposer = unit[match.end() :].strip(" .;,").value()
        else:
            bases.extend(find_bases(unit))
    return bases, proposer


def _whole_cues(lines: list[Words], cues: list[str]) -> Iterator[Words]:
    """The lines, one that is only the beginning of a cue ("Căn / cứ Luật …") joined with the next."""
    waiting: Words | None = None
    for line in lines:
        joined = Words.join([waiting, line], " ") if waiting else line
        waiting = joined if any(c.startswith(f"{joined.text} ") for c in cues) else None
        if waiting is None:
            yield joined
    if waiting:
        yield waiting


def _after_recipients(lines: list[Words]) -> list[Words]:
    start = next((i for i, line in enumerate(lines) if line.text.startswith("Nơi nhận")), None)
    return lines[start + 1 :] if start is not None else []
