"""What every page is made with: the data, the templates of both languages, and the way a page is sent."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cancu.queries.catalogue import catalogue
from cancu.queries.codes import grouped, in_words
from cancu.web import addresses, shape
from cancu.web.assets import asset, built
from cancu.web.language import LANGUAGE_COOKIE, LANGUAGES, language_of, translations
from cancu.web.prefix import at_prefix
from cancu.web.reading import Holder, Home, Reading
from cancu.web.service import Service
from cancu.web.theme import THEME_COOKIE, THEMES, theme_of

FOLDER = Path(str(files("cancu.web")))
YEAR = 365 * 24 * 3600


class NotModified(Exception):
    """The browser has this page already."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


@dataclass(frozen=True)
class Site:
    """What an application is given.

    Attributes:
        home: the data.
        service: answers what people type at /sparql.
        environments: the templates, by language.
        token: what admins know; empty where nobody may add documents.
        look: changes when a template, style, message, question or the prefix does; part of every ETag.
        prefix: of all addresses, as "/cancu"; empty where there is none.
    """

    home: Holder
    service: Service
    environments: Mapping[str, Environment]
    look: str
    token: str = ""
    prefix: str = ""

    def tag(self, reading: Reading, request: Request) -> str:
        """The ETag of every page: which data, in which clothes, in which language, and on which day (pages say the force
        of today).
        """
        made = reading.manifest.created + date.today().isoformat()
        created = hashlib.sha256(made.encode()).hexdigest()[:4]
        worn = f"{self.look}-{language_of(request)}-{theme_of(request)}"
        return f'W/"{reading.dataset.version}-{created}-{worn}"'

    def macro(self, request: Request, name: str, macro: str) -> Any:
        """A macro of a template, in the language of a request."""
        language = language_of(request)
        reading = getattr(request.state, "reading", None)
        context = {"lang": language, **_kept(request, reading)}
        module = self.environments[language].get_template(name).make_module(context)
        return getattr(module, macro)

    def template(self, request: Request, name: str, context: Mapping[str, Any]) -> str:
        """A template filled in for a request, in its language."""
        language = language_of(request)
        reading = getattr(request.state, "reading", None)
        common = {
            "lang": language,
            "path": request.url.path,
            "theme": theme_of(request),
            "themes": THEMES,
            "switch": partial(_switched, request),
            "words": partial(in_words, language=language),
            "reading": reading,
            "name": partial(reading.name, language=language) if reading else str,
            **_kept(request, reading),
        }
        page = self.environments[language].get_template(name).render({**common, **context})
        return at_prefix(page, self.prefix)


def make_site(holder: Holder, service: Service, token: str = "", prefix: str = "") -> Site:
    """The parts of an application over the data that a holder gives."""
    return Site(
        holder,
        service,
        {language: _environment(language) for language in LANGUAGES},
        _look(prefix),
        token,
        prefix,
    )


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site: Site = request.app.state.site
    return site


def snapshot_of(request: Request) -> Reading:
    """The snapshot of a request: asked once, the same for all of it.

    Raises:
        NoSnapshot: there is no data.
    """
    found: Reading = getattr(request.state, "reading", None) or site_of(request).home.reading()
    request.state.reading = found
    return found


async def snapshot_soon(request: Request) -> Reading:
    """As `snapshot_of`, for what runs in the event loop: an engine elsewhere is asked in a thread.

    Raises:
        GraphError: there is no data, or it cannot be reached.
    """
    here = isinstance(site_of(request).home, Home)
    return snapshot_of(request) if here else await run_in_threadpool(snapshot_of, request)


def reading_of(request: Request) -> Reading:
    """The snapshot of a request for a page.

    Raises:
        NoSnapshot: there is no data.
        NotModified: the browser has the page as it would be made now.
    """
    found = snapshot_of(request)
    tag = site_of(request).tag(found, request)
    asked = request.headers.get("if-none-match", "")
    if request.method in ("GET", "HEAD") and tag in (t.strip() for t in asked.split(",")):
        raise NotModified(tag)
    return found


Data = Annotated[Reading, Depends(reading_of)]


def render(request: Request, name: str, status: int = 200, /, **context: Any) -> HTMLResponse:
    """A page. A good one carries its ETag; asking with ?lang=… or ?theme=… remembers the choice."""
    site, language = site_of(request), language_of(request)
    response = HTMLResponse(site.template(request, name, context), status_code=status)
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept, Cookie"
    response.headers["Cache-Control"] = "no-cache"
    reading = getattr(request.state, "reading", None)
    if status == 200 and reading:
        response.headers["ETag"] = site.tag(reading, request)
    for cookie, chosen, known in (
        (LANGUAGE_COOKIE, language, LANGUAGES),
        (THEME_COOKIE, theme_of(request), THEMES),
    ):
        if request.query_params.get(cookie) in known:
            response.set_cookie(cookie, chosen, max_age=YEAR, httponly=True, samesite="lax")
    return response


def _kept(request: Request, reading: Reading | None) -> dict[str, Any]:
    """The choice of a plan, and the makers of addresses that keep it."""
    from cancu.web.scope import Scope, every

    scope = getattr(request.state, "scope", None) or (every(reading) if reading else Scope(()))

    def question_page(code: str, **parameters: str) -> str | None:
        return scope.keep(addresses.question_page(code, **parameters))

    def asked_values(*but: str) -> list[tuple[str, str]]:
        left_out = {*but, LANGUAGE_COOKIE, THEME_COOKIE, "format", "page"}
        return [(k, v) for k, v in request.query_params.multi_items() if k not in left_out and v]

    return {
        "asked_values": asked_values,
        "scope": scope,
        "scope_slug": scope.slug_of,
        "keep": scope.keep,
        "page_of": lambda iri: scope.keep(addresses.page_of(iri)),
        "question_page": question_page,
    }


def _switched(request: Request, name: str, value: str) -> str:
    """The same page in another language or theme."""
    query = [(k, v) for k, v in request.query_params.multi_items() if k != name]
    return f"{request.url.path}?{urlencode([*query, (name, value)])}"


def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    words = translations(language)
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        words.gettext, words.ngettext, newstyle=True
    )
    environment.globals |= {
        "asset": asset,
        "built": built,
        "page_of": addresses.page_of,
        "question_page": addresses.question_page,
        "software": f"cancu {version('cancu')}",
    }
    environment.filters |= {
        "day": shape.day,
        "moment": shape.moment,
        "grouped": partial(grouped, language=language),
    }
    return environment


def _look(prefix: str) -> str:
    digest = hashlib.sha256(f"{version('cancu')}{prefix}".encode())
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in (".html", ".css", ".js", ".po", ".svg"):
            digest.update(path.read_bytes())
    digest.update(repr(catalogue()).encode())
    return digest.hexdigest()[:8]
