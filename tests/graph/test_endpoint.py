"""An engine elsewhere that does not do what it should: one plain error each, and nothing given away."""

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from cancu.graph.credentials import Credentials
from cancu.graph.endpoint import Endpoint, form_of
from cancu.graph.errors import (
    AnswerCutOff,
    AnswerTooLarge,
    BadEndpoint,
    EndpointAway,
    EndpointDenied,
    EndpointError,
    EndpointFailed,
    EndpointRefused,
    EndpointSlow,
    NotAnEndpoint,
)
from cancu.graph.exchange import Limits
from cancu.graph.remote import size_at
from tests.engine import JSON, Engine, Handler, Odd

ONE_ROW = b'{"head":{"vars":["triples"]},"results":{"bindings":[{"triples":{"type":"literal","value":"7","datatype":"http://www.w3.org/2001/XMLSchema#integer"}}]}}'


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine() as running:
        yield running


def given(status: int, kind: str = JSON, body: bytes = ONE_ROW, **headers: str) -> Odd:
    return lambda handler: handler.give(status, kind, body, **headers)


def promised(length: str, body: bytes) -> Odd:
    """An answer that ends before the length it promised."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.send_header(*length.split(": "))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return answer


def endless(pause: float, piece: bytes) -> Odd:
    """An answer that goes on and on."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.end_headers()
        handler.close_connection = True
        for _ in range(10_000):
            handler.wfile.write(piece)
            time.sleep(pause)

    return lambda handler: _until_gone(answer, handler)


def _until_gone(answer: Odd, handler: Handler) -> None:
    try:
        answer(handler)
    except OSError:
        return


def silent(handler: Handler) -> None:
    """No answer for longer than anybody waits."""
    time.sleep(1.5)


def dropped(handler: Handler) -> None:
    """The connection closed without a word."""
    handler.close_connection = True


def ask(endpoint: Endpoint) -> int:
    return size_at(endpoint, "http://e/g")


FAULTS: dict[str, tuple[Odd, type[EndpointError]]] = {
    "no password": (given(401, WWW_Authenticate='Basic realm="x"'), EndpointDenied),
    "a kind of login nobody knows": (given(401, WWW_Authenticate="Negotiate"), EndpointDenied),
    "forbidden": (given(403), EndpointDenied),
    "not found": (given(404, "text/html"), NotAnEndpoint),
    "moved": (given(302, Location="http://127.0.0.1:9/"), NotAnEndpoint),
    "moved for good, method kept": (given(308, Location="http://127.0.0.1:9/"), NotAnEndpoint),
    "a page": (given(200, "text/html", b"<html>"), NotAnEndpoint),
    "no kind": (given(200, "", b"{}"), NotAnEndpoint),
    "not taken": (given(400, "text/plain", b"line 1"), EndpointRefused),
    "failed": (given(500, "text/plain", b"secret trace"), EndpointFailed),
    "too many requests": (given(429), EndpointSlow),
    "ends before its length": (promised("Content-Length: 5000", ONE_ROW), AnswerCutOff),
    "ends before its last chunk": (promised("Transfer-Encoding: chunked", b"5\r\n{\"hea\r\n"), AnswerCutOff),
    "half of its JSON": (given(200, JSON, ONE_ROW[:-20]), AnswerCutOff),
    "JSON and an error text": (given(200, JSON, ONE_ROW + b" timeout"), AnswerCutOff),
    "other JSON": (given(200, JSON, b'{"error": "x"}'), AnswerCutOff),
    "as many rows as it ever gives": (given(200, X_SPARQL_MaxRows="1"), AnswerCutOff),
    "stopped before the end": (given(200, X_SQL_State="S1TAT"), AnswerCutOff),
    "silent": (silent, EndpointSlow),
    "drop by drop": (endless(0.05, b" "), EndpointSlow),
    "without end": (endless(0, b" " * 65536), AnswerTooLarge),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_and_not_tried_again(name: str, engine: Engine) -> None:
    odd, expected = FAULTS[name]
    engine.odd = [odd]
    with pytest.raises(EndpointError) as caught:
        ask(engine.endpoint(seconds=0.7, size=1 << 20))
    assert type(caught.value) is expected
    assert len(engine.asked) == 1
    for sentence in (caught.value.vi, caught.value.en):
        assert "127.0.0.1" not in sentence
        assert "secret" not in sentence
        assert sentence.endswith(".")


@pytest.mark.parametrize("odd", [given(502), given(503), given(504), dropped])
def test_what_passes_is_tried_again(odd: Odd, engine: Engine) -> None:
    engine.odd = [odd, odd, given(200)]
    assert ask(engine.endpoint()) == 7
    assert len(engine.asked) == 3


@pytest.mark.parametrize("odd", [given(503), dropped])
def test_but_not_for_ever(odd: Odd, engine: Engine) -> None:
    engine.odd = [odd] * 9
    with pytest.raises(EndpointAway):
        ask(engine.endpoint())
    assert len(engine.asked) == 3


def test_all_attempts_share_one_time(engine: Engine) -> None:
    engine.odd = [given(503)] * 9
    begun = time.monotonic()
    with pytest.raises(EndpointAway):
        ask(engine.endpoint(seconds=0.5, pause=0.4))
    assert time.monotonic() - begun < 0.7
    assert len(engine.asked) == 2


def test_away_and_back(engine: Engine) -> None:
    endpoint = engine.endpoint()
    assert ask(endpoint) == 0
    engine.stop()
    with pytest.raises(EndpointAway):
        ask(endpoint)
    engine.start()
    assert ask(endpoint) == 0


def test_what_speaks_no_http() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"220 mail.example ESMTP\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(NotAnEndpoint):
            ask(Endpoint(f"http://127.0.0.1:{port}/sparql"))
        thread.join()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "ftp://host/sparql",
        "file:///etc/passwd",
        "http://",
        "http://user:secret@host/sparql",
        "http://host:port/sparql",
        "http://host:99999/sparql",
        "http://host/đường dẫn",
        "http://host/a b",
        "http://[::1/sparql",
    ],
)
def test_an_address_that_cannot_be_one(url: str) -> None:
    with pytest.raises(BadEndpoint) as caught:
        Endpoint(url)
    assert "secret" not in caught.value.vi + caught.value.en


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CANCU_ENDPOINT_SECONDS", "soon"),
        ("CANCU_ENDPOINT_SECONDS", "-1"),
        ("CANCU_ENDPOINT_SECONDS", "inf"),
        ("CANCU_ENDPOINT_RESULT_MB", "0"),
        ("CANCU_ENDPOINT_RESULT_MB", "nan"),
    ],
)
def test_a_setting_that_is_no_number(name: str, text: str) -> None:
    with pytest.raises(BadEndpoint, match=name):
        Endpoint.of("http://host/sparql", {name: text})


