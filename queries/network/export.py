"""The network as files for other programs: one table of forms for the command and the API."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import networkx as nx

from cancu.graph.network import Network
from cancu.queries.errors import BadValue
from cancu.queries.formats.lines import safe

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIST = " | "
"""Between the values of a list, where a form knows no lists."""
_ENDS = ("label", "kind", "code")
"""What a line about an edge says of its two ends."""


@dataclass(frozen=True)
class Exporter:
    """A form of the network.

    Attributes:
        media_type: of its bytes.
        ending: of the name of its file.
        write: makes the bytes, in a language where the form has words of its own.
    """

    media_type: str
    ending: str
    write: Callable[[Network, str], bytes]


def exporter(name: str) -> Exporter:
    """The form with this name.

    Raises:
        BadValue: there is none.
    """
    if name not in EXPORTERS:
        listed = ", ".join(EXPORTERS)
        raise BadValue(
            f"Mạng lưới không có dạng “{name}”. Có: {listed}.",
            f"There is no form “{name}” of the network. There are: {listed}.",
        )
    return EXPORTERS[name]


def as_graphml(network: Network, language: str) -> bytes:
    """GraphML, for networkx, Gephi, yEd; lists become one text."""
    stream = io.BytesIO()
    nx.write_graphml(_plain(network), stream, named_key_ids=True)
    return stream.getvalue()


def as_gexf(network: Network, language: str) -> bytes:
    """GEXF, for Gephi; lists become one text."""
    plain = _plain(network)
    # GEXF wants an id of its own for each edge; our keys tell apart only edges of the same ends
    for number, (*_, edge) in enumerate(plain.edges(data=True)):
        edge["id"] = str(number)
    stream = io.BytesIO()
    nx.write_gexf(plain, stream)
    return stream.getvalue()


def as_csv(network: Network, language: str) -> bytes:
    """The edges, a line each, with the names of their ends (UTF-8, commas, RFC 4180)."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    heads = [f"{end}_{name}" for end in ("source", "target") for name in _ENDS]
    writer.writerow(["source", "target", *heads, *EDGE_COLUMNS])
    for source, target, edge in network.edges(data=True):
        ends = [network.nodes[end][name] for end in (source, target) for name in _ENDS]
        values = [_text(edge[name]) for name in EDGE_COLUMNS]
        writer.writerow(safe([source, target, *ends, *values]))
    return stream.getvalue().encode()


def _plain(network: Network) -> Network:
    """The same network with nothing in it that XML has no place for."""
    found: Network = nx.MultiDiGraph()
    for iri, node in network.nodes(data=True):
        found.add_node(iri, **{name: _clean(value) for name, value in node.items()})
    for source, target, key, edge in network.edges(keys=True, data=True):
        values = {name: _clean(_text(value)) for name, value in edge.items()}
        found.add_edge(source, target, key=key, **values)
    return found


def _text(value: object) -> str | int:
    if isinstance(value, int):
        return value
    return _LIST.join(map(str, value)) if isinstance(value, tuple) else str(value)


def _clean(value: str | int) -> str | int:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


EDGE_COLUMNS = (
    "role",
    "part",
    "way",
    "tier",
    "selection",
    "weight",
    "task_codes",
    "tasks",
    "plan",
    "section",
    "quarters",
    "quarters_proposed",
    "through",
    "words",
)
"""What a line about an edge says of it."""

EXPORTERS: Mapping[str, Exporter] = {
    "graphml": Exporter("application/graphml+xml", "graphml", as_graphml),
    "gexf": Exporter("application/gexf+xml", "gexf", as_gexf),
    "csv": Exporter("text/csv", "csv", as_csv),
}
"""Name of a form -> how it is made; a further form is a further line."""
