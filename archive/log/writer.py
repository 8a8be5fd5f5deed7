"""Append to the log: the only way in. There is no update and no delete."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import Connection, Engine, select

from archive.errors import FieldError, KeyReusedError, WrongPositionError
from archive.languages import Words
from archive.log.batches import recorded, sealed
from archive.log.calling import appended
from archive.log.clock import Clock, now, to_microseconds
from archive.log.codec import encode
from archive.log.holding import hold
from archive.log.numbering import known_of, numbered, put_one
from archive.log.reader import read_by_ids
from archive.log.recorded import RecordedEvent
from archive.log.tables import events, streams
from archive.storage import SERVER, put, writing_singly
from archive.vocabulary import Event

# What was there already, by its id, and what is new.
_Found: TypeAlias = tuple[Mapping[str, RecordedEvent], Sequence[RecordedEvent]]


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
    attempt = _to_server if connection.dialect.name == SERVER else _to_file
    clocked = to_microseconds(clock())
    there, new = attempt(connection, batch, recorded_by, expected_position, clocked)
    return _as_given(batch, there, new)


@contextmanager
def appending(
    engine: Engine, *, recorded_by: str, clock: Clock = now
) -> Iterator[Callable[[Sequence[Event]], Appended]]:
    """Yield what appends a batch in a transaction of its own, time after time on one connection.

    On a server that is one statement, and the log is held no longer than it takes there.
    """
    with writing_singly(engine) as begun:

        def append_batch(batch: Sequence[Event]) -> Appended:
            with begun() as connection:
                return append(connection, batch, recorded_by=recorded_by, clock=clock)

        yield append_batch


def _to_file(
    connection: Connection,
    batch: Sequence[Event],
    recorded_by: str,
    expected_position: int | None,
    clocked: int,
) -> _Found:
    """Append to a file, which the transaction holds; return what was found and made."""
    made = sealed(batch, recorded_by=recorded_by) if len(batch) == 1 else None
    if made and expected_position is None:
        found = put_one(connection, made, instant=clocked)
        if found:
            return {}, recorded(made, found)
    position, last_instant = hold(connection)
    known = known_of(connection, batch)
    present = _already(connection, batch) if known.ids else {}
    fresh = _once_each([event for event in batch if event.id not in present])
    if fresh and expected_position is not None:
        _demand_position(connection, fresh[0].stream, expected_position)
    if not fresh:
        return present, ()
    instant = max(last_instant, clocked)
    made = made or sealed(fresh, recorded_by=recorded_by)
    rows, new = numbered(connection, made, known=known, after=position, instant=instant)
    put(connection, events, rows)
    return present, new


def _to_server(
    connection: Connection,
    batch: Sequence[Event],
    recorded_by: str,
    expected_position: int | None,
    clocked: int,
) -> _Found:
    """Append by the one statement of a server; only where it declines is more asked for."""
    present: dict[str, RecordedEvent] = {}
    fresh = list(batch)
    while fresh:
        fresh = _once_each(fresh)
        made = sealed(fresh, recorded_by=recorded_by)
        found = appended(connection, made, instant=clocked, expected_position=expected_position)
        if found:
            return present, recorded(made, found)
        there = _already(connection, batch)
        if there.keys() == present.keys() and expected_position is not None:
            _demand_position(connection, fresh[0].stream, expected_position)
        present = there
        fresh = [event for event in batch if event.id not in present]
    return present, ()


def _as_given(
    batch: Sequence[Event], present: Mapping[str, RecordedEvent], new: Sequence[RecordedEvent]
) -> Appended:
    """Return the events in the order of *batch*, those already there and those that are new."""
    if len(new) == len(batch):
        return Appended(tuple(new), tuple(new))
    there = {**present, **{one.event.id: one for one in new}}
    return Appended(tuple(there[event.id] for event in batch), tuple(new))


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
