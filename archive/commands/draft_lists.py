"""Drafts in lists: somebody's own, those from an article, what waits to be reviewed."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, func, select

from archive.commands.drafts import (
    ASSISTED,
    LIVE,
    OFFERED,
    OPENABLE,
    PUBLISHED,
    SUBMITTED,
    Draft,
    draft_in,
)
from archive.storage.desk import drafts

_MOST: Final = 200


def drafts_of(
    connection: Connection, *, account: str, statuses: Iterable[str] = (*LIVE, SUBMITTED)
) -> list[Draft]:
    """Return the drafts of *account* that stand so, the last kept first."""
    wanted = (drafts.c.account == account, drafts.c.status.in_(list(statuses)))
    query = select(drafts).where(*wanted).order_by(drafts.c.saved_at.desc(), drafts.c.id)
    return [draft_in(row) for row in connection.execute(query.limit(_MOST))]


def drafts_from(connection: Connection, *, article: str) -> list[Draft]:
    """Return the drafts made from an article, in the order of their making."""
    query = select(drafts).where(drafts.c.article == article).order_by(drafts.c.id)
    return [draft_in(row) for row in connection.execute(query.limit(_MOST))]


def offers_from(connection: Connection, *, account: str, article: str) -> list[Draft]:
    """Return what the assistant offered *account* from an article, and was not put aside."""
    theirs = (drafts.c.account == account, drafts.c.article == article)
    standing = drafts.c.status.in_([*OPENABLE, SUBMITTED, PUBLISHED])
    query = select(drafts).where(*theirs, standing, drafts.c.origin == ASSISTED)
    return [draft_in(row) for row in connection.execute(query.order_by(drafts.c.id).limit(_MOST))]


def drop_offers(connection: Connection, *, account: str, article: str) -> None:
    """Let go what the assistant offered *account* from an article and nobody took up."""
    theirs = (drafts.c.account == account, drafts.c.article == article)
    connection.execute(delete(drafts).where(*theirs, drafts.c.status == OFFERED))


def queue(connection: Connection, *, by_risk: bool = False) -> list[Draft]:
    """Return what waits to be reviewed: the oldest first, or the riskiest."""
    age: list[ColumnElement[object]] = [drafts.c.submitted_at.asc(), drafts.c.id.asc()]
    order = [drafts.c.risk.desc(), *age] if by_risk else age
    query = select(drafts).where(drafts.c.status == SUBMITTED).order_by(*order)
    return [draft_in(row) for row in connection.execute(query.limit(_MOST))]


def waiting(connection: Connection) -> int:
    """Return how many drafts wait to be reviewed."""
    query = select(func.count()).select_from(drafts).where(drafts.c.status == SUBMITTED)
    return connection.scalar(query) or 0
