"""Logs long enough for tiles: events straight into the log, no read model beside."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

import msgspec
from sqlalchemy import Connection, Engine, text

from archive.log import Checkpoint, Signer, seal_tiles
from archive.log.notes import new_signer
from archive.log.writer import append
from archive.storage import writing
from archive.vocabulary import Event
from tests.builders import MORNING, an_event, checked, clock_from

SIGNER: Signer = new_signer()
# After all that `grow` appends; the day stands in the note.
SEALED: Final = MORNING + timedelta(days=1)
SEALED_ON: Final = f"{SEALED:%Y-%m-%d}"
GUARDED = ("event", "stream", "kind", "erasure", "tile", "signed_checkpoint")


def grow(engine: Engine, count: int, *, name: str = "e") -> None:
    """Append *count* events in one batch."""
    with writing(engine) as connection:
        batch = list(several(count, name=name))
        append(connection, batch, recorded_by="tests", clock=clock_from(MORNING))


def several(count: int, *, name: str = "e") -> Iterator[Event]:
    one = checked(an_event())
    for number in range(count):
        yield msgspec.structs.replace(one, id=f"{name}{number}")


def sealed(engine: Engine) -> Checkpoint:
    """Seal the whole log and return the checkpoint."""
    found = seal_tiles(engine, signer=SIGNER, clock=lambda: SEALED)
    assert found is not None
    return found


def without_guards(connection: Connection, *, of: Sequence[str] = GUARDED) -> None:
    """Take the guards away, as the owner of the file or the server could."""
    for table in of:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
            continue
        for moment in ("insert", "update", "delete"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_{moment}"))
