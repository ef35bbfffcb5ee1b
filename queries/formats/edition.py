"""What a file of an answer says besides its rows: for whom it is made, of which data, and when."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from cancu.graph.dataset import Published


def nowhere(iri: str) -> str | None:
    """No page: the command has none."""
    return None


@dataclass(frozen=True)
class Edition:
    """How an answer is written down.

    Attributes:
        dataset: what was asked.
        language: "vi" or "en".
        today: the day on which the file is made.
        link: the address of the page of a thing, where there is one.
        address: of the answer itself, empty where it has none.
    """

    dataset: Published
    language: str
    today: date
    link: Callable[[str], str | None] = nowhere
    address: str = ""

    @property
    def made(self) -> datetime:
        """When the data was built."""
        return datetime.fromisoformat(self.dataset.manifest.created)

    @property
    def software(self) -> str:
        """Name and version of the program."""
        return f"cancu {version('cancu')}"

    def say(self, key: str, **values: object) -> str:
        """The words with this key of `words.toml`, in the language of the file."""
        return _words()[key][self.language].format(**values)


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files("cancu.queries.formats").joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)
