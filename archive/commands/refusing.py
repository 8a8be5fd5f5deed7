"""Who was kept out of a place, or asks far too much: bounded notes for the audit, and alarms."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Engine, select

from archive.commands.accounts import Account
from archive.commands.alarms import alarm
from archive.commands.noting import note
from archive.commands.throttling import WINDOW
from archive.commands.visits import (
    FLOODING,
    LONGEST_ADDRESS,
    REFUSED,
    REFUSED_OFTEN,
    forget_old,
)
from archive.log import to_microseconds
from archive.storage import reading, writing
from archive.storage.desk import desk_steps

# Strangers have addresses without end: all of them together leave no more in a window.
REFUSALS: Final = 100
_OFTEN: Final = {
    REFUSED_OFTEN: "entry was refused again and again",
    FLOODING: "far too many requests",
}


def note_refused(
    engine: Engine, *, account: Account | None, place: str, address: str, now: datetime
) -> None:
    """Note that somebody was kept out of *place*: once in a window for an account and address.

    Strangers are one account here, and no account is noted more than REFUSALS times in a window.
    """
    name, address = account.name if account else "", address[:LONGEST_ADDRESS]
    with reading(engine) as connection:
        if _is_refusal_told(connection, name, address, now):
            return
    with writing(engine) as connection:
        if _is_refusal_told(connection, name, address, now):  # another process was first
            return
        forget_old(connection, now)
        note(
            connection,
            deed=REFUSED,
            about=name,
            account=name,
            now=now,
            field=place,
            words=address,
        )


def note_often(
    engine: Engine, deed: str, *, account: Account | None, address: str, now: datetime
) -> None:
    """Raise the alarm that somebody goes on with what they were refused, or with far too much.

    Whoever calls this does so once in a window for an account and address.
    """
    name, address = account.name if account else "", address[:LONGEST_ADDRESS]
    alarm(_OFTEN[deed], name=name, address=address)
    with writing(engine) as connection:
        forget_old(connection, now)
        note(connection, deed=deed, about=name, account=name, now=now, words=address)


def _is_refusal_told(connection: Connection, name: str, address: str, now: datetime) -> bool:
    told = select(desk_steps.c.words).where(
        desk_steps.c.deed == REFUSED,
        desk_steps.c.account == name,
        desk_steps.c.at > to_microseconds(now - WINDOW),
    )
    addresses = connection.scalars(told.limit(REFUSALS)).all()
    return address in addresses or len(addresses) >= REFUSALS
