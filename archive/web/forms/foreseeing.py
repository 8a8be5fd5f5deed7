"""What a command would change, seen by telling the archive and taking it back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, TypeVar

from sqlalchemy import Connection

from archive.queries import Effect, EventAnswer, effect, event, head
from archive.storage import rehearsing
from archive.web.frame.session import engine, today

T = TypeVar("T")
_ANEW: Final = {"position": 0, "recorded_at": datetime.min.replace(tzinfo=UTC)}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The change of states that a command would bring, and how the event would read then."""

    effect: Effect
    reads: EventAnswer | None


def foreseen(command: Callable[[Connection], object], *, event_id: str = "") -> Foreseen:
    """Return what *command* would change; nothing of it is kept, and nobody else sees it.

    *event_id* names the event whose reading is wanted too. Raises what the command raises.
    """
    with rehearsing(engine()) as connection:
        return seen(connection, command, event_id=event_id)[1]


def seen(
    connection: Connection, command: Callable[[Connection], T], *, event_id: str = ""
) -> tuple[T, Foreseen]:
    """Do *command* in the caller's transaction; return its answer, and what it changed."""
    day, before = today(), head(connection).position
    done = command(connection)
    after = head(connection).position
    reads = event(connection, id=event_id, known=after) if event_id else None
    return done, Foreseen(effect(connection, before=before, after=after, today=day), reads)


def mark_of(told: Foreseen | None, *others: object) -> str:
    """Return a mark of all that is shown of *told* and *others*; what differs bears another.

    Left out is what every repetition of the same command has anew: its position and its instant.
    """
    reads = replace(told.reads.row, **_ANEW) if told and told.reads else None  # type: ignore[arg-type]  # two fields of a row
    return sha256(repr((told and told.effect, reads, others)).encode()).hexdigest()
