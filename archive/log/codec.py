"""Event ↔ what its row keeps: envelope columns and the canonical bytes of the payload.

The payload is UTF-8 JSON with every field, keys in order of their code points, and no blanks. What
stands in the envelope (id, stream, kind, the date) is left out of it, so that masking takes only
the text. The ids of the events that a date lies after and before are text in this sense: the days
that they gave stand in the envelope. A time of day stands in it only where one is told: what was
written before there were any has the same bytes as what tells none today.
"""

from datetime import date

import msgspec

from archive.dates import day_number
from archive.vocabulary import Claim, Event, Mention, Occurred, as_said_today


class Payload(msgspec.Struct, frozen=True, gc=False):
    """What an event says beyond its envelope."""

    stated: str = ""
    date_kind: str = "occurred"
    place: str = ""
    after: str = ""
    before: str = ""
    entities: tuple[Mention, ...] = ()
    data: dict[str, object] = {}
    title: dict[str, str] = {}
    summary: dict[str, str] = {}
    claims: tuple[Claim, ...] = ()
    importance: str = "minor"
    tags: tuple[str, ...] = ()
    time: str | msgspec.UnsetType = msgspec.UNSET


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Payload)
_NOTHING = Payload()


def encode(event: Event) -> bytes:
    """Return the canonical bytes of the payload of *event*."""
    when = event.occurred
    # By place, as the fields stand in the class: every event recorded goes through here.
    payload = Payload(
        when.stated,
        when.date_kind,
        when.place,
        when.after,
        when.before,
        event.entities,
        event.data,
        event.title,
        event.summary,
        event.claims,
        event.importance,
        event.tags,
        when.time,
    )
    return _ENCODER.encode(payload)


def decode(
    payload: bytes | None,
    *,
    event_id: str,
    kind: str,
    kind_version: int,
    stream: str,
    when: Occurred,
) -> Event:
    """Return the event of an envelope and its payload; a masked one says nothing more."""
    said = _NOTHING if payload is None else _DECODER.decode(payload)
    # By place, as the fields stand in their classes: a whole log goes through here.
    occurred = Occurred(
        when.edtf,
        when.earliest,
        when.latest,
        said.stated,
        said.date_kind,
        said.place,
        said.after,
        said.before,
        said.time,
    )
    event = Event(
        event_id,
        kind,
        stream,
        occurred,
        said.entities,
        kind_version,
        said.data,
        said.title,
        said.summary,
        said.claims,
        said.importance,
        said.tags,
    )
    return event if payload is None else as_said_today(event)


def to_day(iso: str | None) -> int | None:
    """Return the Julian Day Number of an ISO day; None stays None."""
    return None if iso is None else day_number(date.fromisoformat(iso))
