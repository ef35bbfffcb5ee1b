"""Slips of the pen and gaps, found and kept: each is a finding at its words, and nothing is corrected.

Each detector below looks for one kind of slip and is true of any administrative document; the words it looks for
are in patterns/slips.toml.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cancu.loaders.blocks import Paragraph, clean
from cancu.loaders.deadlines import Deadline, in_year
from cancu.loaders.patterns import load
from cancu.loaders.plan import Finding, InspectionTarget, Plan, Section, Severity, Task
from cancu.loaders.tables import Content, WholeTable
from cancu.loaders.words import Span, Value, Words

_MOTTO = re.compile(r"C[ỘO]NG H[ÒO][AÀ] X[ÃA] H[ỘO]I", re.IGNORECASE)
_TAG = re.compile(r"</?(?:p|ul|ol|li|i|b|div|span)\b[^<>\n]*>")
_BOLD_OPEN = re.compile(r"(?<!\*)\*\*[^*\n]+\n[^*]*\*\*")
_BLANK_NUMBER = re.compile(r"số\s*:?\s*/[A-ZĐ][A-ZĐa-z-]*")
_BLANK_DAY = re.compile(r"ngày\s+tháng\s+(?:\d{1,2}\s*)?năm\s+\d{4}")
_POINT = re.compile(r"\((\d)\)")
_YEAR = re.compile(r"năm\s+(\d{4})")
_LISTED = re.compile(r"^(?:<[^<>]*>|\s)*[-–]\s")
_UNSEPARATED = re.compile(r"(?<!\w)(?:\w+\s+){0,2}\w+\s+[-–]\s+[A-ZĐ]\w+")
_LETTERS = re.compile(r"[^\w]+|(?<!\w)và(?!\w)")


@dataclass(frozen=True)
class Reading:
    """What a detector looks at: the plan and the blocks it was read from."""

    plan: Plan
    contents: Sequence[Content]

    @property
    def words(self) -> Words:
        """The whole text."""
        return self.plan.source.words()


def find_slips(plan: Plan, contents: Sequence[Content], earlier: Sequence[Finding]) -> Plan:
    """The plan with its findings, in reading order, and with a proposed reading where a year is evidently wrong."""
    plan = replace(plan, tasks=tuple(_with_proposal(task, plan) for task in plan.tasks))
    reading = Reading(plan, contents)
    found = [*earlier, *(finding for detect in DETECTORS for finding in detect(reading))]
    unique = {(f.code, f.quote.start): f for f in found}
    return replace(
        plan, findings=tuple(sorted(unique.values(), key=lambda f: (f.quote.start, f.code)))
    )


def say(
    code: str, quote: Value, proposal: str | None = None, severity: Severity | None = None
) -> Finding:
    """The finding of a kind, in the words of patterns/slips.toml."""
    message = load("slips")["messages"][code]
    words = {"quote": re.sub(r"\s+", " ", quote.text), "proposal": proposal or "…"}
    return Finding(
        code,
        severity or message["severity"],
        quote,
        message["vi"].format(**words),
        message["en"].format(**words),
        proposal,
    )


def plan_year(plan: Plan) -> int | None:
    """The one year a plan is for, by its title; None for plans over several years."""
    years = set(_YEAR.findall(plan.annex.title if plan.annex else plan.header.title or ""))
    return int(years.pop()) if len(years) == 1 else None


def _with_proposal(task: Task, plan: Plan) -> Task:
    year = plan_year(plan)
    deadline = task.deadline
    if year and deadline and deadline.period and _is_early(deadline, year):
        return replace(task, deadline=replace(deadline, proposed=in_year(deadline.period, year)))
    return task


def _is_early(deadline: Deadline, year: int) -> bool:
    end = deadline.period and (deadline.period.end or deadline.period.start)
    return bool(end) and int(str(end)[:4]) < year


def _heading(reading: Reading) -> Iterator[Finding]:
    header, text = reading.plan.header, reading.plan.source.text
    if not _MOTTO.search(text[:3000]):
        first = next(line for line in reading.words.lines() if clean(line))
        yield say("missing-header", clean(first).value())
    if header.number is None:
        yield say("missing-number", header.number_words or header.kind_words)
    if header.date is None:
        yield say("missing-date", header.date_words or header.kind_words)
    for pattern, code in ((_BLANK_NUMBER, "missing-number"), (_BLANK_DAY, "missing-date")):
        for match in pattern.finditer(text):
            yield say(code, reading.words[match.start() : match.end()].value())


def _recognised(reading: Reading) -> Iterator[Finding]:
    """Words that were recognised on pictures of pages: said once, at the first line."""
    text = reading.plan.source.text
    if reading.plan.source.ocr:
        first = len(text) - len(text.lstrip())
        yield say("read-by-ocr", clean(reading.words[first : text.find("\n", first)]).value())


def _issuer_without_place(reading: Reading) -> Iterator[Finding]:
    words = reading.plan.header.issuer_words
    if words and re.search(r"(?:THÀNH PHỐ|TỈNH|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG)$", words.text):
        yield say("incomplete-name", words)


def _bases_without_number(reading: Reading) -> Iterator[Finding]:
    for basis in reading.plan.legal_bases:
        if basis.number is None:
            yield say("basis-without-number", basis.whole)


def _titles(reading: Reading) -> Iterator[Finding]:
    """An article that issues the plan under another title than the decision's own."""
    title = reading.plan.header.title
    if not title:
        return
    own = re.sub(r"^Ban hành\s+", "", title)
    for article in reading.plan.articles:
        match = re.match(
            r"Ban hành kèm theo (?:Quyết định|Nghị quyết) này (?P<title>.+?)\.?$",
            article.content.text,
            re.DOTALL,
        )
        if match and _folded(match["title"]) != _folded(own):
            yield say("inconsistent-term", article.content, own)


