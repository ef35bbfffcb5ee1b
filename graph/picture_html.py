"""A picture as one file of HTML that works from a disk: its script, styles and table are in it, and it asks for nothing."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cancu.graph.errors import NotBuilt
from cancu.graph.network import Network
from cancu.graph.picture import Picture, clean, for_browser, look
from cancu.graph.picture_svg import Around, by_variable, key_of, to_svg
from cancu.graph.picture_words import said
from cancu.ontology.network import EDGES, NODES, WAYS, kinds

_NO_MARKUP = str.maketrans("<>", "()")
ROWS = 1_000
"""How many edges the table has at the most."""
INLINE = 400
"""A picture of more marks is not drawn a second time as SVG, for whoever runs no script and for paper."""


@dataclass(frozen=True)
class Row:
    """An edge as the table has it."""

    source: str
    target: str
    source_kind: str
    target_kind: str
    ends: tuple[str, str]
    role: str
    relation: str
    way: str
    manner: str
    tasks: tuple[str, ...]


def to_html(picture: Picture, network: Network, around: Around, version: str) -> str:
    """The page.

    Args:
        picture: what to draw.
        network: what it was drawn from: the table.
        around: title, sentence and language.
        version: of the data, to be said.

    Raises:
        NotBuilt: the script is built from packages, and here it is not.
    """
    script, style = Markup(_built("network.js")), Markup(_style())  # noqa: S704 - our own files
    rows = list(_rows(network, around.language))
    page: str = _page().render(
        around=around,
        words=said(around.language),
        version=version,
        script=script,
        style=style,
        licences=_licences(),
        policy=(
            f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        ),
        drawing=_drawing(picture, around) if len(picture.marks) <= INLINE else "",
        data=_data(picture),
        keys=_keys(network, around.language),
        rows=rows[:ROWS],
        number=len(rows),
    )
    return page


def _drawing(picture: Picture, around: Around) -> Markup:
    bare = Around(around.title, around.says, around.language, key=False)
    return Markup(to_svg(picture, bare, by_variable))  # noqa: S704 - written by lxml


@cache
def _page() -> Any:
    environment = Environment(
        loader=PackageLoader("cancu.graph"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("picture.html")


def _assets() -> Traversable:
    """What is built from packages lies where the server gives it out: files, read as files."""
    return files("cancu.web").joinpath("static", "dist")


@cache
def _built(name: str) -> str:
    try:
        entries = json.loads(_assets().joinpath("assets.json").read_text("utf-8"))["entries"]
        script = _assets().joinpath(entries[name]).read_text("utf-8")
    except (OSError, KeyError) as error:
        raise NotBuilt.of_page() from error
    if "</script" in script.lower() or "<!--" in script:
        raise NotBuilt.of_page()
    return script


@cache
def _licences() -> str:
    """The licences of what the script is made of, as the text of a comment."""
    text = _assets().joinpath("network-licenses.txt").read_text("utf-8")
    while "--" in text:
        text = text.replace("--", "- -")
    return text.translate(_NO_MARKUP)


@cache
def _style() -> str:
    """The style sheet, with the colours by day and by night."""
    colours: Mapping[str, tuple[str, str, str]] = look()["colours"]
    by_day, by_night = (
        "".join(f"--{name}:{values[place]};" for name, values in colours.items())
        for place in (1, 2)
    )
    rules = files("cancu.graph").joinpath("templates", "picture.css").read_text("utf-8")
    return (
        f":root{{{by_day}color-scheme:light dark}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{by_night}}}}}\n{rules}"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _data(picture: Picture) -> dict[str, Any]:
    made = for_browser(picture)
    order = sorted(picture.marks, key=lambda mark: (mark.kind, mark.label, mark.iri))
    return {
        **made,
        "colours": {name: f"--{name}" for name in look()["colours"]},
        "order": [mark.iri for mark in order],
    }


def _keys(network: Network, language: str) -> list[tuple[str, str, str, Markup]]:
    """The boxes of the key: what they filter, code, name and sample."""
    there = {
        "kind": {node["kind"] for _, node in network.nodes(data=True)},
        "role": {edge["role"] for *_, edge in network.edges(data=True)},
        "way": {edge["way"] for *_, edge in network.edges(data=True)},
    }
    schemes = (("kind", NODES, "node"), ("role", EDGES, "edge"), ("way", WAYS, "way"))
    return [
        (what, code, kind.say(language), Markup(key_of(sample, code, by_variable)))  # noqa: S704
        for what, scheme, sample in schemes
        for code, kind in kinds(scheme).items()
        if code in there[what]
    ]


def _rows(network: Network, language: str) -> Iterator[Row]:
    def name(iri: str) -> str:
        said_of = network.nodes[iri]
        return clean(said_of["code"] or said_of["label"])

    edges = sorted(
        network.edges(data=True),
        key=lambda e: (name(e[0]), e[2]["role"], e[2]["way"], name(e[1]), e[1]),
    )
    for a, b, edge in edges:
        way = str(edge["way"])
        yield Row(
            source=name(a),
            target=name(b),
            source_kind=network.nodes[a]["kind"],
            target_kind=network.nodes[b]["kind"],
            ends=(a, b),
            role=edge["role"],
            relation=kinds(EDGES)[edge["role"]].say(language),
            way=way,
            manner=kinds(WAYS)[way].say(language) if way else said(language)["way_less"],
            tasks=tuple(edge["task_codes"]),
        )
