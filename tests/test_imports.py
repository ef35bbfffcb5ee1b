"""Imports run one way: web, cli -> queries -> graph -> loaders -> ontology.

The files are read, not imported, so that an import inside a function or under TYPE_CHECKING
counts as well.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LEVEL = {"ontology": 0, "loaders": 1, "graph": 2, "queries": 3, "web": 4, "cli": 4}
ALLOWED = {("cli/serve.py", "web")}  # the verb `serve` starts the application


def imported_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported; a relative import keeps its dots."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield node.lineno, alias.name
            case ast.ImportFrom(module=module, names=names, level=level):
                for alias in names:
                    name = f"{module}.{alias.name}" if module else alias.name
                    yield node.lineno, "." * level + name
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__")
                | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield node.lineno, name


def faults(path: str, source: str) -> list[str]:
    """What is wrong with the imports of one module, given its path from the root."""
    home = path.split("/")[0]
    found = []
    for line, name in imported_names(ast.parse(source)):
        head, _, rest = name.partition(".")
        folder = rest.split(".")[0]
        if name.startswith("."):
            found.append(f"{path}:{line}: relative import {name}")
        elif head in LEVEL:
            found.append(f"{path}:{line}: {name} is to be imported as cancu.{name}")
        elif head != "cancu" or folder == home or (path, folder) in ALLOWED:
            continue
        elif folder not in LEVEL:
            found.append(f"{path}:{line}: {name} names no folder of the project")
        elif LEVEL[folder] >= LEVEL[home]:
            found.append(f"{path}:{line}: {home} must not import {folder}")
    return found


@pytest.mark.parametrize("folder", LEVEL)
def test_imports_run_one_way(folder: str) -> None:
    modules = [
        path
        for path in sorted((ROOT / folder).rglob("*.py"))
        if not {"frontend", "node_modules"} & set(path.relative_to(ROOT).parts)
    ]
    assert modules, f"nothing to look at in {folder}/"
    assert [
        fault
        for path in modules
        for fault in faults(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
    ] == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        # down, by one level or by many
        ("web/app.py", "from cancu.queries.ask import ask"),
        ("cli/main.py", "import cancu.ontology"),
        ("graph/build.py", "from cancu import loaders, ontology"),
        # within one folder
        ("graph/build.py", "from cancu.graph.store import Store"),
        # the one exception
        ("cli/serve.py", "def serve():\n    from cancu.web.app import create_app"),
        # other people's packages, however they are called
        ("ontology/load.py", "import rdflib.graph\nfrom networkx import graph"),
        ("ontology/load.py", "text = 'import cancu.web'"),
    ],
)
def test_allowed_imports(path: str, source: str) -> None:
    assert faults(path, source) == []


@pytest.mark.parametrize(
    ("path", "source", "fault"),
    [
        # upwards
        ("loaders/read.py", "import cancu.graph", "1: loaders must not import graph"),
        ("ontology/load.py", "from cancu import web", "1: ontology must not import web"),
        ("queries/ask.py", "import os, cancu.cli.main", "1: queries must not import cli"),
        # hidden in a function, under TYPE_CHECKING, or in a string
        (
            "graph/build.py",
            "def f():\n    from cancu.queries import x",
            "2: graph must not import queries",
        ),
        (
            "loaders/plan.py",
            "if TYPE_CHECKING:\n    from cancu.web.app import App",
            "2: loaders must not import web",
        ),
        (
            "graph/build.py",
            "importlib.import_module('cancu.web.app')",
            "1: graph must not import web",
        ),
        # the two doors
        ("web/app.py", "import cancu.cli.main", "1: web must not import cli"),
        ("cli/main.py", "from cancu.web import app", "1: cli must not import web"),
        ("web/serve.py", "import cancu.cli", "1: web must not import cli"),
        # other names of the same modules
        ("graph/build.py", "from .store import Store", "1: relative import .store.Store"),
        ("web/pages/home.py", "from .. import app", "1: relative import ..app"),
        (
            "graph/build.py",
            "from loaders.read import read",
            "1: loaders.read.read is to be imported as cancu.loaders.read.read",
        ),
        ("graph/build.py", "import cancu", "1: cancu names no folder of the project"),
        ("graph/build.py", "import cancu.utils", "1: cancu.utils names no folder of the project"),
    ],
)
def test_forbidden_imports(path: str, source: str, fault: str) -> None:
    assert faults(path, source) == [f"{path}:{fault}"]
