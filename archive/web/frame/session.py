"""What one request holds: its connection, and the two times of its question."""

from contextlib import ExitStack
from datetime import UTC, date, datetime
from typing import cast

from flask import Flask, current_app, g, request
from sqlalchemy import Connection, Engine

from archive.commands.quotas import Quota
from archive.dates import read, unreadable
from archive.queries import AsOf, known_position
from archive.settings import Settings
from archive.storage import database_file, demand_migrated, reading
from archive.web.frame.translating import current_locale
from archive.web.frame.watching import file_mark, server_mark


def install(app: Flask) -> None:
    """Close the connection when the request is over."""
    app.teardown_appcontext(_close)


def engine() -> Engine:
    """Return the engine of the archive that this site shows."""
    return cast("Engine", current_app.extensions["archive_engine"])


def current_settings() -> Settings:
    """Return the settings that the site was made with."""
    return cast("Settings", current_app.extensions["archive_settings"])


def current_quota() -> Quota:
    """Return what one person may have kept on this site."""
    settings = current_settings()
    return Quota(settings.most_files, settings.most_megabytes, settings.most_drafts)


def current_connection() -> Connection:
    """Return the request's one reading connection; raises NotMigratedError."""
    if "connection" not in g:
        if database_file(engine()):
            mark()  # before the first look at the tables, or it could be younger than they
        g.held = g.get("held") or ExitStack()
        connection = g.held.enter_context(reading(engine()))
        _demand_migrated_once(connection)
        g.connection = connection
    return cast("Connection", g.connection)


def let_go() -> None:
    """Close the request's connection before something slow; who asks again gets a fresh one."""
    _close(None)


def mark() -> str:
    """Return a word for what the database holds, the same for the whole request.

    After any commit it is another one; empty where it cannot be told.
    """
    if "mark" not in g:
        file = database_file(engine())
        is_server = engine().dialect.name == "postgresql"
        g.mark = (
            file_mark(file) if file else server_mark(current_connection()) if is_server else ""
        )
    return cast("str", g.mark)


def today() -> date:
    """Return the day it is, in UTC, the same for the whole request."""
    if "today" not in g:
        g.today = datetime.now(UTC).date()
    return cast("date", g.today)


def known() -> int:
    """Return the position that the address asks for in ``?known=``, else the head of the log."""
    return known_position(current_connection(), words=request.args.get("known") or None)


def as_of(words: str = "", *, field: str = "held") -> AsOf:
    """Return the two times of the question: *words* for the day held on, the address for known.

    Empty words mean today; words that are no date raise UnreadableDateError.
    """
    return AsOf(valid=asked_day(words, field=field), known=known())


def asked_day(words: str, *, field: str = "held") -> date:
    """Return the day that *words* mean, the last one where they mean several."""
    if not words.strip():
        return today()
    understood = read(words, ref=today(), lang=current_locale(), whole=True)
    day = (understood.latest or understood.earliest) if understood else None
    if day is None:
        raise unreadable(words, field=field)
    return day


def _demand_migrated_once(connection: Connection) -> None:
    if not current_app.extensions.get("archive_is_migrated"):
        demand_migrated(connection)
        current_app.extensions["archive_is_migrated"] = True


def _close(_error: BaseException | None) -> None:
    held = g.pop("held", None)
    g.pop("connection", None)
    if held is not None:
        held.close()
