"""A batch appended by the one statement of a server, which looks up all that it needs inside."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Final, TypeVar

from sqlalchemy import Connection

from archive.log import hashing
from archive.log.batches import Batch, Numbered
from archive.storage import sending
from archive.storage.sending import Sent

T = TypeVar("T", bound=Hashable)

_CALL: Final = "SELECT after, instant, ended FROM {}({})"
_ONE: Final = _CALL.format("log_append_one", ", ".join(f"${one}" for one in range(1, 18)))
_MANY: Final = _CALL.format("log_append", ", ".join(f"${one}" for one in range(1, 21)))


def appended(
    connection: Connection, batch: Batch, *, instant: int, expected_position: int | None
) -> Numbered | None:
    """Append *batch*, at *instant* or, where the log is later, at the log's.

    None, and nothing is written, where one of the ids is there already or the stream of the first
    event does not end at *expected_position*.
    """
    by = (
        sending.long(instant),
        sending.text(batch.recorded_by),
        sending.number(hashing.FORMAT),
        sending.number(expected_position),
    )
    if len(batch.events) == 1:
        return _one(connection, batch, by)
    streams, of_stream = _listed([one.stream for one in batch.events])
    kinds, of_kind = _listed([(one.kind, one.kind_version) for one in batch.events])
    nth = list(_nth(of_stream))
    given = (
        sending.texts([one.id for one in batch.events]),
        sending.texts(streams),
        sending.numbers(of_stream),
        sending.numbers(nth),
        sending.texts([name for name, _version in kinds]),
        sending.numbers([version for _name, version in kinds]),
        sending.numbers(of_kind),
        sending.texts([one.occurred.edtf for one in batch.events]),
        sending.numbers(batch.earliest),
        sending.numbers(batch.latest),
        sending.some_texts(batch.joined),
        *map(sending.byte_strings, (batch.payloads, batch.salts, batch.digests)),
        *map(sending.byte_strings, (batch.openings, batch.closings)),
        *by,
    )
    after, at, ended = sending.call(connection, _MANY, given)
    if after is None or at is None or ended is None:
        return None
    ends = sending.numbers_of(ended)
    places = [ends[stream - 1] + place for stream, place in zip(of_stream, nth, strict=True)]
    return Numbered(sending.number_of(after), sending.number_of(at), places)


def _one(connection: Connection, batch: Batch, by: tuple[Sent, ...]) -> Numbered | None:
    one = batch.events[0]
    given = (
        sending.text(one.id),
        sending.text(one.stream),
        sending.text(one.kind),
        sending.number(one.kind_version),
        sending.text(one.occurred.edtf),
        sending.number(batch.earliest[0]),
        sending.number(batch.latest[0]),
        sending.text(batch.joined[0]),
        *(column[0] for column in (batch.payloads, batch.salts, batch.digests)),
        *(column[0] for column in (batch.openings, batch.closings)),
        *by,
    )
    after, at, ended = sending.call(connection, _ONE, given)
    if after is None or at is None or ended is None:
        return None
    return Numbered(
        sending.number_of(after), sending.number_of(at), [sending.number_of(ended) + 1]
    )


def _listed(values: Sequence[T]) -> tuple[list[T], list[int]]:
    """Return each value once, and of every one its place among those, from 1."""
    places: dict[T, int] = {}
    found = [places.setdefault(one, len(places) + 1) for one in values]
    return list(places), found


def _nth(values: Sequence[int]) -> Iterator[int]:
    """Yield of every value the how manieth of its like it is."""
    met: Counter[int] = Counter()
    for one in values:
        met[one] = nth = met[one] + 1
        yield nth
