"""Who may add documents: whoever has the admin token, which stands in the environment variable `CANCU_ADMIN_TOKEN`.

Without a token that door is shut. A browser keeps a signed mark of the sign-in for a working day, programs send
`Authorization: Bearer TOKEN`.
"""

import hmac
import time
from hashlib import sha256
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import Response

from cancu.web.errors import Forbidden

VARIABLE = "CANCU_ADMIN_TOKEN"
COOKIE = "cancu_admin"
SESSION_SECONDS = 8 * 3600
WRONG_SECONDS = 1.0
"""How long a wrong token is kept waiting."""


def is_admin(request: Request) -> bool:
    """Whether the request may add documents."""
    token = _token(request)
    if not token:
        return False
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() == "bearer" and _same(given.strip(), token):
        return True
    until, _, mark = request.cookies.get(COOKIE, "").partition(".")
    return until.isdigit() and int(until) > time.time() and _same(mark, _mark(token, until))


def is_open(request: Request) -> bool:
    """Whether there is a token at all."""
    return bool(_token(request))


def admit(request: Request) -> None:
    """Let an admin's own request pass.

    Raises:
        Forbidden: no token, or the request comes from another site's page (its Origin is not ours).
    """
    origin = request.headers.get("origin")
    if not is_admin(request):
        raise Forbidden(
            "Cần mã quản trị để làm việc này: hãy nhập mã ở trang Tải lên.",
            "This needs the admin token: enter it on the upload page.",
        )
    if origin and urlsplit(origin).netloc != request.headers.get("host", ""):
        raise Forbidden(
            "Yêu cầu này đến từ trang của một nơi khác nên không được nhận.",
            "This request comes from another site's page and is not accepted.",
        )


def sign_in(request: Request, typed: str, response: Response) -> bool:
    """Keep a sign-in in the browser if the token is right; whether it is. A wrong one costs a second."""
    token = _token(request)
    if not token or not _same(typed.strip(), token):
        time.sleep(WRONG_SECONDS)
        return False
    until = str(int(time.time()) + SESSION_SECONDS)
    response.set_cookie(
        COOKIE,
        f"{until}.{_mark(token, until)}",
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return True


def sign_out(response: Response) -> None:
    """Forget the sign-in."""
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")


def _token(request: Request) -> str:
    token: str = request.app.state.site.token
    return token


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def _mark(token: str, until: str) -> str:
    return hmac.new(token.encode(), f"cancu-admin:{until}".encode(), sha256).hexdigest()
