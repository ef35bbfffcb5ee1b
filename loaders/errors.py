"""What can be wrong with a document that somebody hands in.

CancuError
 └─ DocumentError      the document cannot be used
     ├─ NotFound       no such file, or it is a directory
     ├─ TooLarge       more bytes than the limit
     ├─ NotText        binary, an unsupported format, or bytes in no known encoding
     └─ NotAPlan       text, but not a decision, plan or resolution
"""


class CancuError(Exception):
    """A fault with a sentence for the user in each language.

    Attributes:
        vi: what is wrong and what to do, in Vietnamese.
        en: the same in English.
    """

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross from worker processes with everything they carry."""
        return type(self), (self.vi, self.en), self.__dict__

    def say(self, language: str) -> str:
        """The sentence in `language` ("vi" or "en"; Vietnamese for anything else)."""
        return self.en if language == "en" else self.vi


class DocumentError(CancuError):
    """A document cannot be used."""


class NotFound(DocumentError):
    """There is no readable file at the path."""


class TooLarge(DocumentError):
    """The file has more bytes than is read."""


class NotText(DocumentError):
    """The bytes are not text in a known encoding or format."""


class NotAPlan(DocumentError):
    """The text is not an administrative document of a known kind."""
