"""The question of the present address, and the screen that the answer is for."""

from typing import Final
from urllib.parse import urlencode

from flask import request

from archive.queries import known_position
from archive.queries.known.merging import named_homes
from archive.web.frame.asking import carried_words
from archive.web.frame.filters import address
from archive.web.frame.htmx import drawing_width
from archive.web.frame.session import current_connection, today
from archive.web.frame.translating import current_locale
from archive.web.timelines.questions import Question, asked
from archive.web.timelines.screens import Screen, fitted

_FRAME: Final = 1253


def question_here() -> Question:
    """Return what the present address asks."""
    connection = current_connection()
    return asked(
        request.args,
        locale=current_locale(),
        today=today(),
        known=lambda words: known_position(connection, words=words or None),
    )


def home_here(question: Question) -> str:
    """Return the address of the same view of where a merged entity lives on; empty for another."""
    slug = question.filters.entity
    home = named_homes(current_connection(), known=question.known).get(slug) if slug else None
    if home is None:
        return ""
    said = request.args.getlist("entity")
    return address(entity=[home if one == slug else one for one in said])


def kept_words(*without: str) -> list[tuple[str, str]]:
    """Return the words of the address that a form has to carry along, those *without* aside."""
    carried = carried_words().items()
    return [
        (name, value)
        for name, values in carried
        if name not in without
        for value in values
        if value
    ]


def elsewhere(path: str) -> str:
    """Return the address that shows the present view at another *path*."""
    words = kept_words()
    return f"{path}?{urlencode(words)}" if words else path


def compared_with(day: str) -> str:
    """Return the address that tells the state of *day*, or how the one told differs from it."""
    field = "vs" if request.args.get("held") else "held"
    return f"/?{urlencode([*kept_words(field), (field, day)])}"


def screen_here() -> Screen:
    """Return the screen that the drawing is for, as far as the reader's browser told."""
    return fitted(drawing_width(default=_FRAME), locale=current_locale(), today=today())