def test_settings() -> None:
    given = {"CANCU_ENDPOINT_SECONDS": "2.5", "CANCU_ENDPOINT_RESULT_MB": "3"}
    limits = Endpoint.of("http://host/sparql", given).limits
    assert (limits.seconds, limits.size) == (2.5, 3 * 1024**2)
    assert Endpoint.of("http://host/sparql", {}).limits == Limits()


# ---- names and passwords


def test_a_password_is_shown_only_when_asked_for(engine: Engine) -> None:
    engine.pair = "reader:mật khẩu"
    seen: list[str | None] = []
    engine.odd = [noting(seen, 401)]
    endpoint = Endpoint(engine.url, Credentials("reader", "mật khẩu"))
    assert ask(endpoint) == 0
    assert seen == [None]
    assert ask(endpoint) == 0
    # asked once, then remembered
    assert len(engine.asked) == 3


def noting(seen: list[str | None], status: int) -> Odd:
    def answer(handler: Handler) -> None:
        seen.append(handler.headers["Authorization"])
        handler.give(status, "text/plain", b"", WWW_Authenticate='Basic realm="x"')

    return answer


def test_a_wrong_password(engine: Engine) -> None:
    engine.pair = "reader:right"
    with pytest.raises(EndpointDenied):
        ask(Endpoint(engine.url, Credentials("reader", "wrong")))
    assert len(engine.asked) == 2


def test_a_redirection_takes_no_password_along(engine: Engine) -> None:
    with Engine() as other:
        engine.odd = [given(307, Location=other.url)]
        with pytest.raises(NotAnEndpoint):
            ask(Endpoint(engine.url, Credentials("reader", "secret")))
        assert other.asked == []


def test_nothing_gives_a_password_away() -> None:
    environment = {"CANCU_ENDPOINT_USER": "reader", "CANCU_ENDPOINT_PASSWORD": "secret"}
    endpoint = Endpoint.of("http://host/sparql", environment)
    assert "secret" not in repr(endpoint) + repr(vars(endpoint)) + str(endpoint.credentials)


# ---- what a query is


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("PREFIX ask: <http://ask/> SELECT ?construct { }", "SELECT"),
        ("# ASK\nCONSTRUCT WHERE { ?a ?b 'SELECT' }", "CONSTRUCT"),
        ("BASE <http://select/> describe <x>", "DESCRIBE"),
        ("ask{}", "ASK"),
        ("", "SELECT"),
        ("INSERT DATA {}", "SELECT"),
    ],
)
def test_the_form_of_a_query(query: str, form: str) -> None:
    assert form_of(query) == form


def test_many_threads_ask_at_once(engine: Engine) -> None:
    engine.pair = "reader:right"
    endpoint = Endpoint(engine.url, Credentials("reader", "right"), Limits(10, pause=0.01))
    found: list[int] = []
    ask_it: Callable[[], None] = lambda: found.append(ask(endpoint))
    threads = [threading.Thread(target=ask_it) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [0] * 16
