"""Tiles: the hashes of the log's Merkle tree, 256 a tile, as C2SP's tlog-tiles lays them out.

A full tile is kept in its table; what no full tile holds yet is hashed from the events.
"""

from sqlalchemy import Connection, func, select

from archive.errors import DamagedLogError
from archive.languages import Words
from archive.log import merkle
from archive.log.sealed import tiles
from archive.storage import fetch, mark_of

TILE = 256
HEIGHT = 8
HASH = 32
MISSING = Words("此处缺少事件", "an event is missing here")

_LEAVES = (
    "SELECT position, leaf FROM event "
    "WHERE position > {mark} AND position <= {mark} ORDER BY position"
)


def split(hashes: bytes) -> list[bytes]:
    """Return the single hashes of a tile."""
    return [hashes[at : at + HASH] for at in range(0, len(hashes), HASH)]


def tiles_kept(connection: Connection, *, level: int = 0) -> int:
    """Return how many tiles of *level* are kept."""
    last = select(func.max(tiles.c.number)).where(tiles.c.level == level)
    newest = connection.scalar(last)
    return 0 if newest is None else newest + 1


def leaves(connection: Connection, *, after: int, until: int) -> list[bytes]:
    """Return the leaves above the position *after*, up to *until*; raises DamagedLogError."""
    statement = _LEAVES.format(mark=mark_of(connection.dialect.name))
    rows = fetch(connection, statement, (after, until))
    if len(rows) < until - after:
        found = {position for position, _leaf in rows}
        missing = next(one for one in range(after + 1, until + 1) if one not in found)
        raise DamagedLogError(position=missing, reason=MISSING)
    return [leaf for _position, leaf in rows]


class Tree:
    """The Merkle tree of the log as it stands on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[tuple[int, int], list[bytes] | None] = {}

    def root(self, size: int) -> bytes:
        """Return the root over the first *size* events."""
        return merkle.root(size, subtree=self._subtree)

    def inclusion(self, position: int, *, size: int) -> list[bytes]:
        """Return the path from the event at *position* to the root over *size* events."""
        return merkle.inclusion(position - 1, size=size, subtree=self._subtree)

    def consistency(self, old: int, *, size: int) -> list[bytes]:
        """Return what proves that the tree over *old* events begins that over *size*."""
        return merkle.consistency(old, size=size, subtree=self._subtree)

    def _subtree(self, height: int, index: int) -> bytes:
        level, within = divmod(height, HEIGHT)
        return merkle.folded(self._hashes(level, index << within, 1 << within))

    def _hashes(self, level: int, first: int, count: int) -> list[bytes]:
        number, offset = divmod(first, TILE)
        kept = self._tile(level, number)
        if kept is not None:
            return kept[offset : offset + count]
        if level == 0:
            return leaves(self._connection, after=first, until=first + count)
        below = range(first, first + count)
        return [merkle.folded(self._hashes(level - 1, one * TILE, TILE)) for one in below]

    def _tile(self, level: int, number: int) -> list[bytes] | None:
        if (level, number) not in self._read:
            wanted = select(tiles.c.hashes).where(tiles.c.level == level, tiles.c.number == number)
            found = self._connection.scalar(wanted)
            self._read[level, number] = None if found is None else split(bytes(found))
        return self._read[level, number]
