"""What the audit keeps of people coming and going, and for how long."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete

from archive.commands.noticing import SENTENCES
from archive.commands.noting import note
from archive.commands.passwords import ADDED
from archive.log import to_microseconds
from archive.storage.desk import desk_steps

LOGGED_IN, LOGGED_OUT = "logged-in", "logged-out"
FAILED, THROTTLED = "login-failed", "login-throttled"
FAILED_CODE: Final = "second-factor-failed"
REFUSED, REFUSED_OFTEN = "access-refused", "access-refused-often"
FLOODING: Final = "requests-flooding"
# What the audit tells of people coming and going, beside what they did at the desk.
SIGNING: Final = (
    LOGGED_IN,
    LOGGED_OUT,
    FAILED,
    FAILED_CODE,
    THROTTLED,
    ADDED,
    REFUSED,
    REFUSED_OFTEN,
    FLOODING,
    *SENTENCES,
)
# Strangers may bring these about, so they are kept no longer than anybody looks back for them.
KEPT_FAILURES: Final = timedelta(days=90)
_STRANGERS_DEEDS: Final = (FAILED, FAILED_CODE, THROTTLED, REFUSED, REFUSED_OFTEN, FLOODING)
LONGEST_ADDRESS: Final = 64


def note_failed(
    connection: Connection, deed: str, called: str, *, address: str, now: datetime
) -> None:
    """Note a failure of a name, and forget those that nobody looks back for."""
    forget_old(connection, now)
    note(
        connection,
        deed=deed,
        about=called,
        account="",
        now=now,
        field=called,
        words=address[:LONGEST_ADDRESS],
    )


def forget_old(connection: Connection, now: datetime) -> None:
    """Forget what strangers brought about and nobody looks back for any more."""
    old = desk_steps.c.at <= to_microseconds(now - KEPT_FAILURES)
    brought_about = desk_steps.c.deed.in_(_STRANGERS_DEEDS)
    connection.execute(delete(desk_steps).where(old, brought_about))
