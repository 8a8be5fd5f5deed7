"""Check that the log is whole: positions dense, instants rising, every hash as recomputed."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from archive.errors import DamagedLogError
from archive.languages import Words
from archive.log import hashing
from archive.log.tables import erasures, events, kinds, log_head, streams

_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked: how many events, and the positions whose text was masked."""

    events: int
    masked: tuple[int, ...]


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


def verify(connection: Connection, *, progress: Callable[[int], None] | None = None) -> Verified:
    """Recompute every hash of the log; raise DamagedLogError at the first bad position."""
    query = (
        select(events, streams.c.name.label("stream"), kinds.c.name, kinds.c.version)
        .outerjoin(streams, streams.c.id == events.c.stream_id)
        .outerjoin(kinds, kinds.c.id == events.c.kind_id)
        .order_by(events.c.position)
        .limit(_PAGE)
    )
    allowed = set(connection.scalars(_ALLOWED))
    masked: list[int] = []
    ends: defaultdict[int, int] = defaultdict(int)
    last, instant = 0, 0
    while rows := connection.execute(query.where(events.c.position > last)).all():
        for row in rows:
            _check_place(row, last, instant, ends)
            _check_hashes(row, is_masked=row.position in allowed)
            if row.payload is None:
                masked.append(row.position)
            last, instant = row.position, row.recorded_at
        if progress:
            progress(last)
    _check_head(connection, last)
    return Verified(last, tuple(masked))


def _check_place(row: Row[Any], last: int, instant: int, ends: defaultdict[int, int]) -> None:
    if row.position != last + 1:
        raise _damage(last + 1, "此处缺少事件", "an event is missing here")
    if row.recorded_at < instant:
        raise _damage(row.position, "记录时间倒退", "its record time runs backwards")
    ends[row.stream_id] += 1
    if row.stream_position != ends[row.stream_id]:
        raise _damage(row.position, "流内位置不连续", "its place in the stream is not the next")


def _check_hashes(row: Row[Any], *, is_masked: bool) -> None:
    if row.format != hashing.FORMAT:
        raise _damage(row.position, "未知的散列格式", "its hash format is unknown")
    if row.payload is None and not is_masked:
        raise _damage(row.position, "正文缺失而无遮蔽记录", "its text is gone without a masking")
    if row.payload is not None:
        digest = hashing.payload_hash(bytes(row.payload), salt=bytes(row.salt or b""))
        if digest != bytes(row.payload_hash):
            raise _damage(row.position, "正文与散列不符", "its text does not match its hash")
    leaf = hashing.leaf(
        row.id,
        row.stream,
        row.name,
        row.version,
        row.edtf,
        row.earliest,
        row.latest,
        row.recorded_at,
        row.recorded_by,
        row.about,
        payload_digest=bytes(row.payload_hash),
    )
    if leaf != bytes(row.leaf):
        raise _damage(row.position, "信封与散列不符", "its envelope does not match its hash")


def _check_head(connection: Connection, last: int) -> None:
    if connection.dialect.name != "postgresql":
        return
    position = connection.scalar(select(log_head.c.position))
    if position != last:
        raise _damage(last + 1, "日志末尾缺少事件", "events are missing at the end of the log")
