"""A list in pieces: one page of it is shown, its number is that of everything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from fastapi import Request

from cancu.web.formats import query_with

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Piece(Generic[T]):
    """One page of a list.

    Attributes:
        items: what stands on it.
        total: how many there are on all pages.
        page: its number, from 1; `pages`: how many there are.
        links: number and address of each page.
    """

    items: Sequence[T]
    total: int
    page: int
    links: tuple[tuple[int, str], ...]

    def each(self, make: Callable[[T], U]) -> "Piece[U]":
        """The same page with something made of each item."""
        return Piece([make(item) for item in self.items], self.total, self.page, self.links)


def piece_of(request: Request, found: Sequence[T], field: str, size: int) -> Piece[T]:
    """The page of a list that the field of an address asks for; a number that is none, or too high, means the last or first."""
    pages = max(1, -(-len(found) // size))
    typed = request.query_params.get(field, "").strip()
    page = min(max(int(typed), 1), pages) if typed.isdecimal() and len(typed) < 10 else 1
    links = tuple(
        (number, request.url.path + query_with(request, {field: str(number) if number > 1 else ""}))
        for number in range(1, pages + 1)
    )
    return Piece(found[(page - 1) * size : page * size], len(found), page, links)
