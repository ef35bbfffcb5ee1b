"""What can be wrong with a document that somebody hands in.

CancuError
 └─ DocumentError      the document cannot be used
     ├─ NotFound       no such file, or it is a directory
     ├─ TooLarge       more bytes, pages, cells or levels than the limits
     ├─ NotText        binary, broken, an unsupported format, or bytes in no known encoding
     ├─ Encrypted      a password is asked for
     ├─ NeedsOcr       pictures of pages, and no OCR is installed
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
    """The file has more bytes, pages, cells or levels than are read."""


class NotText(DocumentError):
    """The bytes are not text in a known encoding or format."""


class Encrypted(DocumentError):
    """The file opens only with a password."""


class NeedsOcr(DocumentError):
    """The file holds pictures of pages, and nothing here can read them."""


class NotAPlan(DocumentError):
    """The text is not an administrative document of a known kind."""
