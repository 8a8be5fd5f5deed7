"""What a command would change, seen by telling the archive and taking it back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, TypeVar

from sqlalchemy import Connection

from archive.commands.blanking import resting_on
from archive.queries import (
    Effect,
    EventAnswer,
    effect,
    event,
    head,
    held_before,
    lost_since,
    texts_masked_after,
)
from archive.storage import rehearsing
from archive.web.frame.session import engine, today

T = TypeVar("T")
_ANEW: Final = {"position": 0, "recorded_at": datetime.min.replace(tzinfo=UTC)}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The change of states that a command would bring, and how the event would read then.

    ``lost`` tells where else the text of the event is lost, if the command masks it.
    """

    effect: Effect
    reads: EventAnswer | None
    lost: "Lost | None" = None


@dataclass(frozen=True, slots=True)
class Lost:
    """From how many versions of an event its text goes, and from how many places of the desk."""

    versions: int
    drafts: int
    comments: int
    rows: int
    files: int
    articles: int


def foreseen(
    command: Callable[[Connection], object], *, event_id: str = "", masks: bool = False
) -> Foreseen:
    """Return what *command* would change; nothing of it is kept, and nobody else sees it.

    *event_id* names the event whose reading is wanted too; *masks* tells that its text goes.
    Raises what the command raises.
    """
    with rehearsing(engine()) as connection:
        return (seen_masking if masks else seen)(connection, command, event_id=event_id)[1]


def seen(
    connection: Connection, command: Callable[[Connection], T], *, event_id: str = ""
) -> tuple[T, Foreseen]:
    """Do *command* in the caller's transaction; return its answer, and what it changed."""
    day, before = today(), head(connection).position
    done = command(connection)
    after = head(connection).position
    reads = event(connection, id=event_id, known=after) if event_id else None
    return done, Foreseen(effect(connection, before=before, after=after, today=day), reads)


def seen_masking(
    connection: Connection, command: Callable[[Connection], T], *, event_id: str
) -> tuple[T, Foreseen]:
    """Do *command*, which masks the event, in the caller's transaction; return what ``seen`` does.

    What was held is asked for before: afterwards no position tells it any more.
    """
    position = head(connection).position
    resting = resting_on(connection, event=event_id)
    before = held_before(connection, id=event_id, today=today())
    done = command(connection)
    lost = Lost(
        texts_masked_after(connection, position=position),
        len(resting.drafts),
        len(resting.comments),
        len(resting.rows),
        len(resting.files),
        len(resting.articles),
    )
    reads = event(connection, id=event_id, known=head(connection).position)
    return done, Foreseen(lost_since(connection, before), reads, lost)


def mark_of(told: Foreseen | None, *others: object) -> str:
    """Return a mark of all that is shown of *told* and *others*; what differs bears another.

    Left out is what every repetition of the same command has anew: its position and its instant.
    """
    reads = replace(told.reads.row, **_ANEW) if told and told.reads else None  # type: ignore[arg-type]  # two fields of a row
    return sha256(repr((told and (told.effect, told.lost), reads, others)).encode()).hexdigest()
