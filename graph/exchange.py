"""One HTTP request to an engine elsewhere and its whole answer: within a time and a size, tried again where that helps.

Only what passes is tried again: a connection that fails, and the statuses 502, 503 and 504. Redirections are not followed,
so that no name and password goes where nobody meant it to.
"""

import http.client
import os
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from cancu.graph import faults
from cancu.graph.credentials import Credentials
from cancu.graph.errors import EndpointAway

MB = 1024**2
_PIECE = 1 << 16


@dataclass(frozen=True)
class Limits:
    """What one request may cost.

    Attributes:
        seconds: for all of it, all attempts together.
        size: largest answer, in bytes.
        attempts: how often it is sent at most.
        pause: seconds before the second attempt, doubled before each further one.
    """

    seconds: float = 30.0
    size: int = 256 * MB
    attempts: int = 3
    pause: float = 0.3

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> "Limits":
        """As CANCU_ENDPOINT_SECONDS and CANCU_ENDPOINT_RESULT_MB say.

        Raises:
            BadEndpoint: one of them is no positive number.
        """
        seconds = _setting(environment, "CANCU_ENDPOINT_SECONDS", 30)
        return cls(seconds, int(_setting(environment, "CANCU_ENDPOINT_RESULT_MB", 256) * MB))


@dataclass(frozen=True)
class Reply:
    """A good answer: its bytes, its media type without parameters, and its headers."""

    body: bytes
    media_type: str
    headers: Message


class _Stay(HTTPRedirectHandler):
    """Takes a redirection for what it is: not an answer."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the redirection becomes an error."""


def exchange(request: Request, credentials: Credentials, limits: Limits) -> Reply:
    """Send a request and read its answer.

    Raises:
        EndpointError: of the kind that tells what is wrong; see `graph.errors`.
    """
    deadline = time.monotonic() + limits.seconds
    pause = limits.pause
    for left in reversed(range(limits.attempts)):
        try:
            with _said(limits):
                return _attempt(request, credentials, limits, deadline)
        except EndpointAway:
            if not left or time.monotonic() + pause > deadline:
                raise
        time.sleep(pause)
        pause *= 2
    raise faults.away()


def _attempt(request: Request, credentials: Credentials, limits: Limits, deadline: float) -> Reply:
    """Send it once; twice if the engine asks who we are."""
    for again in (True, False):
        credentials.sign(request)
        try:
            with _opener().open(request, timeout=_remaining(deadline)) as response:
                body = _read(response, limits, deadline)
                return Reply(body, response.headers.get_content_type(), response.headers)
        except HTTPError as error:
            with error:
                asked = error.headers.get("WWW-Authenticate", "")
                unknown = error.code == HTTPStatus.UNAUTHORIZED and credentials.challenged(asked)
                if not (again and unknown):
                    raise faults.of_status(error.code) from None
    raise faults.denied()


def _opener() -> OpenerDirector:
    return build_opener(_Stay)


def _read(response: Any, limits: Limits, deadline: float) -> bytes:
    """The whole body, piece by piece, so that neither a slow nor an endless one holds us."""
    parts: list[bytes] = []
    size = 0
    while piece := response.read1(_PIECE):
        parts.append(piece)
        size += len(piece)
        if size > limits.size:
            raise faults.too_large(limits.size // MB)
        _remaining(deadline)
    if response.length:
        raise faults.cut_off()
    return b"".join(parts)


def _remaining(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


@contextmanager
def _said(limits: Limits) -> Iterator[None]:
    """What can go wrong on the way, as errors of ours. No address and no name is in them."""
    try:
        yield
    except TimeoutError as error:
        raise faults.slow(limits.seconds) from error
    except http.client.IncompleteRead as error:
        raise faults.cut_off() from error
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise faults.slow(limits.seconds) from error
        if isinstance(error.reason, ssl.SSLError):
            raise faults.not_trusted() from error
        raise faults.away() from error
    except OSError as error:
        raise faults.away() from error
    except http.client.HTTPException as error:
        raise faults.not_an_endpoint() from error
    except ValueError as error:
        raise faults.denied() from error


def _setting(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name, "")
    try:
        value = float(text) if text else default
    except ValueError:
        value = 0
    if not 0 < value < float("inf"):
        raise faults.bad_setting(name, text)
    return value
