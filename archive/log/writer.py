"""Append to the log: the only way in. There is no update and no delete."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, select

from archive.errors import FieldError, KeyReusedError, WrongPositionError
from archive.languages import Words
from archive.log import hashing
from archive.log.clock import Clock, now, to_microseconds
from archive.log.codec import encode, to_day
from archive.log.holding import hold
from archive.log.reader import read_by_ids
from archive.log.recorded import RecordedEvent
from archive.log.tables import events, kinds, streams
from archive.storage import SERVER, among, put, run
from archive.vocabulary import Event, spoken_of

_Row: TypeAlias = tuple[Any, ...]

_STREAMS: Final = (
    "SELECT stream.name, stream.id, (SELECT COALESCE(MAX(event.stream_position), 0) FROM event "
    "WHERE event.stream_id = stream.id) FROM stream WHERE stream.name {keys}"
)
_KINDS: Final = "SELECT kind.name, kind.version, kind.id FROM kind WHERE kind.name {keys}"
_LAST_STREAM: Final = "SELECT COALESCE(MAX(id), 0) FROM stream"
_LAST_KIND: Final = "SELECT COALESCE(MAX(id), 0) FROM kind"
_MOVE_HEAD: Final = "UPDATE log_head SET position = %s, recorded_at = %s"


class Outcome(StrEnum):
    """What became of an append."""

    APPENDED = "appended"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Appended:
    """The events as they stand in the log, in the order given, and those that are new in it."""

    recorded: tuple[RecordedEvent, ...]
    new: tuple[RecordedEvent, ...]

    @property
    def outcome(self) -> Outcome:
        """Tell whether anything was appended."""
        return Outcome.APPENDED if self.new else Outcome.ALREADY


def append(
    connection: Connection,
    batch: Sequence[Event],
    *,
    recorded_by: str,
    expected_position: int | None = None,
    clock: Clock = now,
) -> Appended:
    """Record *batch* at the end of the log, in the caller's transaction, in its order.

    The id of an event is its idempotency key, for ever: one that is already in the log with the
    same content keeps its position and is not appended again; with other content KeyReusedError
    is raised. *expected_position* is where the writer last saw the stream of the first event end;
    if it ends elsewhere by now, WrongPositionError names the events that came between. Whatever is
    raised, nothing of the batch is kept once the caller's transaction rolls back.
    """
    if not recorded_by.isprintable():
        accepted = Words("可打印的名字", "a name that can be printed")
        raise FieldError(field="recorded_by", value=recorded_by, accepted=accepted)
    position, last_instant = hold(connection)
    present = _already(connection, batch)
    fresh = _once_each([event for event in batch if event.id not in present])
    if fresh and expected_position is not None:
        _demand_position(connection, fresh[0].stream, expected_position)
    instant = max(last_instant, to_microseconds(clock()))
    rows, recorded = _numbered(connection, fresh, position, instant, recorded_by)
    if rows:
        _move_head(connection, position + len(rows), instant)
        put(connection, events, rows)
    known = present | {one.event.id: one for one in recorded}
    return Appended(tuple(known[event.id] for event in batch), tuple(recorded))


def _move_head(connection: Connection, position: int, instant: int) -> None:
    if connection.dialect.name == SERVER:
        run(connection, _MOVE_HEAD, (position, instant))


def _already(connection: Connection, batch: Sequence[Event]) -> dict[str, RecordedEvent]:
    found = read_by_ids(connection, [event.id for event in batch])
    for event in batch:
        known = found.get(event.id)
        if known and not known.is_masked and encode(known.event) != encode(event):
            raise KeyReusedError(key=event.id, position=known.position)
        if known and _envelope(known.event) != _envelope(event):
            raise KeyReusedError(key=event.id, position=known.position)
    return found


def _envelope(event: Event) -> tuple[object, ...]:
    return (event.id, event.stream, event.kind, event.kind_version, event.occurred.edtf)


def _once_each(batch: Sequence[Event]) -> list[Event]:
    unique: dict[str, Event] = {}
    for event in batch:
        first = unique.setdefault(event.id, event)
        if first != event:
            raise KeyReusedError(key=event.id, position=0)
    return list(unique.values())


def _demand_position(connection: Connection, stream: str, expected: int) -> None:
    in_stream = (
        select(events.c.id, events.c.stream_position)
        .join(streams, streams.c.id == events.c.stream_id)
        .where(streams.c.name == stream)
    )
    newest = in_stream.order_by(events.c.stream_position.desc()).limit(1)
    last = connection.execute(newest).one_or_none()
    actual = last.stream_position if last else 0
    if actual == expected:
        return
    later = in_stream.where(events.c.stream_position > expected)
    between = connection.execute(later.order_by(events.c.stream_position)).all()
    raise WrongPositionError(
        stream=stream,
        expected=expected,
        actual=actual,
        between=[row.id for row in between],
    )


def _numbered(
    connection: Connection,
    batch: Sequence[Event],
    position: int,
    instant: int,
    recorded_by: str,
) -> tuple[list[_Row], list[RecordedEvent]]:
    known_streams, known_kinds = _streams(connection, batch), _kinds(connection, batch)
    ends = {name: end for name, (_number, end) in known_streams.items()}
    rows: list[_Row] = []
    recorded: list[RecordedEvent] = []
    for place, event in enumerate(batch, start=position + 1):
        ends[event.stream] = stream_position = ends[event.stream] + 1
        kind_id = known_kinds[event.kind, event.kind_version]
        about = spoken_of(event)
        sealed = _sealed(event, instant, recorded_by, " ".join(about) or None)
        rows.append(
            (place, event.id, known_streams[event.stream][0], stream_position, kind_id, *sealed)
        )
        recorded.append(
            RecordedEvent(
                event=event,
                position=place,
                stream_position=stream_position,
                microseconds=instant,
                recorded_by=recorded_by,
                about=about,
                leaf=sealed[-1],
            )
        )
    return rows, recorded


def _sealed(event: Event, instant: int, recorded_by: str, about: str | None) -> _Row:
    """Return the columns from the date on, the leaf last."""
    payload, salt = encode(event), secrets.token_bytes(hashing.SALT_BYTES)
    digest = hashing.payload_hash(payload, salt=salt)
    when = event.occurred
    days = (when.edtf, to_day(when.earliest), to_day(when.latest))
    envelope = (event.id, event.stream, event.kind, event.kind_version)
    leaf = hashing.leaf(*envelope, *days, instant, recorded_by, about, payload_digest=digest)
    return (*days, instant, recorded_by, about, hashing.FORMAT, payload, salt, digest, leaf)


def _streams(connection: Connection, batch: Sequence[Event]) -> dict[str, tuple[int, int]]:
    """Return the number of each stream and where it ends; new ones are numbered."""
    names = list(dict.fromkeys(event.stream for event in batch))
    known = {name: (number, end) for name, number, end in among(connection, _STREAMS, names)}
    missing = [name for name in names if name not in known]
    if missing:
        last = run(connection, _LAST_STREAM).fetchone()[0]
        added = {name: last + number for number, name in enumerate(missing, start=1)}
        put(connection, streams, [(number, name) for name, number in added.items()])
        known |= {name: (number, 0) for name, number in added.items()}
    return known


def _kinds(connection: Connection, batch: Sequence[Event]) -> dict[tuple[str, int], int]:
    """Return the number of each kind, in each version of it; new ones are numbered."""
    wanted = dict.fromkeys((event.kind, event.kind_version) for event in batch)
    found = among(connection, _KINDS, list(dict.fromkeys(name for name, _version in wanted)))
    known = {(name, version): number for name, version, number in found}
    missing = [pair for pair in wanted if pair not in known]
    if missing:
        last = run(connection, _LAST_KIND).fetchone()[0]
        added = {pair: last + number for number, pair in enumerate(missing, start=1)}
        put(connection, kinds, [(number, *pair) for pair, number in added.items()])
        known |= added
    return known
