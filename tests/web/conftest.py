"""The application over the built-in plan, asked as a browser would."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cancu.graph.snapshot import Snapshot
from cancu.queries.errors import QueryError
from cancu.queries.pool import Job, with_dataset
from cancu.queries.sparql import Asked, evaluate
from cancu.web.app import create_app

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PLAN = "/nhiem-vu/chi-linh/2023/kstthc-mot-cua"
DECISION = "/van-ban/ubnd-tp-chi-linh/quyet-dinh/chua-so/2023-02/ke-hoach-kstthc-mot-cua-2023"


class Here:
    """Runs typed queries in this process: the worker processes have tests of their own."""

    def submit(self, snapshot: Snapshot, asked: Asked) -> Job:
        """A query that is answered already."""
        job = Job(with_dataset(asked), snapshot)
        try:
            job.future.set_result(evaluate(snapshot.open(), job.asked))
        except QueryError as error:
            job.future.set_exception(error)
        return job


def browser(home: Path) -> TestClient:
    """A client without cookies yet, which asks for pages."""
    app = create_app(home, runner=Here())
    return TestClient(app, headers=HTML, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def client(home: Path) -> TestClient:
    """A browser that has been nowhere."""
    return browser(home)
