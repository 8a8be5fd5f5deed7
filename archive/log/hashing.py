"""The hashes of an event, in their final, versioned format.

Format 1. Every field is UTF-8 text, preceded by its length in four bytes, big-endian; a field
that is absent is the length 0xFFFFFFFF alone.

    payload hash = SHA-256(field(salt) ‖ field(payload))
    leaf         = SHA-256(0x00 ‖ field("1") ‖ field(id) ‖ field(stream) ‖ field(kind)
                           ‖ field(kind version) ‖ field(edtf) ‖ field(earliest) ‖ field(latest)
                           ‖ field(recorded_at) ‖ field(recorded_by) ‖ field(about)
                           ‖ field(payload hash))

payload is the canonical JSON of what the envelope does not say: after, before, claims, data,
date_kind, entities, importance, place, stated, summary, tags, title, all of them always there,
and time where a time of day is told.
earliest and latest are Julian Day Numbers, recorded_at microseconds since 1970 (UTC), all in
decimal digits. about is the ids of the events that this one is about, parted by blanks, so that
what a correction or a retraction does outlives the masking of its text. The leading 0x00 is the
leaf prefix of RFC 6962 §2.1, so that leaves can become the leaves of its Merkle tree; the tree,
not the leaf, binds the position. The salt keeps a masked text from being guessed from its hash.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import groupby, repeat
from typing import Final, TypeAlias

# The fields of a column: of each row, or one where all rows have the same.
Column: TypeAlias = Iterable[bytes] | bytes

FORMAT = 1
SALT_BYTES = 16
_ABSENT = b"\xff\xff\xff\xff"


def _field(value: bytes | str | int | None) -> bytes:
    if value is None:
        return _ABSENT
    raw = value if isinstance(value, bytes) else str(value).encode()
    return len(raw).to_bytes(4, "big") + raw


# Kinds, days and names come again and again: to verify a log is to hash them millions of times.
_known = lru_cache(maxsize=1 << 14)(_field)
_BEGINNING = b"\x00" + _field(FORMAT)
_DIGEST: Final = sha256().digest_size.to_bytes(4, "big")
_MOST: Final = 1 << 16
_FEW: Final = 8


class _Lengths(dict[int, bytes]):
    """Lengths as they stand before a field, each made once."""

    def __missing__(self, length: int) -> bytes:
        self[length] = made = length.to_bytes(4, "big")
        return made


class Fields(dict[str | int | None, bytes]):
    """Values as the fields they are hashed as, those met first kept."""

    def __missing__(self, value: str | int | None) -> bytes:
        made = _field(value)
        if len(self) < _MOST:
            self[value] = made
        return made

    def of(self, values: Sequence[str | int | None]) -> Column:
        """Return the fields of *values*, one for all where they are the same."""
        if values.count(values[0]) == len(values):
            return self[values[0]]
        return map(self.__getitem__, values)


_lengths = _Lengths()


def payload_hash(payload: bytes, *, salt: bytes) -> bytes:
    """Return the 32 bytes that stand for *payload* even after it was masked."""
    return sha256(_field(salt) + _field(payload)).digest()


def leaf(*envelope: str | int | None, payload_digest: bytes) -> bytes:
    """Return the 32 bytes of an event's leaf.

    *envelope* is id, stream, kind, kind version, edtf, earliest, latest, recorded_at, recorded_by,
    about, in this order.
    """
    event_id, stream, kind, version, edtf, earliest, latest, instant, *by = envelope
    before = opening(event_id, stream, kind, version, edtf, earliest, latest)
    return leaf_of(before, instant, closing(*by, payload_digest=payload_digest))


def opening(event_id: str | int | None, *said: str | int | None) -> bytes:
    """Return what of an event's leaf lies before its recorded_at."""
    return b"".join((_BEGINNING, _field(event_id), *map(_known, said)))


def closing(*by: str | int | None, payload_digest: bytes) -> bytes:
    """Return what of an event's leaf lies behind its recorded_at."""
    return b"".join((*map(_known, by), _field(payload_digest)))


def leaf_of(before: bytes, instant: str | int | None, behind: bytes) -> bytes:
    """Return the leaf of an event recorded at *instant*."""
    return sha256(before + _field(instant) + behind).digest()


def openings(ids: Sequence[str], *columns: Column) -> list[bytes]:
    """Return what `opening` returns of each row, given by columns as to `leaves`."""
    written = list(map(str.encode, ids))
    return _joined(_BEGINNING, _lengths_of(written), written, *columns)


def closings(*columns: Column, payload_digests: Sequence[bytes]) -> list[bytes]:
    """Return what `closing` returns of each row, given by columns as to `leaves`."""
    return _joined(*columns, _DIGEST, payload_digests)


def leaves_of(before: Sequence[bytes], instant: int, behind: Sequence[bytes]) -> list[bytes]:
    """Return what `leaf_of` returns of each row, all recorded at the same instant."""
    return _hashed(before, _field(instant), behind)


def payload_hashes(salts: Sequence[bytes], payloads: Sequence[bytes]) -> list[bytes]:
    """Return what `payload_hash` returns of each salt with its payload."""
    columns = (_lengths_of(salts), salts, _lengths_of(payloads), payloads)
    return _hashed(*columns)


def leaves(
    ids: Sequence[str],
    *columns: Column,
    instants: Sequence[int],
    after: Sequence[Column],
    payload_digests: Sequence[bytes],
) -> list[bytes]:
    """Return what `leaf` returns of each row, given by columns.

    *columns* hold the fields between id and recorded_at, *after* those behind it, joined or apart;
    one that is the same in every row may be given once. The *instants* do not fall.
    """
    written = list(map(str.encode, ids))
    return _hashed(
        _BEGINNING,
        _lengths_of(written),
        written,
        *columns,
        *_instants(instants),
        *after,
        _DIGEST,
        payload_digests,
    )


def _hashed(*columns: Column) -> list[bytes]:
    return [sha256(one).digest() for one in _joined(*columns)]


def _joined(*columns: Column) -> list[bytes]:
    return list(map(b"".join, zip(*_merged(columns), strict=False)))


def _merged(columns: Sequence[Column]) -> Iterator[Iterable[bytes]]:
    """Yield the columns, neighbours that are the same in every row as one."""
    for is_same, some in groupby(columns, key=lambda one: isinstance(one, bytes)):
        if is_same:
            yield repeat(b"".join(one for one in some if isinstance(one, bytes)))
        else:
            yield from (one for one in some if not isinstance(one, bytes))


def _lengths_of(values: Sequence[bytes]) -> Iterable[bytes]:
    return map(_lengths.__getitem__, map(len, values))


def _instants(instants: Sequence[int]) -> tuple[Column, ...]:
    """Return the fields of instants, which are the same throughout a batch or ever others."""
    if instants[0] == instants[-1]:
        return (_field(instants[0]),)
    several = set(instants)
    if len(several) < len(instants) // _FEW:
        return (map({one: _field(one) for one in several}.__getitem__, instants),)
    # Not "%d": a file may hold what is no whole number, and that would be cut down to one.
    written = list(map(str.encode, map(str, instants)))
    length, *others = set(map(len, written))
    # From 2001 to 2286 they all have as many digits.
    return (_lengths_of(written) if others else _lengths[length]), written
