"""A SPARQL 1.1 engine somewhere else, asked through SPARQLWrapper.

Its address is given with `--endpoint` or CANCU_ENDPOINT, name and password only with CANCU_ENDPOINT_USER and
CANCU_ENDPOINT_PASSWORD.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.request import Request

from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from cancu.graph import faults
from cancu.graph.credentials import Credentials
from cancu.graph.errors import BadEndpoint
from cancu.graph.exchange import Limits, Reply, exchange
from cancu.graph.tokens import tokens

VARIABLE = "CANCU_ENDPOINT"
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_ROWS_GIVEN, _CUT_SHORT = "X-SPARQL-MaxRows", "X-SQL-State"
"""Headers of Virtuoso: only so many rows were given; it stopped before the end ("anytime query")."""


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper with our way to send: its own has no limits, and sets up digest for the whole process."""

    def __init__(self, endpoint: "Endpoint", form: str) -> None:
        self._form = form
        super().__init__(endpoint.url, returnFormat=JSON)
        self._endpoint = endpoint
        self.setMethod(POST)
        self.setOnlyConneg(True)
        if form in ("CONSTRUCT", "DESCRIBE"):
            self.setReturnFormat(TURTLE)

    def _parseQueryType(self, query: str) -> str:
        """The form of the query: theirs is found by a regular expression that warns with the query's text."""
        return self._form

    def answer(self) -> Reply:
        """The whole answer; theirs is read without limits."""
        request: Request = self._createRequest()
        return exchange(request, self._endpoint.credentials, self._endpoint.limits)


@dataclass(frozen=True)
class Endpoint:
    """An engine and how it is asked.

    Attributes:
        url: where it answers queries (SPARQL 1.1 Protocol).
        credentials: what it is shown when it asks.
        limits: what one query may cost.
    """

    url: str
    credentials: Credentials = field(default_factory=Credentials)
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        check_address(self.url)

    @classmethod
    def of(cls, url: str, environment: Mapping[str, str] = os.environ) -> "Endpoint":
        """The engine at an address, with the name, password and limits of the environment.

        Raises:
            BadEndpoint: the address cannot be used, or a limit is no number.
        """
        credentials = Credentials.of(VARIABLE, environment=environment)
        return cls(url.strip(), credentials, Limits.of(environment))

    def ask(
        self,
        query: str,
        media_type: str,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Reply:
        """The whole answer to a query, in a media type; the graphs as in the SPARQL 1.1 Protocol, section 2.1.4.

        Raises:
            EndpointError: see `exchange`; NotAnEndpoint: the answer is of another kind (a page, perhaps).
        """
        wrapper = _Wrapper(self, form_of(query))
        wrapper.setQuery(query)
        wrapper.addCustomHttpHeader("Accept", media_type)
        for iri in default_graphs:
            wrapper.addDefaultGraph(iri)
        for iri in named_graphs:
            wrapper.addNamedGraph(iri)
        reply = wrapper.answer()
        if reply.media_type != media_type:
            raise faults.not_an_endpoint()
        if reply.headers[_CUT_SHORT]:
            raise faults.cut_off()
        return reply


def rows_allowed(reply: Reply) -> int | None:
    """How many rows the engine gives at most, if it says so."""
    text = reply.headers.get(_ROWS_GIVEN, "")
    return int(text) if text.isdigit() else None


def form_of(query: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; SELECT where it is none of them, for the engine to refuse."""
    words = (text.upper() for kind, text in tokens(query) if kind == "word")
    return next((word for word in words if word in FORMS), "SELECT")


def check_address(url: str) -> None:
    """Look whether an address can be used.

    Raises:
        BadEndpoint: it is no http(s) address, or has a name and password in it.
    """
    try:
        parts = urlsplit(url)
        port_is_good = parts.port is None or parts.port > 0
    except ValueError:
        raise _bad("không đọc được", "it cannot be read") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_good:
        raise _bad(
            "phải bắt đầu bằng http:// hoặc https://", "it must begin with http:// or https://"
        )
    if "@" in parts.netloc:
        raise _bad(
            "không được chứa tên và mật khẩu; hãy dùng CANCU_ENDPOINT_USER và CANCU_ENDPOINT_PASSWORD",
            "it must not hold name and password; use CANCU_ENDPOINT_USER and CANCU_ENDPOINT_PASSWORD",
        )
    if not url.isascii() or any(character <= " " for character in url):
        raise _bad("chứa dấu cách hoặc chữ có dấu", "it has blanks or letters beyond ASCII")


def _bad(vi: str, en: str) -> BadEndpoint:
    return faults.bad_address(vi, en)
