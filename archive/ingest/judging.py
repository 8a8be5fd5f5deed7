"""What becomes of drafts: each is new, already there, in conflict with what is, or in error."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from archive.errors import RefusedError
from archive.ingest.draft import Draft, each_of, with_id
from archive.ingest.known import Known
from archive.ingest.masked import is_masked, masked_event
from archive.ingest.resolving import event_of
from archive.ingest.sameness import says_the_same
from archive.languages import Words
from archive.log import RecordedEvent
from archive.vocabulary import Event

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


class OtherContentError(RefusedError):
    """The id belongs to an event with other content, in the log or earlier in the files."""

    sentence = Words(
        zh="标识“{id}”已用于{where}，内容不同；请换一个标识，或用 archive correct 更正。",
        en="The id “{id}” belongs to {where}, which says otherwise; "
        "take another id, or use archive correct.",
    )


def judged_together(piece: Sequence[Draft], known: Known) -> Iterator[Judged]:
    """Judge drafts of which none is recorded before the last of them is judged."""
    identified = [Draft(one.place, with_id(one.raw), one.errors) for one in piece]
    readable = [one.raw for one in identified if not one.errors]
    known.meet(readable)
    there = known.recorded(str(raw["id"]) for raw in readable)
    for draft in identified:
        yield _judged(draft, known, there)


def _judged(draft: Draft, known: Known, there: Mapping[str, RecordedEvent]) -> Judged:
    event_id, kind = str(draft.raw.get("id", "")), str(draft.raw.get("kind", ""))
    if is_masked(draft.raw):
        return _judged_masked(draft, known, there.get(event_id))
    try:
        event = event_of(draft, known, there.get(event_id))
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
    is_repeated = known.said_before(event)
    if is_repeated is None:
        return Fate.CREATE, None
    return (Fate.ALREADY, None) if is_repeated else (Fate.CONFLICT, _EARLIER)


def _where(recorded: RecordedEvent, known: Known) -> Words:
    position = recorded.position
    if known.before is not None and position > known.before:
        return _EARLIER
    return Words(f"第 {position} 条记录的事件", f"the event at position {position}")


def _is_same(recorded: RecordedEvent, event: Event) -> bool:
    if recorded.is_masked:
        known = recorded.event
        return (known.stream, known.kind) == (event.stream, event.kind)
    return says_the_same(recorded.event, event)
