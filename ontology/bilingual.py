"""The same thing said in Vietnamese and in English."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """A text in both languages."""

    vi: str
    en: str

    def say(self, language: str) -> str:
        """The text in `language` ("vi" or "en")."""
        return self.en if language == "en" else self.vi
