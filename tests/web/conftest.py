"""The application over the built-in plan, asked as a browser would."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cancu.graph.snapshot import Snapshot
from cancu.queries.guard import admit
from cancu.queries.sparql import Result, evaluate
from cancu.web.app import create_app

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PLAN = "/nhiem-vu/chi-linh/2023/kstthc-mot-cua"
DECISION = "/van-ban/ubnd-tp-chi-linh/quyet-dinh/chua-so/2023-02/ke-hoach-kstthc-mot-cua-2023"


def run_here(snapshot: Snapshot, query: str, media_type: str) -> Result:
    """Run a typed query in this process: the worker process has tests of its own."""
    admit(query)
    return evaluate(snapshot.open(), query, media_type)


def browser(home: Path) -> TestClient:
    """A client without cookies yet, which asks for pages."""
    app = create_app(home, run_query=run_here)
    return TestClient(app, headers=HTML, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def client(home: Path) -> TestClient:
    """A browser that has been nowhere."""
    return browser(home)
