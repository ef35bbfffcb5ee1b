"""What the user sees when something is wrong: a sentence in their language, never a traceback."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from cancu.graph.errors import EndpointError, EndpointRefused, GraphError, OnlyHere, Refused
from cancu.loaders.errors import CancuError
from cancu.queries.errors import (
    BadQuery,
    Busy,
    Cancelled,
    Failed,
    TookTooLong,
    TooLarge,
    TooMuch,
    UnknownQuestion,
)
from cancu.queries.errors import Refused as RefusedQuery
from cancu.web.errors import (
    Forbidden,
    LengthRequired,
    NoPage,
    NotAcceptable,
    UnsupportedMediaType,
    UploadTooLarge,
)
from cancu.web.headers import SECURITY
from cancu.web.language import language_of
from cancu.web.negotiate import best
from cancu.web.site import NotModified, render

PROBLEM = "application/problem+json"

_LOG = logging.getLogger(__name__)

STATUS: tuple[tuple[type[CancuError], int], ...] = (
    (NoPage, 404),
    (UnknownQuestion, 404),
    (NotAcceptable, 406),
    (Forbidden, 403),
    (LengthRequired, 411),
    (UploadTooLarge, 413),
    (UnsupportedMediaType, 415),
    (Refused, 422),
    (RefusedQuery, 403),
    (TooLarge, 413),
    (TookTooLong, 503),
    (TooMuch, 503),
    (Busy, 503),
    (Cancelled, 503),
    (Failed, 500),
    (OnlyHere, 501),
    (EndpointRefused, 400),
    (GraphError, 503),
    (CancuError, 400),
)
"""The status of an error: that of the first class it belongs to."""

RETRY_SECONDS = 10
"""When to come back if an engine elsewhere did not answer."""

_NOTHING_HERE = ("Không có trang nào ở địa chỉ này.", "There is no page at this address.")
_BAD = (
    "Địa chỉ hoặc biểu mẫu có giá trị không hợp lệ.",
    "The address or form has a value that is not valid.",
)
_METHOD = ("Địa chỉ này không nhận cách gọi ấy.", "This address does not take that method.")
_OURS = (
    "Có lỗi ở phía máy chủ. Lỗi đã được ghi lại; xin thử lại sau.",
    "Something went wrong on the server. It has been logged; please try again later.",
)


def add_faults(app: FastAPI) -> None:
    """Give an application its error pages."""
    app.add_exception_handler(CancuError, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(NotModified, _not_modified)
    app.add_exception_handler(Exception, _unknown)


def status_of(error: CancuError) -> int:
    """The HTTP status of an error."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def _known(request: Request, error: Exception) -> Response:
    if not isinstance(error, CancuError):
        raise error
    response = _say(request, status_of(error), error)
    if isinstance(error, EndpointError) and response.status_code == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _say(request, status, CancuError(*(_METHOD if status == 405 else _NOTHING_HERE)))


def _invalid(request: Request, error: Exception) -> Response:
    return _say(request, 400, CancuError(*_BAD))


def _unknown(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    response = _say(request, 500, CancuError(*_OURS))
    # This one is made outside of the middleware that sets them.
    response.headers.update(SECURITY)
    return response


def _not_modified(request: Request, error: Exception) -> Response:
    tag = error.tag if isinstance(error, NotModified) else ""
    return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept, Cookie"})


def _say(request: Request, status: int, error: CancuError) -> Response:
    """The error as a page, or as a problem for programs."""
    if _wants_page(request):
        if isinstance(error, EndpointError):
            # The page that says so must not need what cannot be had.
            request.state.reading = None
        response: Response = render(
            request, "error.html", status, status=status, message=error.say(language_of(request))
        )
    else:
        described = _described(status, error, language_of(request))
        response = JSONResponse(described, status, media_type=PROBLEM)
        response.headers["Vary"] = "Accept, Cookie"
        if request.url.path == "/sparql":
            response.headers["Access-Control-Allow-Origin"] = "*"
    if isinstance(error, Busy):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _wants_page(request: Request) -> bool:
    if request.url.path.startswith(("/api", "/healthz")):
        return False
    kinds = (
        ("text/html", "application/json")
        if request.url.path != "/sparql"
        else ("application/json", "text/html")
    )
    return best(request.headers.get("accept", ""), kinds) == "text/html"


def _described(status: int, error: CancuError, language: str) -> dict[str, object]:
    """A problem in the words of RFC 9457; `vi` and `en` say it in both languages."""
    found: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": error.say(language),
        "vi": error.vi,
        "en": error.en,
    }
    if isinstance(error, BadQuery) and error.line:
        found |= {"line": error.line, "column": error.column}
    if isinstance(error, NotAcceptable):
        found["available"] = list(error.available)
    return found
