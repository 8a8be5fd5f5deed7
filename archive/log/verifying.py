"""Check that the log is whole: positions dense, instants rising, hashes and seals as they were."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select
from sqlalchemy.exc import DBAPIError

from archive.errors import DamagedLogError
from archive.languages import Words
from archive.log import hashing
from archive.log.columns import Columns, SoFar, kinds_of, page_after, stream_names
from archive.log.notes import Checkpoint, Verifier
from archive.log.seals import Seals
from archive.log.strays import (
    OF_ANOTHER_TYPE,
    demand_none_before,
    first_mistyped,
    first_unmasked,
)
from archive.log.tables import erasures, events, kinds, log_head
from archive.log.tiles import MISSING

# As much as a processor keeps at hand: larger pages take longer, event for event.
_PAGE = 256


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked: how many events, the positions whose text was masked, and the seals.

    ``sealed`` is the position up to which checkpoints, ``checkpoints`` in number, say the same.
    """

    events: int
    masked: tuple[int, ...]
    sealed: int = 0
    checkpoints: int = 0


_masked, _masking = events.alias(), events.alias()
# An erasure counts only where a text_masked in the log says so of that event.
_ALLOWED = (
    select(erasures.c.position)
    .join(_masked, _masked.c.position == erasures.c.position)
    .join(_masking, _masking.c.position == erasures.c.masked_by)
    .join(kinds, kinds.c.id == _masking.c.kind_id)
    .where(
        kinds.c.name == "text_masked",
        or_(_masking.c.about == _masked.c.id, _masking.c.about == _masked.c.about),
    )
)


def _damage(position: int, zh: str, en: str) -> DamagedLogError:
    return DamagedLogError(position=position, reason=Words(zh, en))


def verify(
    connection: Connection,
    *,
    against: Sequence[Checkpoint] = (),
    verifier: Verifier | None = None,
    progress: Callable[[int], None] | None = None,
) -> Verified:
    """Recompute every hash and the tree over them; DamagedLogError names the first bad position.

    The log must be what its own seals say, and what each checkpoint of *against* says. Each of its
    own must bear a signature, and a valid one where it names *verifier*; whose signatures those
    given are is the caller's affair. What was masked must be gone, and nothing else.
    """
    demand_none_before(connection)
    seals = Seals(connection, against=against)
    so_far = SoFar(frozenset(connection.scalars(_ALLOWED)), kinds_of(connection))
    unmasked = first_unmasked(connection, allowed=so_far.allowed)
    columns = Columns(connection, so_far)
    while page := _page(connection, so_far.last):
        leaves = columns.leaves(page)
        if leaves is None:
            _examine(connection, page, so_far, seals)
        else:
            seals.meet(leaves)
        _demand_masked(unmasked, until=so_far.last)
        if progress:
            progress(so_far.last)
    _check_head(connection, so_far.last)
    seals.end()
    _demand_masked(unmasked)
    if verifier:
        seals.demand_signed(verifier)
    return Verified(so_far.last, tuple(so_far.masked), seals.size, seals.checkpoints)


def _page(connection: Connection, last: int) -> Sequence[Any]:
    """Return the rows that follow; where one of them cannot be read, those before it."""
    try:
        return page_after(connection, last, limit=_PAGE)
    except DBAPIError:
        bad = first_mistyped(connection)
        if bad is None:
            raise
        page = page_after(connection, last, limit=_PAGE, before=bad)
        if not page:
            raise DamagedLogError(position=bad, reason=OF_ANOTHER_TYPE) from None
        return page


def _demand_masked(unmasked: tuple[int, Words] | None, *, until: int | None = None) -> None:
    """Raise DamagedLogError for what was found not masked, if it lies in what was read."""
    if unmasked and (until is None or unmasked[0] <= until):
        raise DamagedLogError(position=unmasked[0], reason=unmasked[1])


def _examine(connection: Connection, page: Sequence[Any], so_far: SoFar, seals: Seals) -> None:
    """Look at a page row by row; what was sealed otherwise outweighs what hashes badly behind."""
    names = stream_names(connection, [row[1] for row in page])
    leaves: list[bytes] = []
    try:
        for row in page:
            leaves.append(_sound(row, so_far, names))  # noqa: PERF401 - those before a bad one count
    except TypeError as error:
        bad = first_mistyped(connection)
        if bad is None:
            raise
        raise DamagedLogError(position=bad, reason=OF_ANOTHER_TYPE) from error
    finally:
        seals.meet(leaves)


def _sound(row: Sequence[Any], so_far: SoFar, names: Mapping[int, str]) -> bytes:
    """Return the leaf of a row that follows on and hashes to what it says, else raise."""
    position, stream_id, stream_position, recorded_at = row[:4]
    format_, payload, salt, payload_hash, leaf, kind_id, event_id, *said = row[4:]
    if position != so_far.last + 1:
        raise DamagedLogError(position=so_far.last + 1, reason=MISSING)
    if recorded_at < so_far.instant:
        raise _damage(position, "记录时间倒退", "its record time runs backwards")
    so_far.last, so_far.instant = position, recorded_at
    so_far.ends[stream_id] = place = so_far.ends.get(stream_id, 0) + 1
    if stream_position != place:
        raise _damage(position, "流内位置不连续", "its place in the stream is not the next")
    if format_ != hashing.FORMAT:
        raise _damage(position, "未知的散列格式", "its hash format is unknown")
    _check_text(position, payload, salt, payload_hash, so_far)
    edtf, earliest, latest, recorded_by, about = said
    kind = so_far.kinds.get(kind_id, (None, None))
    days = (edtf, earliest, latest)
    envelope = (event_id, names.get(stream_id), *kind, *days, recorded_at, recorded_by, about)
    if leaf != hashing.leaf(*envelope, payload_digest=payload_hash):
        raise _damage(position, "信封与散列不符", "its envelope does not match its hash")
    return bytes(leaf)


def _check_text(
    position: int, payload: bytes | None, salt: bytes | None, digest: bytes, so_far: SoFar
) -> None:
    if payload is None:
        if position not in so_far.allowed:
            raise _damage(position, "正文缺失而无遮蔽记录", "its text is gone without a masking")
        so_far.masked.append(position)
    elif hashing.payload_hash(payload, salt=salt or b"") != digest:
        raise _damage(position, "正文与散列不符", "its text does not match its hash")


def _check_head(connection: Connection, last: int) -> None:
    if connection.dialect.name != "postgresql":
        return
    position = connection.scalar(select(log_head.c.position))
    if position != last:
        raise _damage(last + 1, "日志末尾缺少事件", "events are missing at the end of the log")
