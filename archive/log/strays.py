"""What no append leaves: rows before the first, values of other types, masked texts."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Final

from sqlalchemy import Connection, func, or_, select

from archive.errors import DamagedLogError
from archive.languages import Words
from archive.log.tables import events
from archive.storage import SERVER, among, run

_BEFORE_THE_FIRST: Final = Words("它在第一条之前", "it stands before the first")
OF_ANOTHER_TYPE: Final = Words(
    "其中有类型不符的值", "it holds a value of a type that its column does not take"
)
_NOT_MASKED: Final = Words("有抹除登记而无遮蔽记录", "it is listed as erased without a masking")
_STILL_THERE: Final = Words("已遮蔽的正文仍在", "its text was masked and is there")

# A file takes any value in any column, and would give it back as what it is.
_TYPES: Final = {
    "stream_id": ("integer",),
    "stream_position": ("integer",),
    "kind_id": ("integer",),
    "recorded_at": ("integer",),
    "format": ("integer",),
    "earliest": ("integer", "null"),
    "latest": ("integer", "null"),
    "id": ("text",),
    "edtf": ("text",),
    "recorded_by": ("text",),
    "about": ("text", "null"),
    "payload": ("blob", "null"),
    "salt": ("blob", "null"),
    "payload_hash": ("blob",),
    "leaf": ("blob",),
}
_BEFORE: Final = select(func.min(events.c.position)).where(events.c.position < 1)
_MISTYPED: Final = select(func.min(events.c.position)).where(
    or_(*(func.typeof(events.c[name]).not_in(types) for name, types in _TYPES.items()))
)
_ERASED: Final = (
    "SELECT erasure.position, event.payload IS NULL FROM erasure "
    "LEFT JOIN event ON event.position = erasure.position"
)
_MASKINGS: Final = (
    "SELECT about, MAX(position) FROM event WHERE kind_id {keys} AND about IS NOT NULL "
    "GROUP BY about"
)
# The texts of what a masking names, and of what is about that.
_UNMASKED: Final = (
    "SELECT id, position FROM event WHERE payload IS NOT NULL AND id {keys}",
    "SELECT about, position FROM event WHERE payload IS NOT NULL AND about {keys}",
)


def first_mistyped(connection: Connection) -> int | None:
    """Return the first position of which a value cannot be read as what its column holds."""
    if connection.dialect.name == SERVER:
        return None
    found: int | None = connection.scalar(_MISTYPED)
    return found


def demand_none_before(connection: Connection) -> None:
    """Raise DamagedLogError for an event before position 1, which no reader would ever meet."""
    first = connection.scalar(_BEFORE)
    if first is not None:
        raise DamagedLogError(position=first, reason=_BEFORE_THE_FIRST)


def first_unmasked(connection: Connection, *, allowed: frozenset[int]) -> tuple[int, Words] | None:
    """Return the first position where what was masked is not so, and why; None where all is.

    An erasure wants a masking (*allowed* are the positions of those that have one), and a masking
    leaves no text of what it is about.
    """
    found = {
        position: _STILL_THERE if position in allowed else _NOT_MASKED
        for position, is_blank in run(connection, _ERASED).fetchall()
        if position not in allowed or not is_blank
    }
    found |= dict.fromkeys(_in_spite(connection), _STILL_THERE)
    return min(found.items(), default=None, key=itemgetter(0))


def _in_spite(connection: Connection) -> Iterator[int]:
    """Yield where a text is there that stood before a masking of it."""
    kinds = run(connection, "SELECT id FROM kind WHERE name = 'text_masked'").fetchall()
    masked = dict(among(connection, _MASKINGS, [kind for (kind,) in kinds], kind="BIGINT"))
    for texts in _UNMASKED:
        for name, position in among(connection, texts, list(masked)):
            if position < masked[name]:
                yield position
