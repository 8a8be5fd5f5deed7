"""The log: events in the order of recording, immutable. Its writer has no place here."""

from archive.log.clock import Clock, now, to_instant, to_microseconds
from archive.log.holding import hold
from archive.log.masking import blank
from archive.log.reader import (
    head,
    position_at,
    read_backwards,
    read_by_ids,
    read_by_positions,
    read_log,
    read_stream,
)
from archive.log.recorded import RecordedEvent
from archive.log.verifying import Verified, verify

__all__ = [
    "Clock",
    "RecordedEvent",
    "Verified",
    "blank",
    "head",
    "hold",
    "now",
    "position_at",
    "read_backwards",
    "read_by_ids",
    "read_by_positions",
    "read_log",
    "read_stream",
    "to_instant",
    "to_microseconds",
    "verify",
]
