"""The application, made from what it is given: a home folder with data and the way to run typed queries."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from cancu.graph.endpoint import Endpoint
from cancu.graph.errors import EndpointError, GraphError
from cancu.queries.pool import Pool
from cancu.queries.updater import Updates
from cancu.web import api, network_api, search_api
from cancu.web.admin import VARIABLE
from cancu.web.faults import add_faults
from cancu.web.headers import Headers
from cancu.web.openapi import described
from cancu.web.pages import (
    about,
    agencies,
    document,
    documents,
    editor,
    force,
    gaps,
    guide,
    home,
    inspections,
    measures,
    network,
    party,
    questions,
    reader,
    schedule,
    search,
    sparql,
    style,
    task,
    things,
    upload,
    why,
    written,
)
from cancu.web.prefix import VARIABLE as PREFIX
from cancu.web.prefix import Prefix, prefix_of
from cancu.web.reading import Elsewhere, Home
from cancu.web.service import Runner, Service, Updater
from cancu.web.site import FOLDER, make_site, site_of

_PAGES = (
    home,
    task,
    agencies,
    measures,
    network,
    party,
    inspections,
    schedule,
    document,
    documents,
    editor,
    force,
    gaps,
    reader,
    search,
    questions,
    written,
    editor,
    about,
    guide,
    style,
    upload,
    why,
    things,
)


def create_app(
    home: Path,
    runner: Runner | None = None,
    token: str | None = None,
    updater: Updater | None = None,
    endpoint: Endpoint | None = None,
    prefix: str | None = None,
) -> FastAPI:
    """The application over the data in `home`.

    Args:
        home: the home folder; a new snapshot in it is noticed at the next request.
        runner: runs typed queries (None: a pool of processes that ends with the application).
        updater: runs the updates of admins (None: on the graph of updates in `home`; elsewhere there are none).
        endpoint: the engine elsewhere that holds the data; None: the home folder holds it.
        token: what whoever adds documents must know (None: as the environment says; empty: nobody may).
        prefix: the path under which all addresses lie, as "/cancu" (None: as the environment says; empty: none).

    Raises:
        BadPrefix: the application cannot lie there.
    """
    pool = None if runner else Pool()
    updater = updater or (None if endpoint else Updates(home))
    service = Service(runner or pool or Pool(), updater)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        if pool:
            pool.close()
        service.forwarder.close()

    app = FastAPI(
        lifespan=lifespan,
        title="Căn Cứ",
        description="Which law each task of an administrative plan rests on, with the words as evidence.",
        version=version("cancu"),
        openapi_url="/api/openapi.json",
        # Swagger UI would load its scripts from elsewhere; /cau-hoi is the page for people.
        docs_url=None,
        redoc_url=None,
    )
    token = os.environ.get(VARIABLE, "") if token is None else token
    app.openapi = described(app)  # type: ignore[method-assign]
    holder = Elsewhere(endpoint) if endpoint else Home(home)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Headers)
    add_faults(app)
    for path in ("/sparql", "/sparql/"):
        # Not FastAPI's own kind of route, and the first that is looked at: it is asked most often.
        app.add_route(
            path, sparql.sparql, methods=["GET", "POST", "OPTIONS"], include_in_schema=False
        )
    for page in _PAGES:
        app.include_router(page.router)
    app.include_router(api.router)
    app.include_router(search_api.router)
    app.include_router(network_api.router)
    app.include_router(why.api)
    app.add_api_route("/healthz", health, methods=["GET"], response_model=None)
    app.mount(
        "/static", StaticFiles(directory=FOLDER / "static", follow_symlink=True), name="static"
    )
    prefix = prefix_of(os.environ.get(PREFIX, "") if prefix is None else prefix, app.routes)
    app.state.site = make_site(holder, service, token.strip(), prefix)
    if prefix:
        app.add_middleware(Prefix, prefix=prefix)
    return app


def health(request: Request) -> JSONResponse:
    """Whether there is data to serve, and which."""
    try:
        found = site_of(request).home.reading().dataset.version
    except GraphError as error:
        status = "no-answer" if isinstance(error, EndpointError) else "no-data"
        return JSONResponse({"status": status, "vi": error.vi, "en": error.en}, status_code=503)
    return JSONResponse({"status": "ok", "snapshot": found})
