"""Append to the log: the only way in. There is no update and no delete."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select, update

from archive.errors import FieldError, KeyReusedError, WrongPositionError
from archive.languages import Words
from archive.log import hashing
from archive.log.clock import Clock, now, to_microseconds
from archive.log.codec import encode, to_day
from archive.log.holding import hold
from archive.log.reader import read_by_ids
from archive.log.recorded import RecordedEvent
from archive.log.tables import events, kinds, log_head, streams
from archive.vocabulary import Event, spoken_of


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
        connection.execute(insert(events), rows)
    known = present | {one.event.id: one for one in recorded}
    return Appended(tuple(known[event.id] for event in batch), tuple(recorded))


def _move_head(connection: Connection, position: int, instant: int) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(update(log_head).values(position=position, recorded_at=instant))


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
) -> tuple[list[dict[str, object]], list[RecordedEvent]]:
    stream_ids = _stream_ids(connection, batch)
    kind_ids = _kind_ids(connection, batch)
    ends = _stream_ends(connection, stream_ids)
    rows: list[dict[str, object]] = []
    recorded: list[RecordedEvent] = []
    for offset, event in enumerate(batch, start=1):
        ends[event.stream] = stream_position = ends.get(event.stream, 0) + 1
        row = _row(event, instant, recorded_by)
        row["position"] = position + offset
        row["stream_id"] = stream_ids[event.stream]
        row["stream_position"] = stream_position
        row["kind_id"] = kind_ids[event.kind, event.kind_version]
        rows.append(row)
        recorded.append(
            RecordedEvent(
                event=event,
                position=position + offset,
                stream_position=stream_position,
                microseconds=instant,
                recorded_by=recorded_by,
                about=spoken_of(event),
                leaf=bytes(row["leaf"]),  # type: ignore[call-overload]  # bytes, made below
            )
        )
    return rows, recorded


def _row(event: Event, instant: int, recorded_by: str) -> dict[str, object]:
    payload, salt = encode(event), secrets.token_bytes(hashing.SALT_BYTES)
    digest = hashing.payload_hash(payload, salt=salt)
    edtf = event.occurred.edtf
    earliest, latest = to_day(event.occurred.earliest), to_day(event.occurred.latest)
    about = " ".join(spoken_of(event)) or None
    leaf = hashing.leaf(
        event.id,
        event.stream,
        event.kind,
        event.kind_version,
        edtf,
        earliest,
        latest,
        instant,
        recorded_by,
        about,
        payload_digest=digest,
    )
    return {
        "id": event.id,
        "edtf": edtf,
        "earliest": earliest,
        "latest": latest,
        "recorded_at": instant,
        "recorded_by": recorded_by,
        "about": about,
        "format": hashing.FORMAT,
        "payload": payload,
        "salt": salt,
        "payload_hash": digest,
        "leaf": leaf,
    }


def _stream_ids(connection: Connection, batch: Sequence[Event]) -> Mapping[str, int]:
    names = list(dict.fromkeys(event.stream for event in batch))
    known = {
        row.name: row.id
        for row in connection.execute(select(streams).where(streams.c.name.in_(names)))
    }
    missing = [name for name in names if name not in known]
    if missing:
        last = connection.scalar(select(func.coalesce(func.max(streams.c.id), 0))) or 0
        added = {name: last + number for number, name in enumerate(missing, start=1)}
        connection.execute(insert(streams), [{"id": i, "name": n} for n, i in added.items()])
        known |= added
    return known


def _kind_ids(connection: Connection, batch: Sequence[Event]) -> Mapping[tuple[str, int], int]:
    known = {(row.name, row.version): row.id for row in connection.execute(select(kinds))}
    wanted = dict.fromkeys((event.kind, event.kind_version) for event in batch)
    missing = [pair for pair in wanted if pair not in known]
    if missing:
        last = max(known.values(), default=0)
        added = {pair: last + number for number, pair in enumerate(missing, start=1)}
        rows = [
            {"id": i, "name": name, "version": version} for (name, version), i in added.items()
        ]
        connection.execute(insert(kinds), rows)
        known |= added
    return known


def _stream_ends(connection: Connection, stream_ids: Mapping[str, int]) -> dict[str, int]:
    names = {identity: name for name, identity in stream_ids.items()}
    ends = (
        select(events.c.stream_id, func.max(events.c.stream_position).label("last"))
        .where(events.c.stream_id.in_(list(names)))
        .group_by(events.c.stream_id)
    )
    return {names[row.stream_id]: row.last for row in connection.execute(ends)}
