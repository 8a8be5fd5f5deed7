"""What people do at the desk and with their accounts, noted step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Row, insert, select

from archive.log import to_instant, to_microseconds
from archive.storage.desk import desk_steps

_MOST: Final = 200


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


def latest_steps(
    connection: Connection, *, before: int = 0, limit: int = 100, without: Sequence[str] = ()
) -> list[DeskStep]:
    """Return what was done at the desk lately, the newest first, the deeds *without* left out."""
    wanted = select(desk_steps).where(desk_steps.c.deed.not_in(without))
    query = wanted.order_by(desk_steps.c.id.desc()).limit(limit).offset(before)
    return [_step(row) for row in connection.execute(query)]


def _step(row: Row[tuple[object, ...]]) -> DeskStep:
    return DeskStep(to_instant(row.at), row.account, row.deed, row.about, row.field, row.words)
