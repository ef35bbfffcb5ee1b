"""Running the application."""

from pathlib import Path

import uvicorn

from cancu.graph.endpoint import Endpoint
from cancu.graph.errors import NoSnapshot
from cancu.graph.publish import publish
from cancu.graph.snapshot import current
from cancu.web.app import create_app


def serve(
    home: Path, host: str = "127.0.0.1", port: int = 8000, endpoint: Endpoint | None = None
) -> None:
    """Serve the data in `home` until stopped; builds the plan that ships with the product if there is none.

    With an endpoint the data is read from there and nothing is built; it may be away and come back meanwhile.

    Raises:
        GraphError: there is no data and it cannot be built.
    """
    if endpoint is None:
        try:
            current(home)
        except NoSnapshot:
            publish(home)
    app = create_app(home, endpoint=endpoint)
    uvicorn.run(app, host=host, port=port, server_header=False, access_log=False)
