"""The application, made from what it is given: a home folder with data and the way to run typed queries."""

import os
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from cancu.graph.endpoint import Endpoint
from cancu.graph.errors import EndpointError, GraphError
from cancu.queries.sparql import run
from cancu.web import api
from cancu.web.admin import VARIABLE
from cancu.web.faults import add_faults
from cancu.web.headers import Headers
from cancu.web.pages import (
    about,
    document,
    documents,
    force,
    gaps,
    home,
    party,
    questions,
    reader,
    sparql,
    task,
    things,
    upload,
)
from cancu.web.reading import Elsewhere, Home
from cancu.web.site import FOLDER, RunQuery, make_site, site_of

_PAGES = (
    home,
    task,
    party,
    document,
    documents,
    force,
    gaps,
    reader,
    questions,
    sparql,
    about,
    upload,
    things,
)


def create_app(
    home: Path,
    run_query: RunQuery = run,
    token: str | None = None,
    endpoint: Endpoint | None = None,
) -> FastAPI:
    """The application over the data in `home`.

    Args:
        home: the home folder; a new snapshot in it is noticed at the next request.
        run_query: runs a typed query on a snapshot and gives the answer in a media type.
        endpoint: the engine elsewhere that holds the data; None: the home folder holds it.
        token: what whoever adds documents must know (None: as the environment says; empty: nobody may).
    """
    app = FastAPI(
        title="Căn Cứ",
        description="Which law each task of an administrative plan rests on, with the words as evidence.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    token = os.environ.get(VARIABLE, "") if token is None else token
    app.state.site = make_site(
        Elsewhere(endpoint) if endpoint else Home(home), run_query, token.strip()
    )
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Headers)
    add_faults(app)
    for page in _PAGES:
        app.include_router(page.router)
    app.include_router(api.router)
    app.add_api_route("/healthz", health, methods=["GET"], response_model=None)
    app.mount(
        "/static", StaticFiles(directory=FOLDER / "static", follow_symlink=True), name="static"
    )
    return app


def health(request: Request) -> JSONResponse:
    """Whether there is data to serve, and which."""
    try:
        version = site_of(request).home.reading().dataset.version
    except GraphError as error:
        status = "no-answer" if isinstance(error, EndpointError) else "no-data"
        return JSONResponse({"status": status, "vi": error.vi, "en": error.en}, status_code=503)
    return JSONResponse({"status": "ok", "snapshot": version})
