"""An event once it is in the log."""

from datetime import datetime

import msgspec

from archive.log.clock import to_instant
from archive.vocabulary import Event


class RecordedEvent(msgspec.Struct, frozen=True, gc=False):
    """An event with what the log put on it.

    ``microseconds`` is the record instant since 1970, UTC; it never falls from one position to the
    next. ``about`` is the ids of the events it speaks of. ``is_masked`` tells that its text was
    taken out: then only the envelope is left.
    """

    event: Event
    position: int
    stream_position: int
    microseconds: int
    recorded_by: str
    leaf: bytes
    is_masked: bool = False
    about: tuple[str, ...] = ()

    @property
    def recorded_at(self) -> datetime:
        """Return the UTC instant at which the log took it in."""
        return to_instant(self.microseconds)

    @property
    def hash(self) -> str:
        """Return the leaf hash as it is written in files."""
        return f"sha256:{self.leaf.hex()}"
