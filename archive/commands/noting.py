"""What people do at the desk and with their accounts, noted step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Row, insert, or_, select

from archive.log import to_instant, to_microseconds
from archive.storage.desk import desk_steps

_MOST: Final = 200
_ACCEPTED: Final = ("accepted", "accepted-own")
_AROUND: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class DeskStep:
    """What somebody did at the desk, when, with what; ``field`` is what a comment is about."""

    at: datetime
    account: str
    deed: str
    about: str
    field: str
    words: str


def note(
    connection: Connection,
    *,
    deed: str,
    about: str,
    account: str,
    now: datetime,
    field: str = "",
    words: str = "",
) -> None:
    """Note what somebody did at the desk."""
    row = {"at": to_microseconds(now), "account": account, "deed": deed, "about": about}
    connection.execute(insert(desk_steps), row | {"field": field, "words": words[:4000]})


def steps_about(connection: Connection, about: str) -> list[DeskStep]:
    """Return what was done with a draft or an import, in order."""
    query = select(desk_steps).where(desk_steps.c.about == about).order_by(desk_steps.c.id)
    return [_step(row) for row in connection.execute(query.limit(_MOST))]


def acceptances(
    connection: Connection, recorded: Mapping[str, datetime]
) -> Mapping[str, DeskStep]:
    """Return, by the id of an event, the step by which a reviewer accepted it, where there is one.

    *recorded* has the instant of each: both were written in one transaction, so the steps of the
    hours around it are all that is looked through.
    """
    if not recorded:
        return {}
    near = [
        desk_steps.c.at.between(to_microseconds(at - _AROUND), to_microseconds(at + _AROUND))
        for at in recorded.values()
    ]
    query = select(desk_steps).where(
        or_(*near), desk_steps.c.deed.in_(_ACCEPTED), desk_steps.c.words.in_(list(recorded))
    )
    return {row.words: _step(row) for row in connection.execute(query)}


def latest_steps(
    connection: Connection, *, before: int = 0, limit: int = 100, without: Sequence[str] = ()
) -> list[DeskStep]:
    """Return what was done at the desk lately, the newest first, the deeds *without* left out."""
    wanted = select(desk_steps).where(desk_steps.c.deed.not_in(without))
    query = wanted.order_by(desk_steps.c.id.desc()).limit(limit).offset(before)
    return [_step(row) for row in connection.execute(query)]


def _step(row: Row[tuple[object, ...]]) -> DeskStep:
    return DeskStep(to_instant(row.at), row.account, row.deed, row.about, row.field, row.words)
