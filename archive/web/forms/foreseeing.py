"""What a command would change, seen by telling the archive and taking it back."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from archive.queries import Effect, EventAnswer, effect, event, head
from archive.storage import rehearsing
from archive.web.frame.session import engine, today


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The change of states that a command would bring, and how the event would read then."""

    effect: Effect
    reads: EventAnswer | None


def foreseen(command: Callable[[Connection], object], *, event_id: str = "") -> Foreseen:
    """Return what *command* would change; nothing of it is kept, and nobody else sees it.

    *event_id* names the event whose reading is wanted too. Raises what the command raises.
    """
    day = today()
    with rehearsing(engine()) as connection:
        before = head(connection).position
        command(connection)
        after = head(connection).position
        reads = event(connection, id=event_id, known=after) if event_id else None
        return Foreseen(effect(connection, before=before, after=after, today=day), reads)
