"""A page of the log held against its hashes, column by column: whether all of it is sound.

What is not, or what was masked, is looked at row by row, which says what is wrong and where.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import le
from typing import Any, Final

from sqlalchemy import Connection

from archive.log import hashing
from archive.storage import among, fetch, mark_of

# In the order in which a page is taken apart below.
_ROWS: Final = (
    "SELECT position, stream_id, stream_position, recorded_at, format, payload, salt, "
    "payload_hash, leaf, kind_id, id, edtf, earliest, latest, recorded_by, about FROM event "
    "WHERE position > {mark} AND position < {mark} ORDER BY position LIMIT {mark}"
)
_NO_END: Final = 2**63 - 1
_NAMES: Final = "SELECT id, name FROM stream WHERE id {keys}"
_KINDS: Final = "SELECT id, name, version FROM kind"


@dataclass(slots=True)
class SoFar:
    """How far the log was read, and what is known of it."""

    allowed: frozenset[int]
    kinds: dict[int, tuple[str | None, int | None]]
    last: int = 0
    instant: int = 0
    ends: dict[int, int] = field(default_factory=dict)
    masked: list[int] = field(default_factory=list)


def page_after(
    connection: Connection, position: int, *, limit: int, before: int | None = None
) -> list[Any]:
    """Return the rows after *position* and *before* another, *limit* at most."""
    statement = _ROWS.format(mark=mark_of(connection.dialect.name))
    return fetch(connection, statement, (position, before or _NO_END, limit))


def stream_names(connection: Connection, numbers: Iterable[object]) -> dict[int, str]:
    """Return the names of streams, by number; those that are not there are left out."""
    known = {one for one in numbers if isinstance(one, int)}
    return dict(among(connection, _NAMES, list(known), kind="BIGINT"))


def kinds_of(connection: Connection) -> dict[int, tuple[str | None, int | None]]:
    """Return name and version of every kind, by number."""
    rows = fetch(connection, _KINDS)
    return {number: (name, version) for number, name, version in rows}


class Columns:
    """What the columns of one log are hashed as, page by page in its order."""

    def __init__(self, connection: Connection, so_far: SoFar) -> None:
        self._connection = connection
        self._so_far = so_far
        self._streams: dict[int, bytes] = {}
        self._kinds = {
            number: hashing.Fields()[name] + hashing.Fields()[version]
            for number, (name, version) in so_far.kinds.items()
        }
        self._fields = hashing.Fields()
        self._days = hashing.Fields()

    def leaves(self, page: Sequence[Any]) -> list[bytes] | None:
        """Return the leaves of a page if every row of it follows on and hashes to what it says.

        None vouches for nothing, and leaves what is known of the log as it was.
        """
        try:
            return self._sound(*zip(*page, strict=True))
        except (TypeError, KeyError):
            return None  # masked, of a type that no column holds, or of no kind

    def _sound(self, *columns: tuple[Any, ...]) -> list[bytes] | None:
        positions, streams, places, instants, formats, payloads, salts, *rest = columns
        digests, leaves, kinds, ids, edtf, earliest, latest, recorded_by, about = rest
        last, so_far = positions[-1], self._so_far
        after = so_far.last + 1
        is_dense = positions == tuple(range(after, after + len(positions)))
        is_rising = so_far.instant <= instants[0] and all(
            map(le, instants, islice(instants, 1, None))
        )
        if not (is_dense and is_rising and formats.count(hashing.FORMAT) == len(formats)):
            return None
        ends = self._ends(streams, places)
        if ends is None:
            return None
        if hashing.payload_hashes(salts, payloads) != list(digests):
            return None
        self._learn(streams)
        days, often = self._days, self._fields
        made = hashing.leaves(
            ids,
            map(self._streams.__getitem__, streams),
            map(self._kinds.__getitem__, kinds),
            often.of(edtf),
            days.of(earliest),
            days.of(latest),
            instants=instants,
            after=(often.of(recorded_by), often.of(about)),
            payload_digests=digests,
        )
        if made != list(leaves):
            return None
        so_far.last, so_far.instant = last, instants[-1]
        so_far.ends |= ends
        return made

    def _ends(self, streams: Sequence[int], places: Sequence[int]) -> dict[int, int] | None:
        """Return where the streams of a page end, if each of their events is the next."""
        known = self._so_far.ends
        ends = {stream: known.get(stream, 0) for stream in set(streams)}
        for stream, place in zip(streams, places, strict=True):
            if place != ends[stream] + 1:
                return None
            ends[stream] = place
        return ends

    def _learn(self, streams: Sequence[int]) -> None:
        new = set(streams).difference(self._streams)
        if new:
            names = stream_names(self._connection, new)
            self._streams |= {one: hashing.Fields()[names.get(one)] for one in new}
