"""The application under a path of a larger site, as behind a reverse proxy at https://may-chu/cancu/.

Inside, all addresses are as they are without one. The prefix is taken off requests as they come in and put before the
addresses of pages, redirects and cookies as they go out, so that nothing else has to know it. A proxy may pass on the
prefix or leave it off.
"""

import re
from collections.abc import Sequence

from fastapi.routing import iter_route_contexts
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cancu.web.errors import BadPrefix

VARIABLE = "CANCU_PREFIX"

_SHAPE = re.compile(r"(?:/[\w.~-]*[\w~-])+", re.ASCII)
_ADDRESS = re.compile(r'(\s(?:href|src|action|formaction|data-[\w-]+)=")/(?!/)')
_PLACES = ("location", "content-location")


def prefix_of(text: str, routes: Sequence[BaseRoute] = ()) -> str:
    """A prefix as somebody wrote it, with a slash before it and none behind; empty for none.

    Args:
        text: "/cancu", "cancu" or "/cancu/".
        routes: of the application; it must not begin as one of their addresses does.

    Raises:
        BadPrefix: it is no path, or an address of the application.
    """
    found = text.strip().strip("/")
    if not found:
        return ""
    prefix = f"/{found}"
    taken = {(context.path or "").split("/")[1] for context in iter_route_contexts(routes)}
    if not _SHAPE.fullmatch(prefix) or found.split("/")[0] in taken:
        raise BadPrefix(text)
    return prefix


def at_prefix(html: str, prefix: str) -> str:
    """A page with its addresses under a prefix: attributes that hold one begin with a slash, and text has no bare quotes."""
    return _ADDRESS.sub(rf"\g<1>{prefix}/", html) if prefix else html


class Prefix:
    """Middleware: takes the prefix off the path of requests, and puts it before redirects and into cookies."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app = app
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        if path == self.prefix or path.startswith(f"{self.prefix}/"):
            path = path.removeprefix(self.prefix) or "/"
        # In place, because the page for a fault of ours is made outside of all middleware. Request.base_url is made of
        # app_root_path; a root_path would be taken off the path a second time.
        scope.update({"path": path, "root_path": "", "app_root_path": self.prefix})
        site = str(Request(scope).base_url).removesuffix(f"{self.prefix}/")

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._rewrite(MutableHeaders(scope=message), site)
            await send(message)

        await self.app(scope, receive, send_with)

    def _rewrite(self, headers: MutableHeaders, site: str) -> None:
        for name in _PLACES:
            address = headers.get(name, "").removeprefix(site)
            if address.startswith("/") and not address.startswith("//"):
                headers[name] = f"{self.prefix}{address}"
        cookies = headers.getlist("set-cookie")
        if cookies:
            del headers["set-cookie"]
        for cookie in cookies:
            headers.append(
                "set-cookie", re.sub(r"(?i)(; path=/)(?=;|$)", rf"\g<1>{self.prefix[1:]}/", cookie)
            )
