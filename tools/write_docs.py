"""Writes the pages of docs/ that come from the catalogue: docs/cau-hoi.md and docs/catalogue.md (`make docs`)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from cancu.queries.catalogue import Parameter, Question, questions

DOCS = Path(__file__).resolve().parent.parent / "docs"


@dataclass(frozen=True)
class Page:
    """A page: its language and what it says around the questions."""

    name: str
    language: str
    head: str
    about: str
    parameters: tuple[str, str, str, str]
    columns: tuple[str, str, str, str]
    required: str
    any: str
    order: str
    others: str
    example: str


PAGES = (
    Page(
        name="cau-hoi.md",
        language="vi",
        head="Danh mục câu hỏi",
        about="Trang này do `make docs` viết ra từ `queries/questions/`; muốn sửa thì sửa ở đó. Cách thêm một câu hỏi: "
        "[questions.md](questions.md). English: [catalogue.md](catalogue.md).",
        parameters=("Tham số", "Loại", "Mặc định", "Nghĩa"),
        columns=("Cột", "Loại", "Tên", "Nghĩa"),
        required="phải nêu",
        any="bỏ trống",
        order="Thứ tự",
        others="Cũng hỏi là",
        example="Ví dụ",
    ),
    Page(
        name="catalogue.md",
        language="en",
        head="Catalogue of questions",
        about="`make docs` writes this page from `queries/questions/`; change it there. How to add a question: "
        "[questions.md](questions.md). Tiếng Việt: [cau-hoi.md](cau-hoi.md).",
        parameters=("Parameter", "Type", "Default", "Meaning"),
        columns=("Column", "Type", "Name", "Meaning"),
        required="required",
        any="none",
        order="Order",
        others="Also asked as",
        example="Example",
    ),
)


def write(page: Page, catalogue: Mapping[str, Question]) -> str:
    """The text of a page."""
    index = [
        f"- [{q.code}](#{q.code.lower()}) {q.title.say(page.language)}" for q in catalogue.values()
    ]
    parts = [part for asked in catalogue.values() for part in _question(page, asked)]
    return "\n\n".join([f"# {page.head}", page.about, "\n".join(index), *parts]) + "\n"


def _question(page: Page, asked: Question) -> Iterator[str]:
    language = page.language
    yield f"## {asked.code}"
    yield f"**{asked.title.say(language)}** {asked.explanation.say(language)}"
    yield _table(page.parameters, [_parameter(page, p) for p in asked.parameters])
    yield _table(
        page.columns,
        [
            (f"`{c.name}`", c.type, c.label.say(language), c.meaning.say(language))
            for c in asked.columns
        ],
    )
    if asked.order.say(language):
        yield f"{page.order}: {asked.order.say(language)}"
    if asked.paraphrases[language]:
        yield f"{page.others}: {'; '.join(f'“{text}”' for text in asked.paraphrases[language])}."
    yield f"{page.example}: `{_command(asked)}` · `{_address(asked)}`"


def _parameter(page: Page, parameter: Parameter) -> tuple[str, ...]:
    default = parameter.default or ("" if parameter.required else page.any)
    needed = page.required if parameter.required else ""
    return (
        f"`{parameter.name}`",
        parameter.type,
        "; ".join(filter(None, (default, needed))),
        parameter.label.say(page.language),
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def _command(asked: Question) -> str:
    given = [
        f'{name}="{value}"' if " " in value else f"{name}={value}"
        for name, value in _examples(asked).items()
    ]
    return " ".join(["cancu ask", asked.code, *given])


def _address(asked: Question) -> str:
    given = urlencode(_examples(asked), safe="/", quote_via=quote)
    return f"/cau-hoi/{asked.code}" + (f"?{given}" if given else "")


def _examples(asked: Question) -> dict[str, str]:
    return {p.name: p.default for p in asked.parameters if p.default}


def main() -> None:
    """Write the pages."""
    for page in PAGES:
        (DOCS / page.name).write_text(write(page, questions()), "utf-8")


if __name__ == "__main__":
    main()
