"""A real Virtuoso for the tests: its own process, folder and ports, on loopback, ended with the tests."""

import socket
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from string import Template
from urllib.error import URLError

from cancu.graph.credentials import Credentials
from cancu.graph.endpoint import Endpoint
from cancu.graph.exchange import Limits
from cancu.graph.graph_store import GraphStore

SETTINGS = Path(__file__).parent / "data" / "virtuoso.ini"
START_SECONDS = 120
PAGE = 8192
"""Bytes of one of its buffers."""


@dataclass
class Virtuoso:
    """A server that can be stopped and started again; what it holds stays in its folder."""

    folder: Path
    memory_mb: int = 256
    http_port: int = 0
    sql_port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers queries."""
        return f"http://127.0.0.1:{self.http_port}/sparql"

    def endpoint(self, seconds: float = 60) -> Endpoint:
        """It, to be asked by anybody."""
        return Endpoint(self.url, limits=Limits(seconds=seconds))

    def store(self, user: str = "dba", password: str = "dba") -> GraphStore:
        """It, to be written to; a new database knows these two."""
        address = self.url.replace("/sparql", "/sparql-graph-crud-auth")
        return GraphStore(address, Credentials(user, password), Limits(seconds=600))

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = self.folder / "virtuoso.ini"
        if not settings.exists():
            settings.write_text(self._settings(), "utf-8")
        with (self.folder / "output.txt").open("ab") as output:
            self.process = subprocess.Popen(
                ["virtuoso-t", "+foreground", "+configfile", settings],
                cwd=self.folder,
                stdout=output,
                stderr=output,
            )
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / "virtuoso.log").read_text("utf-8", "replace"))
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop it and wait until it is gone."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def _settings(self) -> str:
        self.http_port, self.sql_port = free_port(), free_port()
        buffers = self.memory_mb * 1024 * 1024 // PAGE
        return Template(SETTINGS.read_text("utf-8")).substitute(
            folder=self.folder,
            http_port=self.http_port,
            sql_port=self.sql_port,
            buffers=buffers,
            dirty_buffers=buffers * 3 // 4,
            query_memory=f"{self.memory_mb}M",
        )

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}?query=ASK%7B%7D", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
