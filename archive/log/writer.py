"""Append to the log: the only way in. There is no update and no delete."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from archive.errors import FieldError, KeyReusedError, WrongPositionError
from archive.languages import Words
from archive.log.clock import Clock, now, to_microseconds
from archive.log.codec import encode
from archive.log.holding import hold
from archive.log.numbering import known_of, numbered
from archive.log.reader import read_by_ids
from archive.log.recorded import RecordedEvent
from archive.log.tables import events, streams
from archive.storage import put
from archive.vocabulary import Event


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
    known = known_of(connection, batch)
    present = _already(connection, batch) if known.ids else {}
    fresh = _once_each([event for event in batch if event.id not in present])
    if fresh and expected_position is not None:
        _demand_position(connection, fresh[0].stream, expected_position)
    if not fresh:
        return Appended(tuple(present[event.id] for event in batch), ())
    instant = max(last_instant, to_microseconds(clock()))
    rows, recorded = numbered(
        connection, fresh, known=known, after=position, instant=instant, recorded_by=recorded_by
    )
    put(connection, events, rows)
    if len(recorded) == len(batch):
        return Appended(tuple(recorded), tuple(recorded))
    there = present | {one.event.id: one for one in recorded}
    return Appended(tuple(there[event.id] for event in batch), tuple(recorded))


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
