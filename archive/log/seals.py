"""The seals of the log held against its events: tiles, and checkpoints within and without."""

from collections.abc import Sequence
from itertools import takewhile, zip_longest
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from archive.errors import DamagedLogError, FieldError
from archive.languages import Words
from archive.log import merkle
from archive.log.notes import Checkpoint, Verifier, read_checkpoint
from archive.log.sealed import tiles
from archive.log.sealing import NOT_SEALED_SO, sealed_leaves
from archive.log.tiles import HASH, HEIGHT, MISSING, TILE, split, tiles_kept
from archive.storage import SERVER, fetch, mark_of

_NOT_ITS_NOTE = Words("检查点与其签名文本不符", "the checkpoint there is not what its note says")
_NOT_SIGNED = Words("检查点没有签名", "the checkpoint there bears no signature")
_LEAVES_CHANGED = Words(
    "检查点所存的散列被改动，或前一个检查点缺失",
    "the hashes that the checkpoint there keeps were changed, or the one before it is gone",
)
_TREE_CHANGED = Words(
    "其上的散列块缺失或被改动", "a tile of the tree above it is missing or was changed"
)
_AT_ONCE = 64
# What is no tile of bytes, or not of so many, is not read.
_HASHES = {
    SERVER: "CASE WHEN octet_length(hashes) = {bytes} THEN hashes END",
    "sqlite": "CASE WHEN typeof(hashes) = 'blob' AND length(hashes) = {bytes} THEN hashes END",
}
_TILES = (
    "SELECT number, {hashes} FROM tile "
    "WHERE level = {mark} AND number >= {mark} AND number < {mark} ORDER BY number"
)
_NOTES = {
    SERVER: "SELECT size, root, convert_to(note, 'UTF8'), leaves FROM signed_checkpoint "
    "ORDER BY size",
    "sqlite": "SELECT size, CAST(root AS BLOB), CAST(note AS BLOB), "
    "CASE WHEN typeof(leaves) = 'blob' THEN leaves ELSE x'00' END "
    "FROM signed_checkpoint ORDER BY size",
}


class _Wanted(NamedTuple):
    """A root that the tree must have at a size."""

    size: int
    is_kept: bool
    root: bytes


