"""A source becomes a plan: the steps in their order."""

from collections.abc import Iterator, Sequence

from cancu.loaders.appendices import read_appendices
from cancu.loaders.articles import read_articles
from cancu.loaders.blocks import Paragraph, clean_lines
from cancu.loaders.errors import NotAPlan
from cancu.loaders.header import heading_lines, read_annex, read_header
from cancu.loaders.plan import Plan
from cancu.loaders.preamble import read_preamble
from cancu.loaders.recipients import read_recipients, read_signer
from cancu.loaders.segment import find_blocks
from cancu.loaders.slips import find_slips
from cancu.loaders.source import Source
from cancu.loaders.tables import Content, join_tables
from cancu.loaders.words import Words
from cancu.loaders.work import read_work


def parse(source: Source) -> Plan:
    """What the document says.

    Raises:
        NotAPlan: it is not an administrative document: no kind; or no basis, no article, no task, and not number and date either.
    """
    blocks = find_blocks(source)
    contents = join_tables(blocks)
    lines = list(_lines(contents))
    header = read_header(heading_lines(blocks))
    bases, proposer = read_preamble(lines)
    articles = read_articles(lines)
    work = read_work(contents)
    appendices = read_appendices(contents)
    official = header.number and header.date
    if not (official or bases or articles or work.tasks or work.duties):
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


def _after_recipients(lines: list[Words]) -> list[Words]:
    start = next((i for i, line in enumerate(lines) if line.text.startswith("Nơi nhận")), None)
    return lines[start + 1 :] if start is not None else []
