"""Running the application."""

import logging
from contextlib import suppress
from pathlib import Path
from threading import Thread

import uvicorn
from fastapi import FastAPI

from cancu.graph.endpoint import Endpoint
from cancu.graph.errors import GraphError, NoSnapshot
from cancu.graph.publish import catch_up, publish
from cancu.web.ahead import read_ahead
from cancu.web.app import create_app


def serve(
    home: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    endpoint: Endpoint | None = None,
    prefix: str | None = None,
) -> None:
    """Serve the data in `home` until stopped; builds the plan that ships with the product if there is none.

    With an endpoint the data is read from there and nothing is built; it may be away and come back meanwhile. All
    addresses lie under the prefix (None: as the environment says).

    Raises:
        BadPrefix: the application cannot lie under the prefix.
        GraphError: there is no data and it cannot be built.
    """
    app = create_app(home, endpoint=endpoint, prefix=prefix)
    if endpoint is None:
        _make_ready(home)
    _read_ahead(app)
    uvicorn.run(app, host=host, port=port, server_header=False, access_log=False)


def _read_ahead(app: FastAPI) -> None:
    """Read what many pages need while nobody waits for it; a page that is asked meanwhile waits for its own part only."""

    def read() -> None:
        # What is wrong with the data is said by the pages.
        with suppress(GraphError):
            read_ahead(app.state.site.home.reading())

    Thread(target=read, name="read-ahead", daemon=True).start()


def _make_ready(home: Path) -> None:
    """Publish what is not published yet; the plan that ships with the product where there is nothing."""
    try:
        catch_up(home)
    except NoSnapshot:
        publish(home)
    except GraphError as error:
        # Served all the same: every page says what is wrong, or what is sound is served.
        logging.getLogger("uvicorn.error").warning("%s / %s", error.vi, error.en)
