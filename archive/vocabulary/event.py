"""What one event says, as it is kept in the log and as it travels in a JSON line."""

from collections.abc import Mapping
from typing import Final

import msgspec

from archive.vocabulary.definition import Kind
from archive.vocabulary.kinds import kind

# The tag of what a language model proposed and a person took over; it is never taken off.
MACHINE_PROPOSED: Final = "machine-proposed"
_SPEAKING: Final = ("target", "choice", "claims")


class Occurred(msgspec.Struct, frozen=True, gc=False):
    """When it was so: EDTF, its inclusive bounds (ISO days, None = open end), the stated words.

    ``after`` and ``before`` are ids of events between which it lies. The relation orders moments,
    and two moments may share a day: the day of the other event is not shut out. What the other
    events' bounds give is in ``edtf`` since it was written, and is never derived again.

    ``time`` is a time of day stated beside a date that is one whole day; it is UNSET where none
    was, so that an event without one is written as if there were no such field. ``clock`` is the
    same, with nothing for none.
    """

    edtf: str
    earliest: str | None = None
    latest: str | None = None
    stated: str = ""
    date_kind: str = "occurred"
    place: str = ""
    after: str = ""
    before: str = ""
    time: str | msgspec.UnsetType = msgspec.UNSET

    @property
    def clock(self) -> str:
        """Return the time of day that is stated, or nothing."""
        return self.time or ""


class Mention(msgspec.Struct, frozen=True, gc=False):
    """One entity in one role, with its names as they were when the event was recorded."""

    id: str
    type: str
    role: str
    names: dict[str, str] = {}


class Claim(msgspec.Struct, frozen=True, gc=False):
    """Who says so, where in it, and how far it is to be trusted."""

    source: str
    locator: str = ""
    confidence: str = "high"
    reason: str = ""
    grade: str = ""
    quote: str = ""
    quote_language: str = ""


class Event(msgspec.Struct, frozen=True, gc=False):
    """What happened, as someone says: checked, complete, and the same wherever it travels.

    ``data`` holds the canonical values of the kind's fields that are no entities. ``title`` and
    ``summary`` are keyed by language.
    """

    id: str
    kind: str
    stream: str
    occurred: Occurred
    entities: tuple[Mention, ...]
    kind_version: int = 1
    data: dict[str, object] = {}
    title: dict[str, str] = {}
    summary: dict[str, str] = {}
    claims: tuple[Claim, ...] = ()
    importance: str = "minor"
    tags: tuple[str, ...] = ()

    def in_role(self, role: str) -> tuple[Mention, ...]:
        """Return the entities that bear *role*, in their order."""
        return tuple(mention for mention in self.entities if mention.role == role)


def kind_of(event: Event) -> Kind:
    """Return the definition of the event's kind; raises UnknownNameError."""
    return kind(event.kind)


def spoken_of(event: Event) -> tuple[str, ...]:
    """Return the ids of the events that *event* is about.

    A correction, a retraction and a masking have a target; a dispute its rivals; a settlement the
    one preferred, then the rivals.
    """
    return spoken_in(event.data)


def spoken_in(data: Mapping[str, object]) -> tuple[str, ...]:
    """Return the ids of the events that an event with *data* is about."""
    if data.keys().isdisjoint(_SPEAKING):
        return ()
    said = (str(data.get(name, "")) for name in _SPEAKING)
    return tuple(one for part in said for one in part.replace(",", " ").split())


def nested_event(event: Event) -> Event | None:
    """Return the event that a correction puts in the place of its target, if it is one."""
    inner = event.data.get("event")
    return msgspec.convert(inner, Event) if isinstance(inner, dict) else None
