"""The two times of a question as a reader types them: what they mean, or why they mean nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import request
from flask_babel import gettext

from archive.errors import FieldError, NotFoundError, RefusedError
from archive.queries import AsOf, known_position, recorded_at
from archive.web.frame.filters import day
from archive.web.frame.session import asked_day, current_connection, today
from archive.web.frame.translating import current_locale

_REFUSED, _MISSING = 400, 404


@dataclass(frozen=True, slots=True)
class Question:
    """Words for the day held on and for what was known, read; ``errors`` has a sentence a box.

    ``recorded`` is the day of the position, where the reader named one.
    """

    held: str
    known: str
    as_of: AsOf | None
    errors: Mapping[str, str]
    status: int = 200
    recorded: date | None = None

    @property
    def is_future(self) -> bool:
        """Tell whether the day held on has not come yet."""
        return self.as_of is not None and self.as_of.valid > today()

    @property
    def known_words(self) -> str:
        """Return how a sentence calls the second time."""
        if not self.known:
            return str(gettext("today"))
        return day(self.recorded) if self.recorded else self.known


def asked(held: str, known: str, *, names: tuple[str, str] = ("on", "known")) -> Question:
    """Return the question; nothing typed is lost where one of the two cannot be read."""
    held, known = held.strip(), known.strip()
    errors: dict[str, str] = {}
    status = 200
    meant: date | None = None
    position: int | None = None
    try:
        meant = asked_day(held, field=gettext("Held on"))
    except RefusedError as error:
        errors[names[0]], status = error.words(current_locale()), _REFUSED
    try:
        position = known_position(current_connection(), words=known or None)
    except RefusedError as error:
        errors[names[1]] = _in_page_words(error).words(current_locale())
        status = _MISSING if isinstance(error, NotFoundError) else _REFUSED
    if meant is None or position is None:
        return Question(held, known, None, errors, status)
    at = recorded_at(current_connection(), position) if known else None
    as_of = AsOf(valid=meant, known=position)
    return Question(held, known, as_of, errors, status, at.date() if at else None)


def _in_page_words(error: RefusedError) -> RefusedError:
    """Return the error with its field called as the page calls it."""
    if isinstance(error, FieldError):
        error.parts["field"] = gettext("As known on")
    return error


def asked_known() -> str:
    """Return what the address says of the second time, as it was typed."""
    return request.args.get("known", "")