def _impossible_bodies(reading: Reading) -> Iterator[Finding]:
    """Districts addressed by a body that has none below it (a remnant of a province's model text)."""
    central, place = load("slips")["central"], reading.plan.header.place or ""
    issuer = reading.plan.header.issuer or ""
    if not re.search(r"(?:thành phố|thị xã|huyện|quận)", issuer) or any(
        city in place + issuer for city in central["cities"]
    ):
        return
    for match in re.finditer(central["lower"], reading.words.text):
        yield say("wrong-reference", reading.words[match.start() : match.end()].value())


def _numbering(reading: Reading) -> Iterator[Finding]:
    """Points (1), (3), (4) of a clause with one missing."""
    for article in reading.plan.articles:
        for duty in article.assignments:
            numbers = [int(n) for n in _POINT.findall(duty.content.text)]
            if len(numbers) > 1 and numbers != list(range(1, len(numbers) + 1)):
                first = duty.content.spans[0]
                quote = Value(
                    ", ".join(f"({n})" for n in numbers),
                    (Span(first.start, duty.content.spans[-1].end),),
                )
                yield say("numbering-gap", quote)


def _known_words(reading: Reading) -> Iterator[Finding]:
    for content in reading.contents:
        texts = (
            [content.words]
            if isinstance(content, Paragraph)
            else [c for row in content.rows for c in row.cells]
        )
        if isinstance(content, WholeTable):
            texts += [note.words for note in content.footnotes]
        for words in (clean(text) for text in texts):
            for entry in load("slips")["word"]:
                for match in re.finditer(entry["pattern"], words.text):
                    proposal = match.expand(entry["proposal"]) if "proposal" in entry else None
                    yield say(
                        entry["code"],
                        words[match.start() : match.end()].value(),
                        proposal,
                        entry.get("severity"),
                    )


def _terms(reading: Reading) -> Iterator[Finding]:
    for row in load("slips")["terms"]:
        used = {name: reading.words.text.find(name) for name in row["names"]}
        used = {name: at for name, at in used.items() if at >= 0}
        if len(used) > 1:
            for name, at in used.items():
                others = ", ".join(f"“{n}”" for n in used if n != name)
                yield say("inconsistent-term", reading.words[at : at + len(name)].value(), others)


def _variants(reading: Reading) -> Iterator[Finding]:
    """Names of bodies that differ only in punctuation, capitals or "và": the rarer spellings."""
    plan = reading.plan
    names = [v for t in plan.tasks for v in (*t.lead, *t.coordinate)] + [
        r.agency for r in plan.review_items
    ]
    names += [t.name for t in plan.targets] + [r.name for r in plan.recipients]
    names += [v for a in plan.articles for d in a.assignments for v in (*d.agencies, *d.coordinate)]
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        if not re.match(r"(?i)các\s", name.text):
            spellings[_folded(name.text)][name.text] += 1
    usual = {
        folded: sorted(counts, key=lambda s: (counts[s], s), reverse=True)[:2]
        for folded, counts in spellings.items()
    }
    for name in names:
        folded = _folded(name.text)
        counts = spellings[folded]
        others = [
            s for s in usual.get(folded, ()) if s != name.text and counts[s] >= counts[name.text]
        ]
        if others:
            yield say("spelling-variant", name, others[0])


def _folded(text: str) -> str:
    return " ".join(_LETTERS.sub(" ", text).casefold().split())


def _residue(reading: Reading) -> Iterator[Finding]:
    """Tags and emphasis marks of a conversion, once a line."""
    text, seen = reading.plan.source.text, set()
    for match in [*_TAG.finditer(text), *_BOLD_OPEN.finditer(text)]:
        line = reading.plan.source.line_of(match.start())
        if line not in seen:
            seen.add(line)
            newline = text.find("\n", match.start(), match.end())
            end = match.end() if newline < 0 else newline
            yield say(
                "conversion-residue", Value(text[match.start() : end], (Span(match.start(), end),))
            )


