"""What is turned away before it is read: bodies that are no form, and far too many requests."""

import logging
from threading import Lock
from typing import Final

from cachetools import TTLCache
from flask import Flask, abort, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from archive.commands.refusing import note_often
from archive.commands.throttling import WINDOW
from archive.commands.visits import FLOODING
from archive.errors import ArchiveError
from archive.web.frame.assets import is_file
from archive.web.frame.guarding import current_instant
from archive.web.frame.session import current_settings, engine

# An address that sends as many in a minute raises the alarm; it is turned away only by setting.
FLOOD: Final = 1200
_MINUTE: Final = 60.0
_MOST_COUNTED: Final = 10_000
_NO_FORM, _TOO_MANY = 415, 429
_FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_COUNTING: Final = Lock()


def install(app: Flask) -> None:
    """Look at every request of *app* first of all."""
    app.extensions["archive_requests"] = TTLCache(_MOST_COUNTED, _MINUTE)
    app.extensions["archive_floods"] = TTLCache(_MOST_COUNTED, WINDOW.total_seconds())
    app.before_request(_demand_measure)
    app.before_request(_demand_form)


def _demand_form() -> None:
    """Refuse a body that says it is something else than a form (ASVS 13.2.5)."""
    has_body = bool(request.content_length) or "Content-Type" in request.headers
    if request.method not in {"GET", "HEAD"} and has_body and request.mimetype not in _FORMS:
        abort(_NO_FORM)


def _demand_measure() -> None:
    """Count a request of its address; this process counts for itself, and forgets in a minute."""
    if is_file():
        return
    address, most = request.remote_addr or "", current_settings().most_requests
    count = _counted(address)
    if count == FLOOD:
        _tell_of_flood(address)
    if most and count > most:
        abort(_TOO_MANY)


def _counted(address: str) -> int:
    """Return how many requests came from *address* since the first of this minute."""
    counts: TTLCache[str, list[int]] = current_app.extensions["archive_requests"]
    with _COUNTING:
        count = counts.get(address)
        if count is None:
            count = counts[address] = [0]
        count[0] += 1
        return count[0]


def _tell_of_flood(address: str) -> None:
    told: TTLCache[str, bool] = current_app.extensions["archive_floods"]
    with _COUNTING:
        is_told = told.get(address, False)
        told[address] = True
    if is_told:
        return
    account, now = g.get("account"), current_instant()
    try:
        note_often(engine(), FLOODING, account=account, address=address, now=now)
    except (ArchiveError, SQLAlchemyError):
        logging.getLogger("archive.web").warning("a flood of requests could not be noted")
