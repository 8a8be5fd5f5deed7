"""The rival of the log: the recorders of the library eventsourcing, as they come by default."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, Final

import msgspec
from eventsourcing.domain import DomainEvent, datetime_now_with_tzinfo
from eventsourcing.persistence import (
    ApplicationRecorder,
    DatetimeAsISO,
    JSONTranscoder,
    Mapper,
    StoredEvent,
    UUIDAsHex,
)
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore
from sqlalchemy import Engine
from sqlalchemy.engine import URL

from archive.log.codec import encode
from archive.vocabulary import Event

PAGE: Final = 500


class Said(DomainEvent):
    """What one of our events says, as an event of that library."""

    said: dict[str, Any]


@contextmanager
def recorder(engine: Engine, *, is_new: bool = True) -> Iterator[ApplicationRecorder]:
    """Yield a recorder in the same file or database as *engine*; its tables are made if new.

    Several that make them at once can die of it, with "tuple concurrently updated".
    """
    if engine.dialect.name == "sqlite":
        store: Any = SQLiteDatastore(str(engine.url.database))
        found: Any = SQLiteApplicationRecorder(store)
    else:
        store = PostgresDatastore(**_server(engine.url))
        found = PostgresApplicationRecorder(store)
    try:
        if is_new:
            found.create_table()
        else:
            store.register_type_adapters()
        found.max_notification_id()
        yield found
    finally:
        store.close()


def _server(url: URL) -> dict[str, Any]:
    return {
        "dbname": url.database,
        "host": url.host,
        "port": url.port,
        "user": url.username,
        "password": url.password or "",
        # Theirs is 5 seconds: less than a machine that many share may take.
        "connect_timeout": 60,
    }


def mapper() -> Mapper[uuid.UUID]:
    """Return what turns events into what is stored, and back."""
    transcoder = JSONTranscoder()
    for one in (UUIDAsHex(), DatetimeAsISO()):
        transcoder.register(one)
    return Mapper(transcoder)


def stored(events: Sequence[Event]) -> list[StoredEvent]:
    """Return the same events, stream by stream numbered, as their recorder takes them."""
    to_stored = mapper().to_stored_event
    streams: dict[str, tuple[uuid.UUID, Iterator[int]]] = {}
    made = []
    for event in events:
        number = uuid.uuid5(uuid.NAMESPACE_URL, event.stream)
        originator, versions = streams.setdefault(event.stream, (number, count(1)))
        said = Said(  # type: ignore[call-arg]  # their metaclass makes what takes it
            originator_id=originator,
            originator_version=next(versions),
            timestamp=datetime_now_with_tzinfo(),
            said=msgspec.to_builtins(event),
        )
        made.append(to_stored(said))
    return made


def as_bytes(events: Sequence[Event]) -> list[StoredEvent]:
    """Return the same events, the state of each the very bytes of our payload."""
    ends: Counter[str] = Counter()
    made = []
    for event in events:
        ends[event.stream] += 1
        originator = uuid.uuid5(uuid.NAMESPACE_URL, event.stream)
        topic = "tests.benchmarks.rivals:Said"
        made.append(StoredEvent(originator, ends[event.stream], topic, encode(event)))
    return made


def pull(found: ApplicationRecorder, take: Callable[[Any], object]) -> int:
    """Hand every notification of the log to *take*, PAGE at a time; return how many."""
    start, many = 1, 0
    while page := found.select_notifications(start, PAGE):
        take(page)
        start, many = page[-1].id + 1, many + len(page)
    return many
