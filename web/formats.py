"""Answers as files: which form a request asks for, and how it is sent."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response

from cancu.queries.answer import Answer
from cancu.queries.catalogue import Question
from cancu.queries.formats.edition import Edition
from cancu.queries.formats.formats import Format, format_of, formats_of
from cancu.web.addresses import page_of
from cancu.web.errors import NotAcceptable
from cancu.web.language import LANGUAGE_COOKIE, language_of
from cancu.web.negotiate import best
from cancu.web.reading import Reading
from cancu.web.theme import THEME_COOKIE

HTML = "text/html"


def form_of(request: Request, question: Question, page: bool) -> Format | None:
    """The form that a request asks for by `format=`, else by Accept; None: a page, where there is one.

    Raises:
        BadValue: the question has no such format.
        NotAcceptable: none of the media types can be given.
    """
    name = request.query_params.get("format", "").strip()
    if name:
        return format_of(question, name)
    # JSON for whoever accepts anything
    forms = sorted(formats_of(question), key=lambda form: form.name != "json")
    offered = {form.media_type: form for form in forms}
    accept = request.headers.get("accept", "")
    found = best(accept, [*([HTML] if page else []), *offered])
    if found is None:
        raise NotAcceptable(accept)
    return offered.get(found)


def send(request: Request, reading: Reading, answer: Answer, form: Format) -> Response:
    """An answer in a form: shown by a browser, or saved under the code of the question and the version of the data."""
    name = f"{answer.question.code}-{answer.snapshot}.{form.ending}"
    kind = "inline" if form.shown else "attachment"
    text = form.media_type.startswith("text/")
    return Response(
        form.write(answer, _edition(request, reading)),
        media_type=f"{form.media_type}; charset=utf-8" if text else form.media_type,
        headers={
            "Content-Disposition": f'{kind}; filename="{name}"',
            "Content-Language": language_of(request),
            "Vary": "Accept, Cookie",
        },
    )


def _edition(request: Request, reading: Reading) -> Edition:
    site = str(request.base_url).rstrip("/")

    def link(iri: str) -> str | None:
        page = page_of(iri)
        return f"{site}{page}" if page else None

    path = request.url.path.removeprefix("/api")
    return Edition(
        dataset=reading.dataset,
        language=language_of(request),
        today=date.today(),
        link=link,
        address=f"{site}{path}{query_with(request, {'format': ''})}",
    )


def query_with(request: Request, changes: Mapping[str, str]) -> str:
    """The query of an address with some fields changed; a field that becomes empty is left out, and so are language and
    theme, which are remembered.
    """
    left_out = {LANGUAGE_COOKIE, THEME_COOKIE, *changes}
    kept = [(name, v) for name, v in request.query_params.multi_items() if name not in left_out]
    fields = [(name, value) for name, value in [*kept, *changes.items()] if value.strip()]
    return f"?{urlencode(fields)}" if fields else ""
