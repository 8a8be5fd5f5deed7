"""Proofs that need nothing of this archive: an event in a checkpoint, one checkpoint in another.

Whoever checks one needs SHA-256 and the format that ``hashing`` states; a path is that of
RFC 6962 §2.1, every hash in hexadecimal digits.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, Row, select

from archive.errors import ArchiveError, NotFoundError
from archive.languages import Words
from archive.log.hashing import FORMAT
from archive.log.notes import Checkpoint
from archive.log.tables import events, kinds, streams
from archive.log.tiles import Tree

_EVENT = Words("事件", "event")


class NotContinuedError(ArchiveError):
    """The log of today does not begin with what a checkpoint says."""

    sentence = Words(
        zh="日志的前 {size} 条事件与检查点不符；请运行：archive verify --against 文件",
        en="The first {size} events of the log are not what the checkpoint says; "
        "run: archive verify --against FILE",
    )


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """What shows that an event, as it stands here, is in the tree of a checkpoint.

    ``envelope`` is what its leaf is hashed from, in the order of the format; the payload is the
    text, null where it was masked: its hash then stands for it.
    """

    event: str
    position: int
    envelope: tuple[str | None, ...]
    payload: str | None
    salt: str | None
    payload_hash: str
    path: tuple[str, ...]
    checkpoint: str


@dataclass(frozen=True, slots=True)
class ConsistencyProof:
    """What shows that the log of one checkpoint begins that of a later one."""

    earlier: str
    path: tuple[str, ...]
    checkpoint: str


def prove_inclusion(
    connection: Connection, *, event_id: str, checkpoint: Checkpoint
) -> InclusionProof:
    """Return the proof of an event that *checkpoint* covers; raises NotFoundError."""
    row = _found(connection, event_id)
    if row.position > checkpoint.size:
        raise NotFoundError(what=_EVENT, name=event_id)
    path = Tree(connection).inclusion(row.position, size=checkpoint.size)
    is_masked = row.payload is None
    return InclusionProof(
        event=event_id,
        position=row.position,
        envelope=_envelope(row),
        payload=None if is_masked else bytes(row.payload).decode(),
        salt=None if is_masked else bytes(row.salt).hex(),
        payload_hash=bytes(row.payload_hash).hex(),
        path=tuple(one.hex() for one in path),
        checkpoint=checkpoint.note,
    )


def prove_consistency(
    connection: Connection, *, earlier: Checkpoint, checkpoint: Checkpoint
) -> ConsistencyProof:
    """Return the proof that *earlier* begins *checkpoint*; raises NotContinuedError."""
    tree = Tree(connection)
    if earlier.size > checkpoint.size or tree.root(earlier.size) != earlier.root:
        raise NotContinuedError(size=earlier.size)
    path = tree.consistency(earlier.size, size=checkpoint.size)
    return ConsistencyProof(earlier.note, tuple(one.hex() for one in path), checkpoint.note)


def _found(connection: Connection, event_id: str) -> Row[tuple[object, ...]]:
    wanted = (
        select(events, streams.c.name.label("stream"), kinds.c.name, kinds.c.version)
        .join(streams, streams.c.id == events.c.stream_id)
        .join(kinds, kinds.c.id == events.c.kind_id)
        .where(events.c.id == event_id)
    )
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFoundError(what=_EVENT, name=event_id)
    return row


def _envelope(row: Row[tuple[object, ...]]) -> tuple[str | None, ...]:
    fields = (
        FORMAT,
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
    )
    return tuple(None if field is None else str(field) for field in fields)
