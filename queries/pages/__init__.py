"""The queries behind the pages: plain SPARQL files beside this one, asked through `Dataset.select`.

They are kept apart from `queries/questions`: a question is a promise to the user with a header and a shareable address, a
page query is part of one page. A variable that is bound ends in "_asked" and stands among the selected ones.
"""

from functools import cache
from importlib.resources import files

from cancu.ontology.terms import PREFIXES


@cache
def page_query(name: str) -> str:
    """The query of the file `name`.rq with the prefixes it uses.

    Raises:
        FileNotFoundError: there is no such file.
    """
    text = files("cancu.queries.pages").joinpath(f"{name}.rq").read_text("utf-8")
    used = (f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items() if f"{prefix}:" in text)
    return "\n".join([*used, text])
