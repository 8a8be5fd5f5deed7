"""Drafts → events in the log, all or none, twice as once; or only what would become of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from itertools import islice
from typing import Final

from sqlalchemy import Connection

from archive.commands.recording import append_all
from archive.commands.relating import related
from archive.dates import order_told
from archive.errors import BatchError, RefusedError
from archive.ingest.dating import dated
from archive.ingest.draft import Draft, each_of, placed, with_id
from archive.ingest.known import Known
from archive.ingest.masked import demand_masked, is_masked, masked_event
from archive.ingest.renewing import renewed
from archive.ingest.sameness import identity, says_the_same
from archive.languages import Words
from archive.log import Clock, RecordedEvent, hold, now
from archive.vocabulary import ARCHIVE_KINDS, Event, KnownEntity, Lookup, Raw, check

_AT_ONCE: Final = 500
_ANY_DAY: Final = {"edtf": "2000"}  # stands in while the other errors are found
_EARLIER: Final = Words("前面的另一行", "an earlier row")


class Fate(StrEnum):
    """What becomes of a draft."""

    CREATE = "create"
    ALREADY = "already"
    CONFLICT = "conflict"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Judged:
    """One draft and what becomes of it; ``event`` is there unless it cannot be read."""

    place: str
    id: str
    kind: str
    fate: Fate
    event: Event | None = None
    errors: tuple[RefusedError, ...] = ()
    is_masked: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a batch brought: how many events are new, and how many were already there."""

    created: int
    already: int


class OtherContentError(RefusedError):
    """The id belongs to an event with other content, in the log or earlier in the files."""

    sentence = Words(
        zh="标识“{id}”已用于{where}，内容不同；请换一个标识，或用 archive correct 更正。",
        en="The id “{id}” belongs to {where}, which says otherwise; "
        "take another id, or use archive correct.",
    )


def judge(
    connection: Connection,
    drafts: Iterable[Draft],
    *,
    ref: date | None = None,
    clock: Clock = now,
) -> Iterator[Judged]:
    """Yield what would become of each draft, in their order; nothing is written.

    *ref* is the day to read words against where neither the row nor its source gives one. What
    the archive says of itself (a source, a name) without a date gets the *clock*'s the first time.
    """
    known = Known(connection, today=clock().date(), ref=ref)
    for piece in _pieces(drafts):
        yield from _judged_together(piece, known)


