"""record: something happened, says a source."""

import secrets
import time
import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec
from sqlalchemy import Connection

from archive.commands.blanking import blank_desk, resting_on
from archive.commands.knowing import Known
from archive.commands.relating import related
from archive.errors import BatchError, RefusedError
from archive.log import Clock, RecordedEvent, blank, hold, now, read_by_ids
from archive.log.writer import append
from archive.projections import Loader, apply, forget_beside, no_circles, rebuild
from archive.vocabulary import Event, Raw, check


class Resolver(Protocol):
    """Returns a draft with its date resolved by what is known."""

    def __call__(self, raw: Raw, /, *, known: Known) -> Raw:
        """Return *raw*, its date resolved."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one event: its id, its position, and whether it was already there."""

    id: str
    position: int
    is_new: bool


def new_id() -> str:
    """Return a fresh event id: a UUID of version 7 (RFC 9562 §5.7), so that ids sort by time."""
    milliseconds = time.time_ns() // 10**6
    raw = (milliseconds << 80) | secrets.randbits(80)
    raw = (raw & ~(0xF << 76)) | (7 << 76)
    raw = (raw & ~(0x3 << 62)) | (0x2 << 62)
    return str(uuid.UUID(int=raw))


def checked(
    connection: Connection,
    raws: Iterable[Raw],
    *,
    resolve: Resolver = related,
    progress: Callable[[int], None] | None = None,
) -> list[Event]:
    """Return every draft as a checked event, or raise one BatchError with all their errors.

    An entity or source that a draft introduces is known to those after it. A draft without an id
    gets a fresh one. *resolve* dates a draft by the other events that it names.
    """
    known = Known(connection)
    drafts = [_identified(raw) for raw in raws]
    known.meet(drafts, ids=[one for draft in drafts if isinstance(one := draft["id"], str)])
    events: list[Event] = []
    errors: list[RefusedError] = []
    for number, draft in enumerate(drafts, start=1):
        try:
            event = check(resolve(draft, known=known), lookup=known.entity)
            is_new = not known.is_recorded(event.id)
            for demand in known.demands() if is_new else ():
                demand(event)
        except BatchError as error:
            errors.extend(error.errors)
            continue
        except RefusedError as error:
            errors.append(error)
            continue
        known.learn(event, is_new=is_new)
        events.append(event)
        if progress:
            progress(number)
    if len(errors) == len(drafts) == 1:
        raise errors[0]
    if errors:
        raise BatchError(errors)
    return events


def _identified(raw: Raw) -> Raw:
    said = {name: value for name, value in raw.items() if value is not None}
    return said if "id" in said else {"id": new_id(), **said}


def already_recorded(
    connection: Connection, event_id: str | None, *, kind: str, target: str
) -> Recorded | None:
    """Return the event called *event_id* if it is what is to be recorded again, else None."""
    found = read_by_ids(connection, [event_id] if event_id else [])
    one = found.get(event_id or "")
    if one is None or one.event.kind != kind or target not in one.about:
        return None
    return Recorded(one.event.id, one.position, is_new=False)


def append_all(
    connection: Connection,
    events: Sequence[Event],
    *,
    recorded_by: str,
    expected_position: int | None = None,
    clock: Clock = now,
    masked: Collection[str] = (),
    loader: Loader | None = None,
) -> list[Recorded]:
    """Append checked events and fold the new ones into the read models.

    A ``text_masked`` among them takes the text of its target out of the log. The ids of *masked*
    come without a text, for it was masked where they come from. A *loader* folds a long run of
    them; whoever gave it finishes it.
    """
    appended = append(
        connection,
        events,
        recorded_by=recorded_by,
        expected_position=expected_position,
        clock=clock,
    )
    maskings = [one for one in appended.new if one.event.kind == "text_masked"]
    for masking in maskings:
        resting = resting_on(connection, event=masking.about[0])
        blank_desk(connection, resting)
        blank(connection, masking)
    if maskings:  # what rested on the text goes from every read model
        rebuild(connection)
        forget_beside(connection)
        if loader:
            loader.forget()
    elif loader:
        loader.fold(_as_masked(one, masked) for one in appended.new)
    else:
        apply(connection, [_as_masked(one, masked) for one in appended.new])
    new = {one.position for one in appended.new}
    return [Recorded(one.event.id, one.position, one.position in new) for one in appended.recorded]


def _as_masked(one: RecordedEvent, masked: Collection[str]) -> RecordedEvent:
    return msgspec.structs.replace(one, is_masked=True) if one.event.id in masked else one


def record_all(
    connection: Connection,
    raws: Iterable[Raw],
    *,
    recorded_by: str,
    clock: Clock = now,
    progress: Callable[[int], None] | None = None,
) -> list[Recorded]:
    """Record every draft in its order, all or none; the same drafts twice are recorded once.

    Raises BatchError with every error of every draft, or KeyReusedError for an id that already
    has other content.
    """
    hold(connection)
    with no_circles():
        events = checked(connection, raws, progress=progress)
        return append_all(connection, events, recorded_by=recorded_by, clock=clock)


def record(
    connection: Connection,
    *,
    raw: Raw,
    recorded_by: str,
    expected_position: int | None = None,
    clock: Clock = now,
) -> Recorded:
    """Record one draft; twice with the same id is once.

    Raises RefusedError for what cannot be taken, WrongPositionError when *expected_position* is
    given and the stream is longer by now, KeyReusedError for an id with other content.
    """
    hold(connection)
    event = checked(connection, [raw])[0]
    return append_all(
        connection,
        [event],
        recorded_by=recorded_by,
        expected_position=expected_position,
        clock=clock,
    )[0]
