"""The verb that starts the web application: the one place where the command reaches into `web`."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cancu.graph.endpoint import Endpoint

from cancu.cli.main import language, say


def serve(
    home: Path,
    host: str,
    port: int,
    endpoint: "Endpoint | None" = None,
    prefix: str | None = None,
) -> None:
    """Serve the application until it is stopped.

    Raises:
        BadPrefix: the application cannot lie under the prefix.
        GraphError: there is no data and it cannot be built.
    """
    from cancu.queries.catalogue import catalogue
    from cancu.web.assets import MISSING, is_built
    from cancu.web.serve import serve as start

    if not is_built():
        say(MISSING[language() == "en"])
    for refused in catalogue().refused:
        say(refused.say(language()))
    start(home, host, port, endpoint, prefix)
