"""Adding a document from the browser: what would be read is shown first, and nothing joins the data before somebody accepts it."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from cancu.graph.dataset import Embedded
from cancu.graph.errors import Refused
from cancu.graph.snapshot import Entry, Manifest
from cancu.graph.stage import Staged, accept, leave, stage, staged
from cancu.loaders.limits import MAX_BYTES
from cancu.web.addresses import source_page
from cancu.web.admin import admit, is_admin, is_open, sign_in, sign_out
from cancu.web.errors import LengthRequired, NoPage, UploadTooLarge
from cancu.web.language import language_of
from cancu.web.pages.reader import sheet
from cancu.web.reading import Reading
from cancu.web.site import Data, render, site_of

router = APIRouter(include_in_schema=False)

_AROUND = 64 * 1024
"""Bytes of a form around its file."""

PAGE = "/tai-len"


@dataclass(frozen=True)
class Effect:
    """What accepting would do: "new", "same" (its bytes are there already) or "version" (it takes the place of `of`)."""

    code: str
    of: Entry | None = None


@router.get(PAGE)
def form(request: Request, reading: Data) -> HTMLResponse:
    """The form to hand in a document, to sign in first, or the reason why there is none.

    Raises:
        OnlyHere: the data is read from an engine elsewhere.
    """
    _folder(request)
    return _form(request)


@router.post(f"{PAGE}/vao", response_model=None)
async def enter(request: Request) -> Response:
    """Sign in with the admin token."""
    _within(request)
    typed = (await request.form()).get("ma", "")
    response = RedirectResponse(PAGE, 303)
    if await run_in_threadpool(sign_in, request, str(typed), response):
        return response
    return _form(request, 403, wrong=True)


@router.post(f"{PAGE}/ra", response_model=None)
def go(request: Request) -> Response:
    """Sign out."""
    response = RedirectResponse(PAGE, 303)
    sign_out(response)
    return response


@router.post(PAGE, response_model=None)
async def hand_in(request: Request) -> Response:
    """Read a document beside the data and show what was read.

    Raises:
        Forbidden, LengthRequired, UploadTooLarge: see `admit` and `_within`.
    """
    admit(request)
    _within(request)
    async with request.form(max_files=1, max_fields=4) as fields:
        file = fields.get("tep")
        name = file.filename or "" if isinstance(file, UploadFile) else ""
        data = await file.read(MAX_BYTES + 1) if isinstance(file, UploadFile) else b""
    if not name:
        return _form(request, 400, nothing=True)
    try:
        found = await run_in_threadpool(stage, _folder(request), name, data)
    except Refused as error:
        return _form(request, 422, refused=error.say(language_of(request)), name=name)
    return RedirectResponse(f"{PAGE}/{found.key}", 303)


@router.get(f"{PAGE}/{{key}}", response_model=None)
def preview(request: Request, reading: Data, key: str) -> HTMLResponse:
    """What was read of a document that waits for a decision."""
    admit(request)
    found = _found(request, key)
    response = render(
        request,
        "preview.html",
        staged=found,
        entry=found.entry,
        effect=effect_of(found.entry, reading.manifest),
        **sheet(request, Reading(Embedded(found.snapshot)), key, linked=False),
    )
    return _private(response)


@router.post(f"{PAGE}/{{key}}/nhan", response_model=None)
def take(request: Request, key: str) -> Response:
    """Add the document to the data."""
    admit(request)
    entry = accept(_folder(request), _found(request, key))
    return RedirectResponse(source_page(entry.key), 303)


@router.post(f"{PAGE}/{{key}}/bo", response_model=None)
def drop(request: Request, key: str) -> Response:
    """Leave the document."""
    admit(request)
    leave(_found(request, key))
    return RedirectResponse(PAGE, 303)


def effect_of(entry: Entry, manifest: Manifest) -> Effect:
    """What accepting a document would do to the data."""
    same = next((e for e in manifest.plans if e.sha256 == entry.sha256 and e.current), None)
    if same:
        return Effect("same", same)
    older = next((e for e in manifest.plans if e.plan == entry.plan and e.current), None)
    return Effect("version", older) if older else Effect("new")


def _form(request: Request, status: int = 200, **said: object) -> HTMLResponse:
    known = {"wrong": False, "nothing": False, "refused": "", "name": "", **said}
    # `reading` may not have been asked for: an error is shown on the same page as the form.
    request.state.reading = site_of(request).home.reading()
    return _private(
        render(
            request,
            "upload.html",
            status,
            open=is_open(request),
            signed_in=is_admin(request),
            limit=MAX_BYTES // 1024 // 1024,
            **known,
        )
    )


def _folder(request: Request) -> Path:
    """The home folder.

    Raises:
        OnlyHere: there is none.
    """
    return site_of(request).home.folder


def _private(response: HTMLResponse) -> HTMLResponse:
    """The response, kept by nobody: it depends on who asks."""
    response.headers["Cache-Control"] = "no-store"
    if "ETag" in response.headers:
        del response.headers["ETag"]
    return response


def _found(request: Request, key: str) -> Staged:
    found = staged(_folder(request), key)
    if found is None:
        raise NoPage(request.url.path)
    return found


def _within(request: Request) -> None:
    """Only a request that says its length, and whose length is within the limit, is read.

    Raises:
        LengthRequired, UploadTooLarge: it is not.
    """
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise LengthRequired(
            "Yêu cầu không nói rõ độ dài nên không được nhận.",
            "The request does not say how long it is and is not accepted.",
        )
    if int(length) > MAX_BYTES + _AROUND:
        limit = MAX_BYTES // 1024 // 1024
        raise UploadTooLarge(
            f"Tệp lớn hơn {limit} MB; hãy tách bớt phụ lục rồi thử lại.",
            f"The file is larger than {limit} MB; take out annexes and try again.",
        )
