"""Running the application."""

import logging
from pathlib import Path

import uvicorn

from cancu.graph.errors import GraphError, NoSnapshot
from cancu.graph.publish import catch_up, publish
from cancu.web.app import create_app


def serve(home: Path, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the data in `home` until stopped; builds the plan that ships with the product if there is none.

    Raises:
        GraphError: there is no data and it cannot be built.
    """
    try:
        catch_up(home)
    except NoSnapshot:
        publish(home)
    except GraphError as error:
        # Served all the same: every page says what is wrong, or what is sound is served.
        logging.getLogger("uvicorn.error").warning("%s / %s", error.vi, error.en)
    uvicorn.run(create_app(home), host=host, port=port, server_header=False, access_log=False)
