"""The data files that ship with the package, as files, texts and quads.

The only module of the folder that needs pyoxigraph.
"""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from cancu.ontology.iri import mint
from cancu.ontology.terms import GRAPHS, OWL, SKOS


def vocabulary_files() -> list[Traversable]:
    """Give the own terms (cancu.ttl), then the concept schemes: the lists, the topics, the drawing of the network."""
    return [_folder() / f"{name}.ttl" for name in ("cancu", "schemes", "topics", "network")]


def vocabulary_text() -> str:
    """Give the own terms in Turtle."""
    return (_folder() / "cancu.ttl").read_text("utf-8")


@cache
def vocabulary_version() -> str:
    """Give the version of the own terms, as their file says it: "0.3.0"."""
    text = (_folder() / "cancu.ttl").read_bytes()
    found = (
        quad.object.value
        for quad in parse(text, format=RdfFormat.TURTLE)
        if quad.predicate.value == OWL.versionInfo and isinstance(quad.object, Literal)
    )
    return next(found)


def registry_files() -> list[Traversable]:
    """Give the hand-kept registries, in the order of their names."""
    return _by_name(_folder() / "registry", ".ttl")


def rules() -> list[tuple[str, str]]:
    """Give the rules that derive edges, as (name, SPARQL text), in running order."""
    found = _by_name(_folder() / "rules", ".rq")
    return [(file.name.removesuffix(".rq"), file.read_text("utf-8")) for file in found]


@cache
def settings(name: str) -> dict[str, Any]:
    """Read a table of wordings ("groups", "series") that the graph is built with."""
    return tomllib.loads((_folder() / f"{name}.toml").read_text("utf-8"))


def shapes_text() -> str:
    """Give the SHACL shapes, in Turtle."""
    return (_folder() / "shapes.ttl").read_text("utf-8")


@cache
def ontology_quads() -> tuple[Quad, ...]:
    """Parse vocabulary, schemes and registries into quads of their named graphs.

    Raises SyntaxError (from pyoxigraph) with file and line if a shipped file is damaged.
    """
    vocabulary, *lists = vocabulary_files()
    quads = _quads(vocabulary, GRAPHS.ban_the_hoc)
    for file in lists:
        quads += _quads(file, GRAPHS.danh_muc)
    for file in registry_files():
        quads += _quads(file, GRAPHS.so_bo)
    return tuple(quads)


@cache
def notations(scheme: str) -> dict[str, str]:
    """Map the machine codes of a scheme to its concepts: for "vai-tro", ``lead`` -> ``…/chu-tri``.

    Raises KeyError if there is no such scheme.
    """
    start = mint("scheme", scheme=scheme) + "/"
    found = {
        quad.object.value: quad.subject.value
        for quad in ontology_quads()
        if quad.predicate.value == SKOS.notation
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
        and quad.subject.value.startswith(start)
    }
    if not found:
        raise KeyError(scheme)
    return found


def _folder() -> Traversable:
    return files("cancu.ontology")


def _by_name(folder: Traversable, ending: str) -> list[Traversable]:
    found = (file for file in folder.iterdir() if file.name.endswith(ending))
    return sorted(found, key=lambda file: file.name)


def _quads(file: Traversable, graph: str) -> list[Quad]:
    name = NamedNode(graph)
    with file.open("rb") as stream:
        return [
            Quad(quad.subject, quad.predicate, quad.object, name)
            for quad in parse(stream, format=RdfFormat.TURTLE)
        ]