class Seals:
    """What was sealed, to be met by the leaves of the log in their order."""

    def __init__(self, connection: Connection, *, against: Sequence[Checkpoint] = ()) -> None:
        self._connection = connection
        # First of all: none of them is read as it stands before its shape is known.
        self._checkpoints = _kept(connection)
        self._tiles = tiles_kept(connection)
        self._tail = sealed_leaves(connection, after=self._tiles * TILE)
        # Those from outside first: what lies in the database vouches for nothing they deny.
        outside = [_Wanted(one.size, is_kept=False, root=one.root) for one in against if one.size]
        kept = [_Wanted(one.size, is_kept=True, root=one.root) for one in self._checkpoints]
        # Whoever signs keeps every full tile before.
        self._promised = kept[-1].size // TILE if kept else 0
        self._wanted = sorted([*kept, *outside])
        self._next = 0
        self._sound = 0
        self._tree = merkle.Frontier()
        self._roots: list[bytes] = []
        self._leaves: list[bytes] = []
        self._expected: list[bytes] = []
        self._ahead: dict[int, bytes] = {}

    @property
    def checkpoints(self) -> int:
        """Return how many checkpoints were met."""
        return self._next

    @property
    def size(self) -> int:
        """Return up to which position the leaves were met by a checkpoint."""
        return self._wanted[self._next - 1].size if self._next else 0

    def meet(self, leaves: Sequence[bytes]) -> None:
        """Take the next leaves; DamagedLogError where one, or the tree, is not as sealed."""
        taken = 0
        while taken < len(leaves):
            place = len(self._leaves)
            part = leaves[taken : taken + TILE - place]
            self._demand_sealed(place, part)
            self._leaves += part
            taken += len(part)
            if len(self._leaves) == TILE:
                self._roots.append(merkle.folded(self._leaves))
                self._grow()

    def end(self) -> None:
        """Hold the seals against the end of the log; raises DamagedLogError."""
        size = self._tree.size + len(self._leaves)
        self._grow()
        if self._next < len(self._wanted) or self._tiles * TILE > size:
            raise DamagedLogError(position=size + 1, reason=MISSING)
        if self._tiles < self._promised:
            raise DamagedLogError(position=self._tiles * TILE + 1, reason=_TREE_CHANGED)
        self._demand_upper_tiles()

    def demand_signed(self, verifier: Verifier) -> None:
        """Raise ForgedCheckpointError where a checkpoint says that the key signed it, and lies."""
        for one in self._checkpoints:
            if one.is_named_by(verifier):
                one.demand_signed(verifier)

    def _demand_sealed(self, place: int, part: Sequence[bytes]) -> None:
        first = self._tree.size + 1
        if place == 0:
            self._expected = self._sealed(first)
        expected = self._expected[place : place + len(part)]
        if expected == part[: len(expected)]:
            return
        for number, (wanted, leaf) in enumerate(zip(expected, part, strict=False)):
            if wanted != leaf:
                raise DamagedLogError(position=first + place + number, reason=NOT_SEALED_SO)

    def _sealed(self, position: int) -> list[bytes]:
        """Return what was sealed of the tile that begins at *position*, as far as it is known."""
        number = (position - 1) // TILE
        if number < self._tiles:
            if number not in self._ahead:
                self._ahead = _read_tiles(self._connection, 0, number, number + _AT_ONCE)
            if not self._ahead.get(number):
                raise DamagedLogError(position=position, reason=_TREE_CHANGED)
            return split(self._ahead[number])
        places = range(position, position + TILE)
        return [self._tail[one] for one in takewhile(self._tail.__contains__, places)]

    def _grow(self) -> None:
        """Put the leaves at hand into the tree, and meet the checkpoints among them."""
        last = self._tree.size + len(self._leaves)
        if len(self._leaves) == TILE and not self._is_wanted(until=last - 1):
            self._tree.add(self._roots[-1], height=HEIGHT)
            self._demand_root()
        else:
            for leaf in self._leaves:
                self._tree.add(leaf)
                self._demand_root()
        self._leaves.clear()

    def _is_wanted(self, *, until: int) -> bool:
        return self._next < len(self._wanted) and self._wanted[self._next].size <= until

    def _demand_root(self) -> None:
        while self._is_wanted(until=self._tree.size):
            wanted = self._wanted[self._next]
            if self._tree.root() != wanted.root:
                first = (self.size if wanted.is_kept else self._sound) + 1
                raise DamagedLogError(position=first, reason=_between(first, wanted.size))
            if not wanted.is_kept:
                self._sound = wanted.size
            self._next += 1

    def _demand_upper_tiles(self) -> None:
        """Hold the tiles above the leaves, level by level, against the roots found below."""
        roots, below, level, known = self._roots, self._tiles, 1, self._tiles
        while below or tiles_kept(self._connection, level=level):
            below //= TILE
            known += below
            wanted = b"".join(roots[: below * TILE])
            found = b"".join(_read_tiles(self._connection, level, 0, below + 1).values())
            if found != wanted:
                number = _first_difference(split(found), split(wanted))
                raise DamagedLogError(position=number * TILE**level + 1, reason=_TREE_CHANGED)
            full = range(0, below * TILE, TILE)
            roots, level = [merkle.folded(roots[at : at + TILE]) for at in full], level + 1
        if self._connection.scalar(select(func.count()).select_from(tiles)) != known:
            raise DamagedLogError(position=1, reason=_TREE_CHANGED)


def _read_tiles(connection: Connection, level: int, first: int, end: int) -> dict[int, bytes]:
    """Return the tiles of *level* from *first* to before *end*, a misshapen one as no bytes."""
    dialect = connection.dialect.name
    hashes = _HASHES[dialect].format(bytes=TILE * HASH)
    statement = _TILES.format(hashes=hashes, mark=mark_of(dialect))
    rows = fetch(connection, statement, (level, first, end))
    return {number: bytes(hashes or b"") for number, hashes in rows}


def _first_difference(some: Sequence[bytes], others: Sequence[bytes]) -> int:
    pairs = zip_longest(some, others)
    return next(number for number, (one, other) in enumerate(pairs) if one != other)


def _between(first: int, last: int) -> Words:
    if first == last:
        return NOT_SEALED_SO
    return Words(
        f"第 {first} 至 {last} 条记录之间与检查点不符",
        f"between {first} and {last} it is not what the checkpoint says",
    )


def _kept(connection: Connection) -> list[Checkpoint]:
    """Return every checkpoint kept; raises DamagedLogError where one lies."""
    found: list[Checkpoint] = []
    before = 0
    for size, root, note, leaves in fetch(connection, _NOTES[connection.dialect.name]):
        said = _said(size, bytes(note).decode(errors="replace"))
        if (said.size, said.root) != (size, bytes(root)):
            raise DamagedLogError(position=size, reason=_NOT_ITS_NOTE)
        if not said.is_signed:
            raise DamagedLogError(position=size, reason=_NOT_SIGNED)
        # Whoever signed kept the leaves that were in no full tile and in no checkpoint before.
        if len(leaves) != HASH * (size - max(before, size // TILE * TILE)):
            raise DamagedLogError(position=size, reason=_LEAVES_CHANGED)
        before = size
        found.append(said)
    return found


def _said(size: int, note: str) -> Checkpoint:
    try:
        return read_checkpoint(note)
    except FieldError as error:
        raise DamagedLogError(position=size, reason=_NOT_ITS_NOTE) from error