def take_in(
    connection: Connection,
    drafts: Iterable[Draft],
    *,
    recorded_by: str,
    ref: date | None = None,
    clock: Clock = now,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Record every draft in the caller's transaction; raise BatchError with all that is wrong."""
    before, _instant = hold(connection)
    known = Known(connection, today=clock().date(), ref=ref, before=before)
    errors: list[RefusedError] = []
    masked: set[str] = set()
    counted, done = dict.fromkeys(Fate, 0), 0
    for piece in _pieces(drafts):
        new: list[Event] = []
        for number, one in enumerate(_judged_together(piece, known), start=done + 1):
            counted[one.fate] += 1
            errors += placed(one.errors, place=one.place)
            if one.fate is Fate.CREATE and one.event:
                new.append(one.event)
                masked |= {one.id} if one.is_masked else set()
            if progress:
                progress(number)
        done += len(piece)
        if new and not errors:
            append_all(connection, new, recorded_by=recorded_by, clock=clock, masked=masked)
            known.forget()
    if errors:
        raise BatchError(errors)
    demand_masked(connection, masked)
    return Report(created=counted[Fate.CREATE], already=counted[Fate.ALREADY])


def _pieces(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    source = iter(drafts)
    while piece := list(islice(source, _AT_ONCE)):
        yield piece


def _judged_together(piece: Sequence[Draft], known: Known) -> Iterator[Judged]:
    """Judge drafts of which none is recorded before the last of them is judged."""
    identified = [replace(draft, raw=with_id(draft.raw)) for draft in piece]
    there = known.recorded(str(draft.raw["id"]) for draft in identified if not draft.errors)
    for draft in identified:
        yield _judged(draft, known, there)


def _judged(draft: Draft, known: Known, there: Mapping[str, RecordedEvent]) -> Judged:
    event_id, kind = str(draft.raw.get("id", "")), str(draft.raw.get("kind", ""))
    if is_masked(draft.raw):
        return _judged_masked(draft, known, there.get(event_id))
    try:
        event = _checked(draft, known, there.get(event_id))
    except RefusedError as error:
        known.assume(draft.raw)
        return Judged(draft.place, event_id, kind, Fate.ERROR, errors=each_of(error))
    fate, where = _fate(event, there.get(event_id), known)
    known.learn(event, is_new=event_id not in there)
    errors = () if where is None else (OtherContentError(id=event_id, where=where),)
    return Judged(draft.place, event_id, kind, fate, event, errors)


def _judged_masked(draft: Draft, known: Known, recorded: RecordedEvent | None) -> Judged:
    """Judge a line whose text was masked: what is in the log already is masked like it."""
    event_id, kind = str(draft.raw.get("id", "")), str(draft.raw.get("kind", ""))
    try:
        event = masked_event(draft.raw)
    except RefusedError as error:
        known.assume(draft.raw)
        return Judged(draft.place, event_id, kind, Fate.ERROR, errors=each_of(error))
    if recorded is None:
        known.learn_masked(event)
        return Judged(draft.place, event_id, kind, Fate.CREATE, event, is_masked=True)
    if (recorded.event.stream, recorded.event.kind) == (event.stream, event.kind):
        return Judged(draft.place, event_id, kind, Fate.ALREADY, event)
    errors = (OtherContentError(id=event_id, where=_where(recorded, known)),)
    return Judged(draft.place, event_id, kind, Fate.CONFLICT, event, errors)


def _fate(event: Event, recorded: RecordedEvent | None, known: Known) -> tuple[Fate, Words | None]:
    if recorded is not None:
        if _is_same(recorded, event):
            return Fate.ALREADY, None
        return Fate.CONFLICT, _where(recorded, known)
    digest = sha256(identity(event)).digest()
    first = known.rows.setdefault(event.id, digest)
    if first != digest:
        return Fate.CONFLICT, _EARLIER
    return Fate.CREATE, None


def _where(recorded: RecordedEvent, known: Known) -> Words:
    position = recorded.position
    if known.before is not None and position > known.before:
        return _EARLIER
    return Words(f"第 {position} 位的事件", f"the event at position {position}")


def _is_same(recorded: RecordedEvent, event: Event) -> bool:
    if recorded.is_masked:
        known = recorded.event
        return (known.stream, known.kind) == (event.stream, event.kind)
    return says_the_same(recorded.event, event)


def _checked(draft: Draft, known: Known, recorded: RecordedEvent | None) -> Event:
    if draft.errors:
        raise BatchError(draft.errors)
    errors: list[RefusedError] = []
    raw = dict(draft.raw)
    try:
        raw["occurred"] = _occurred(raw, known, recorded)
    except RefusedError as error:
        errors.append(error)
        raw["occurred"] = _ANY_DAY
    try:
        raw = dict(related(renewed(raw), known=known))
    except RefusedError as error:
        errors += each_of(error)
        raw["occurred"] = _ANY_DAY
    try:
        event = check(_without_nothing(raw), lookup=_lookup(known, recorded))
    except RefusedError as error:
        raise BatchError([*errors, *each_of(error)]) from error
    # What is already in the log was asked this when it came.
    for demand in () if recorded else known.demands():
        try:
            demand(event)
        except RefusedError as error:
            errors.append(error)
    if errors:
        raise BatchError(errors)
    return event


def _without_nothing(raw: Raw) -> Raw:
    return {name: value for name, value in raw.items() if value is not None}


def _occurred(raw: Raw, known: Known, recorded: RecordedEvent | None) -> object:
    occurred = raw.get("occurred")
    if not occurred and str(raw.get("kind")) in ARCHIVE_KINDS:
        first = recorded.event.occurred.edtf if recorded else known.today.isoformat()
        return {"edtf": first}
    if not isinstance(occurred, Mapping) or not {"when", "ref"} & set(occurred):
        return occurred
    ref = known.ref or next(filter(None, map(known.published, _sources(raw))), None)
    return dated(occurred, ref=ref, day_first=_day_first(raw, known, recorded))


def _day_first(raw: Raw, known: Known, recorded: RecordedEvent | None) -> bool | None:
    """Tell which of day and month comes first: as when the row came before, else as in its source.

    So a file taken in twice says the same twice, whatever was chosen in between.
    """
    if recorded is not None:
        then = recorded.event.occurred
        return order_told(then.stated, edtf=then.edtf)
    orders = (known.day_first(source) for source in _sources(raw))
    return next((order for order in orders if order is not None), None)


def _sources(raw: Raw) -> list[str]:
    claims = raw.get("claims")
    listed = claims if isinstance(claims, list) else []
    said = [claim.get("source") for claim in listed if isinstance(claim, Mapping)]
    return [source for source in said if isinstance(source, str)]


def _lookup(known: Known, recorded: RecordedEvent | None) -> Lookup:
    """Return how entities are looked up: an event in the log keeps the names it was given."""
    if recorded is None:
        return known.entity
    mentioned = {
        mention.id: KnownEntity(mention.type, mention.names) for mention in recorded.event.entities
    }
    return lambda slug: mentioned.get(slug) or known.entity(slug)
