"""Dark or light: the system's choice unless the reader made one; works without JavaScript."""

from typing import Final

from flask import Flask, request

COOKIE: Final = "theme"
THEMES: Final = ("auto", "light", "dark")


def install(app: Flask) -> None:
    """Tell every template which theme the reader chose."""
    app.context_processor(lambda: {"theme": chosen_theme(), "themes": THEMES})


def chosen_theme() -> str:
    """Return ``light``, ``dark``, or ``auto`` where the reader chose neither."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in THEMES else THEMES[0]
