"""The pages that come from the catalogue are those that are committed."""

import pytest

from cancu.queries.catalogue import questions
from tools.write_docs import DOCS, PAGES, Page, write


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_pages_of_the_catalogue_are_up_to_date(page: Page) -> None:
    """If not: `make docs`."""
    assert (DOCS / page.name).read_text("utf-8") == write(page, questions())


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_each_question_is_there_with_all_that_it_says(page: Page) -> None:
    text = write(page, questions())
    for code, asked in questions().items():
        (section,) = [part for part in text.split("\n## ") if part.startswith(f"{code}\n")]
        for words in (asked.title, asked.explanation, asked.order):
            assert words.say(page.language) in section
        for parameter in asked.parameters:
            assert f"| `{parameter.name}` | {parameter.type} | " in section
            assert (parameter.default or "") in section
        for column in asked.columns:
            assert f"| `{column.name}` | {column.type} | " in section
            assert column.meaning.say(page.language) in section
        assert f"`cancu ask {code}" in section
        assert f"`/cau-hoi/{code}" in section
