"""Name and password for a SPARQL engine, shown to it only when it asks for them: basic or digest (RFC 7617, RFC 7616)."""

import base64
import os
from collections.abc import Mapping
from threading import Lock
from urllib.request import (
    AbstractDigestAuthHandler,
    HTTPPasswordMgr,
    Request,
    parse_http_list,
    parse_keqv_list,
)


class _OnePair(HTTPPasswordMgr):
    """The same name and password wherever they are asked for."""

    def __init__(self, user: str, password: str) -> None:
        super().__init__()
        self.pair = user, password

    def find_user_password(self, realm: str, authuri: str) -> tuple[str, str]:
        """The name and the password."""
        return self.pair


class Credentials:
    """A name and a password, never part of a message or of the representation.

    What the engine asked for last is remembered, so that it need not ask before every answer.
    """

    def __init__(self, user: str = "", password: str = "") -> None:
        self._pair = user, password
        self._challenge: tuple[str, dict[str, str]] | None = None
        self._digest = AbstractDigestAuthHandler(_OnePair(user, password))
        self._lock = Lock()

    @classmethod
    def of(cls, *prefixes: str, environment: Mapping[str, str] = os.environ) -> "Credentials":
        """Those of `{prefix}_USER` and `{prefix}_PASSWORD`, for the first prefix that has a user; else none."""
        for prefix in prefixes:
            if user := environment.get(f"{prefix}_USER"):
                return cls(user, environment.get(f"{prefix}_PASSWORD", ""))
        return cls()

    def challenged(self, header: str) -> bool:
        """Remember a `WWW-Authenticate` header; whether there is an answer to it."""
        scheme, _, rest = header.partition(" ")
        known = scheme.lower() in ("basic", "digest") and bool(self._pair[0])
        with self._lock:
            fields = parse_keqv_list([*filter(None, parse_http_list(rest))]) if known else {}
            self._challenge = (scheme.lower(), fields) if known else None
        return known

    def sign(self, request: Request) -> None:
        """Answer what the engine asked for last in the header of a request; nothing if it has asked for nothing.

        Raises:
            ValueError: it asked for a kind of digest that is not known here.
        """
        with self._lock:
            if self._challenge is None:
                return
            scheme, fields = self._challenge
            if scheme == "basic":
                pair = ":".join(self._pair).encode()
                answer: str | None = base64.b64encode(pair).decode("ascii")
            else:
                answer = self._digest.get_authorization(request, fields)
        if answer is None:
            raise ValueError("unknown kind of digest")
        request.add_unredirected_header("Authorization", f"{scheme.title()} {answer}")
