"""Light or dark: as the browser says, or as somebody chose."""

from starlette.requests import Request

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


def theme_of(request: Request) -> str:
    """The theme a request asks for: by its address, else by its cookie, else "auto", which is what the browser says."""
    for asked in (request.query_params.get(THEME_COOKIE), request.cookies.get(THEME_COOKIE)):
        if asked in THEMES:
            return asked
    return "auto"