def _cut_rows(reading: Reading) -> Iterator[Finding]:
    """Rows and tables that a page break cuts, footnotes that stand between."""
    for content in reading.contents:
        if not isinstance(content, WholeTable) or content.pieces == 1:
            continue
        for row in content.rows:
            if row.cut:
                yield from (
                    say("split-cell", _first_words(cell, span))
                    for cell, span in _continuations(row.cells)
                )
        for repeated in content.repeats:
            yield say("conversion-residue", next(w for w in map(clean, repeated) if w).value())
        for note in content.footnotes:
            if note.words:
                yield say("layout", note.words.value())


def _continuations(cells: Sequence[Words]) -> Iterator[tuple[Words, Span]]:
    """The pieces of cells after a page break: those that begin on a later line than the cell."""
    for cell in cells:
        words = clean(cell)
        spans = words.spans()
        for earlier, later in pairwise(spans):
            if "\n" in cell.source[earlier.end : later.start]:
                yield words, later


def _first_words(words: Words, span: Span) -> Value:
    return Value(words.source[span.start : span.end], (span,))


def _merged_cells(reading: Reading) -> Iterator[Finding]:
    """Tasks that share cells with the row above: what they say was printed once."""
    names = load("slips")["columns"]
    for task in reading.plan.tasks:
        shared = [role for role in task.inherited if role in names]
        if shared:
            vi, en = (", ".join(names[role][lang] for role in shared) for lang in ("vi", "en"))
            words = load("slips")["merged"]
            yield Finding(
                "merged-cell",
                words["severity"],
                task.content,
                words["vi"].format(roles=vi),
                words["en"].format(roles=en),
            )


def _separators(reading: Reading) -> Iterator[Finding]:
    """Items of a dashed cell without ";" between them, and a ";" with nothing after it."""
    for content in reading.contents:
        if not isinstance(content, WholeTable) or not content.lists_tasks:
            continue
        for cell in (c for row in content.rows for c in row.cells[1:]):
            if _LISTED.match(cell.text):
                for match in _UNSEPARATED.finditer(cell.text):
                    yield say("punctuation", cell[match.start() : match.end()].value())
            elif cell.text.endswith(";"):
                yield say("punctuation", clean(cell).value())


def _both_roles(reading: Reading) -> Iterator[Finding]:
    for task in reading.plan.tasks:
        leads = {_role_name(lead.text) for lead in task.lead}
        for name in task.coordinate:
            if _role_name(name.text) in leads:
                yield say("role-in-both", name)


def _role_name(text: str) -> str:
    return re.sub(r" thuộc .*$", "", _folded(text))


def _deadlines(reading: Reading) -> Iterator[Finding]:
    plan, year = reading.plan, plan_year(reading.plan)
    for task in plan.tasks:
        deadline = task.deadline
        if deadline is None:
            yield say("missing-deadline", task.content)
            continue
        if deadline.proposed and year:
            yield say("wrong-year", deadline.words, f"năm {year}")
        elif not deadline.ends:
            yield say("no-schedule", deadline.words)
        dated = [
            r
            for r in plan.review_items
            if r.appendix == task.appendix and r.deadline and r.deadline.due_before
        ]
        if dated and not deadline.due_before:
            yield say("inconsistent-deadline", deadline.words)


def _missing_parts(reading: Reading) -> Iterator[Finding]:
    for task in reading.plan.tasks:
        if not task.products:
            yield say("missing-product", task.content)
        if not task.lead:
            yield say("missing-lead", task.content)
        if task.repeat > 1:
            yield say("repeated-task-number", task.content)
        if task.content.text.rstrip().endswith(":") and not task.items:
            yield say("punctuation", task.content)


def _references(reading: Reading) -> Iterator[Finding]:
    plan = reading.plan
    for reference in [r for t in plan.tasks for r in t.references] + [
        r for a in plan.articles for d in a.assignments for r in d.references
    ]:
        yield say("unresolved-reference", reference.words)


def _inspections(reading: Reading) -> Iterator[Finding]:
    plan = reading.plan
    notes = {t.note.start: t.note for t in plan.targets if t.note and t.note_by_layout}
    yield from (say("merged-cell", note) for note in notes.values())
    rows: dict[Section | None, list[InspectionTarget]] = defaultdict(list)
    for target in plan.targets:
        rows[target.section].append(target)
    for section in plan.target_sections:
        if rows[section] and not any(t.note for t in rows[section]):
            yield say("other", section.words)


def _review_cells(reading: Reading) -> Iterator[Finding]:
    """Body and field run together in one cell."""
    if reading.plan.review_items:
        yield say("layout", reading.plan.review_items[0].words)


DETECTORS: tuple[Callable[[Reading], Iterator[Finding]], ...] = (
    _recognised,
    _heading,
    _issuer_without_place,
    _bases_without_number,
    _titles,
    _impossible_bodies,
    _numbering,
    _known_words,
    _terms,
    _variants,
    _residue,
    _cut_rows,
    _merged_cells,
    _separators,
    _both_roles,
    _deadlines,
    _missing_parts,
    _references,
    _inspections,
    _review_cells,
)
"""One function a kind of slip."""
