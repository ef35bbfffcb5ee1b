"""A query to take along: as a link, as a command and as a program."""

import shlex
from collections.abc import Mapping
from urllib.parse import urlencode

from cancu.web.protocol import FORMATS

_PYTHON = """from SPARQLWrapper import {format}, SPARQLWrapper

service = SPARQLWrapper("{service}")
service.setMethod("POST")
service.setReturnFormat({format})
service.setQuery({query})
{rest}"""
_ROWS = 'for row in service.query().convert()["results"]["bindings"]:\n    print({name: term["value"] for name, term in row.items()})\n'
_ASK = 'print(service.query().convert()["boolean"])\n'
_GRAPH = "print(service.query().convert().decode())\n"


def reuse(base: str, query: str, form: str) -> Mapping[str, str]:
    """Ways to run a query of a form (SELECT …) elsewhere, by name.

    Args:
        base: address of this server, with a slash at its end.
        query: the whole text, with its prefixes.
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
    """
    service = f"{base}sparql"
    graph = form in ("CONSTRUCT", "DESCRIBE")
    accept = FORMATS["turtle" if graph else "json" if form == "ASK" else "csv"]
    return {
        "link": f"{service}?{urlencode({'query': query})}",
        "curl": f"curl -H 'Accept: {accept}' --data-urlencode {shlex.quote('query=' + query)} {shlex.quote(service)}",
        "python": _PYTHON.format(
            service=service,
            query=_quoted(query),
            format="TURTLE" if graph else "JSON",
            rest=_GRAPH if graph else _ASK if form == "ASK" else _ROWS,
        ),
    }


def _quoted(text: str) -> str:
    """A text as Python writes it, over several lines where it can be."""
    if "\\" in text or '"""' in text or text.endswith('"'):
        return repr(text)
    return f'"""{text}"""'
