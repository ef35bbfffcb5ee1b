"""`cancu serve` as a process of its own, asked over the wire."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

from cancu.ontology.terms import GRAPHS

TOKEN = "mã-của-quản-trị".encode().hex()
COMMAND = Path(sys.executable).with_name("cancu")
INTO = f"INSERT DATA {{ GRAPH <{GRAPHS.bo_sung}> {{ %s }} }}"
HELD = f"SELECT ?o WHERE {{ GRAPH <{GRAPHS.bo_sung}> {{ ?s ?p ?o }} }} ORDER BY ?o"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def problem(self) -> dict[str, Any]:
        """The problem that it is."""
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass(frozen=True)
class Server:
    """A running `cancu serve`."""

    base: str
    home: Path
    process: "subprocess.Popen[bytes]"

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Send a request."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.base + path, body, named)
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                return Answer(answer.status, _lower(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, _lower(error.headers), error.read())

    def update(self, text: str, token: str = TOKEN, **headers: str) -> Answer:
        """Send an update."""
        kind = "application/sparql-update"
        signed = {"Authorization": f"Bearer {token}"} if token else {}
        return self.ask("/sparql", text.encode(), Content_Type=kind, **signed, **headers)

    def query(self, text: str) -> Answer:
        """Send a query."""
        address = "/sparql?" + urllib.parse.urlencode({"query": text})
        return self.ask(address, Accept="application/sparql-results+json")

    def held(self) -> list[str]:
        """The objects in the graph of updates."""
        answer = self.query(HELD)
        assert answer.status == 200, answer.body
        return [row["o"]["value"] for row in json.loads(answer.body)["results"]["bindings"]]

    def snapshot(self) -> str:
        """The version that is served."""
        return str(json.loads(self.ask("/healthz").body)["snapshot"])

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@contextmanager
def serving(home: Path, prefix: Sequence[str] = (), **environment: str) -> Iterator[Server]:
    """A server over a home folder; `prefix` is a command that starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*prefix, str(COMMAND), "--home", str(home), "serve", "--port", str(port)],
        env={**os.environ, "CANCU_ADMIN_TOKEN": TOKEN, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    server = Server(f"http://127.0.0.1:{port}", home, process)
    try:
        for _ in range(600):
            try:
                server.ask("/healthz")
                break
            except OSError:
                assert process.poll() is None, process.communicate()[1]
                time.sleep(0.05)
        yield server
    finally:
        process.terminate()
        _, said = process.communicate(timeout=30)
        assert b"Traceback" not in said, said.decode()
