"""Markdown as plain text, for people who open it in an editor: no marks, lines of at most 100 columns."""

import textwrap
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

COLUMNS = 100


def as_text(markdown: str) -> str:
    """Instructions in Markdown as plain text; headings are underlined, the rows of tables are lists."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    blocks = (block for node in SyntaxTreeNode(tokens).children for block in _block(node))
    return "\n\n".join(blocks) + "\n"


def _block(node: SyntaxTreeNode) -> Iterator[str]:
    """The paragraphs that a part of the document becomes."""
    match node.type:
        case "heading":
            words = _words(node)
            yield f"{words}\n{('=' if node.tag == 'h1' else '-') * len(words)}"
        case "paragraph":
            yield _wrapped(_words(node), "")
        case "bullet_list":
            yield "\n".join(_wrapped(_words(item), "- ") for item in node.children)
        case "ordered_list":
            numbered = enumerate(node.children, 1)
            yield "\n".join(_wrapped(_words(item), f"{number}. ") for number, item in numbered)
        case "fence":
            yield textwrap.indent(node.content.rstrip("\n"), "    ")
        case "table":
            yield "\n".join(_rows(node))
        case "hr":
            yield "=" * COLUMNS


def _rows(table: SyntaxTreeNode) -> Iterator[str]:
    """The rows below the heading: what is in the first column, then the rest."""
    for row in table.children[1].children:
        first, *rest = (_words(cell) for cell in row.children)
        yield _wrapped(f"{first}: {'; '.join(rest)}.", "- ")


def _wrapped(words: str, mark: str) -> str:
    return textwrap.fill(
        words,
        COLUMNS,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _words(node: SyntaxTreeNode) -> str:
    """The words of a part without their marks."""
    inline = (token for part in node.walk() if part.type == "inline" for token in _inline(part))
    return "".join(" " if token.type == "softbreak" else token.content for token in inline)


def _inline(node: SyntaxTreeNode) -> list[Token]:
    return [token for whole in node.to_tokens() for token in whole.children or ()]
