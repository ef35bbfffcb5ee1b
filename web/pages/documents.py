"""The documents that the data was read from: what counts, what it replaced, and what was left out and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cancu.graph.snapshot import SKIPPED, Entry
from cancu.web.addresses import page_of, source_page
from cancu.web.collation import sort_key
from cancu.web.scope import Scoped
from cancu.web.site import Data, render

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Document:
    """A document that counts, with the versions it took the place of, the latest first."""

    entry: Entry
    older: tuple[Entry, ...]

    @property
    def page(self) -> str | None:
        """The tasks of its plan."""
        return page_of(self.entry.plan)


@router.get("/tai-lieu")
def documents(request: Request, reading: Data, scope: Scoped) -> HTMLResponse:
    """All documents."""
    manifest = reading.manifest
    found = listed(manifest.plans)
    return render(
        request,
        "documents.html",
        documents=found,
        tasks=sum(document.entry.tasks for document in found),
        older=sum(len(document.older) for document in found),
        refused=[left for left in manifest.left_out if left.why != SKIPPED],
        skipped=[left for left in manifest.left_out if left.why == SKIPPED],
        reader=source_page,
    )


def listed(entries: Sequence[Entry]) -> list[Document]:
    """The documents by issuer, date and number."""
    found = [
        Document(
            entry, tuple(e for e in reversed(entries) if e.plan == entry.plan and not e.current)
        )
        for entry in entries
        if entry.current
    ]
    return sorted(
        found,
        key=lambda d: (
            sort_key(d.entry.issuer or d.entry.title or d.entry.source),
            d.entry.date or "",
            d.entry.number or "",
        ),
    )
