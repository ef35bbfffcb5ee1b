"""Running the application."""

from pathlib import Path

import uvicorn

from cancu.graph.errors import NoSnapshot
from cancu.graph.publish import publish
from cancu.graph.snapshot import current
from cancu.web.app import create_app


def serve(home: Path, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the data in `home` until stopped; builds the plan that ships with the product if there is none.

    Raises:
        GraphError: there is no data and it cannot be built.
    """
    try:
        current(home)
    except NoSnapshot:
        publish(home)
    uvicorn.run(create_app(home), host=host, port=port, server_header=False, access_log=False)
