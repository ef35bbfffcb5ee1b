"""The graph that answers a question, where it constructs one."""

from collections.abc import Callable

from pyoxigraph import RdfFormat, serialize

from cancu.ontology.terms import PREFIXES
from cancu.queries.answer import Answer
from cancu.queries.formats.edition import Edition


def as_graph(form: RdfFormat) -> Callable[[Answer, Edition], bytes]:
    """A writer of graphs in this format."""

    def write(answer: Answer, edition: Edition) -> bytes:
        triples = answer.triples[: answer.most]
        text = " ".join(map(str, triples))
        used = {name: iri for name, iri in PREFIXES.items() if f"<{iri}" in text}
        prefixes = used if form.name != RdfFormat.N_TRIPLES.name else None
        return serialize(triples, format=form, prefixes=prefixes) or b""

    return write
