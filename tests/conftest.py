"""What many tests look at: the plan that ships with the product, read once and published once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cancu.graph.build import PlanGraph, build_plan
from cancu.graph.dataset import Embedded
from cancu.graph.load import load
from cancu.graph.publish import Options, publish
from cancu.graph.remote import Remote
from cancu.loaders.parse import parse
from cancu.loaders.plan import Plan
from cancu.loaders.read import built_in
from tests.many import FOLDER
from tests.virtuoso import Virtuoso


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The built-in plan, parsed."""
    return parse(built_in())


@pytest.fixture(scope="session")
def built(plan: Plan) -> PlanGraph:
    """The built-in plan as a graph."""
    return build_plan(plan)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the built-in plan published; to be read, never built in again."""
    folder = tmp_path_factory.mktemp("home")
    publish(folder)
    return folder


@pytest.fixture(scope="session")
def dataset(home: Path) -> Embedded:
    """The published plan, ready to be asked."""
    return Embedded.at(home)


@pytest.fixture(scope="session")
def many_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the built-in plan and those of `tests.many`; to be read, never built in again."""
    folder = tmp_path_factory.mktemp("many")
    publish(folder)
    publish(folder, [FOLDER], options=Options(add=True))
    return folder


@pytest.fixture(scope="session")
def many(many_home: Path) -> Embedded:
    """Four plans, ready to be asked."""
    return Embedded.at(many_home)


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory, dataset: Embedded) -> Iterator[Virtuoso]:
    """A real Virtuoso that holds the published plan."""
    server = Virtuoso(tmp_path_factory.mktemp("virtuoso"))
    try:
        server.start()
        load(dataset.snapshot, server.endpoint(), server.store())
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def elsewhere(virtuoso: Virtuoso) -> Remote:
    """The published plan, asked of Virtuoso."""
    return Remote.at(virtuoso.endpoint())
