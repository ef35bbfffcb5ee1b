"""Vietnamese is written in the templates; English comes from locale/en.po, read when the application starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from babel.messages.pofile import read_po
from starlette.requests import Request

from cancu.queries.codes import grouped

LANGUAGES = ("vi", "en")
LANGUAGE_COOKIE = "lang"


def mark(message: str) -> str:
    """Mark a message for translation where it is not yet to be translated."""
    return message


@dataclass(frozen=True)
class Translations:
    """The messages of one language; what is not in it stays Vietnamese."""

    messages: Mapping[str, tuple[str, ...]]
    language: str

    def gettext(self, message: str) -> str:
        """The message in this language."""
        return self.messages.get(message, (message,))[0]

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The message for this number, the number in it."""
        forms = self.messages.get(one, (one, many))
        said = grouped(number, self.language)
        return forms[0 if number == 1 else -1].replace("%(num)d", said)


def translations(language: str) -> Translations:
    """The messages of a language ("vi" has none: it is the source)."""
    if language == "vi":
        return Translations({}, language)
    with files("cancu.web").joinpath("locale", f"{language}.po").open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    found = {}
    for message in catalogue:
        if message.id and message.string:
            key = message.id[0] if isinstance(message.id, tuple | list) else message.id
            text = message.string
            found[str(key)] = (str(text),) if isinstance(text, str) else tuple(map(str, text))
    return Translations(found, language)


def language_of(request: Request) -> str:
    """The language a request asks for: by its address, else by its cookie, else Vietnamese."""
    for asked in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if asked in LANGUAGES:
            return asked
    return "vi"
