"""The whole log as JSON lines, in the order of positions; what ingest reads back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec
from sqlalchemy import Connection

from archive.log import RecordedEvent, read_log
from archive.queries import EventAnswer, VersionRow
from archive.vocabulary import Claim, Event, Mention, Occurred, kind_of, nested_event

# The order in which a reader expects the parts of an amount and the languages of a text.
_ORDER: Final = {
    name: number
    for number, name in enumerate(
        ("exact", "min", "max", "currency", "unit", "approximate", "stated", "zh", "en")
    )
}
_WHERE_TOLD: Final = frozenset({"after", "before", "time"})
_SEVERAL: Final = 2
_ALWAYS: Final = ("source", "locator", "confidence")


def log_lines(
    connection: Connection, *, progress: Callable[[int], None] | None = None
) -> Iterator[bytes]:
    """Yield every event of the log as one line of JSON without its newline."""
    for recorded in read_log(connection):
        yield msgspec.json.encode(json_line(recorded))
        if progress:
            progress(recorded.position)


def json_line(recorded: RecordedEvent) -> dict[str, object]:
    """Return *recorded* as it travels, its keys in the order of the contract."""
    return _line(recorded, recorded.event, id=recorded.event.id)


def event_document(answer: EventAnswer) -> dict[str, object]:
    """Return the event as it reads: its line, or that of its last correction under its own id.

    Of one that was corrected, retracted or disputed ``standing`` says what became of it last,
    and ``versions`` which events of the log made it so, each with its position and hash.
    """
    said = nested_event(answer.recorded.event) or answer.recorded.event
    line = _line(answer.recorded, said, id=answer.row.id)
    if len(answer.versions) < _SEVERAL:
        return line
    versions = [_version(one) for one in answer.versions]
    return {**line, "standing": answer.versions[-1].what, "versions": versions}


def _version(row: VersionRow) -> dict[str, object]:
    return {
        "position": row.position,
        "id": row.recorded.event.id,
        "what": row.what,
        "reason": {"zh": row.reason.zh, "en": row.reason.en},
        "recorded_at": _instant(row.recorded),
        "recorded_by": row.recorded.recorded_by,
        "hash": row.recorded.hash,
    }


def _instant(recorded: RecordedEvent) -> str:
    return recorded.recorded_at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _line(recorded: RecordedEvent, event: Event, *, id: str) -> dict[str, object]:  # noqa: A002 - the contract's own word
    said = _said(event)
    return {
        "id": id,
        "position": recorded.position,
        "stream": event.stream,
        "stream_position": recorded.stream_position,
        "kind": event.kind,
        "kind_version": event.kind_version,
        "occurred": said.pop("occurred"),
        "recorded_at": _instant(recorded),
        "recorded_by": recorded.recorded_by,
        **said,
        **_masked(recorded),
        "hash": recorded.hash,
    }


def _masked(recorded: RecordedEvent) -> dict[str, object]:
    """Return what tells a line without its text from others, and whom it was about."""
    if not recorded.is_masked:
        return {}
    return {"masked": True, "about": list(recorded.about)}


def _said(event: Event) -> dict[str, object]:
    return {
        "occurred": _occurred(event.occurred),
        "entities": [_mention(mention) for mention in event.entities],
        "data": _data(event),
        "title": _ordered(event.title),
        "summary": _ordered(event.summary),
        "claims": [_claim(claim) for claim in event.claims],
        "importance": event.importance,
        "tags": list(event.tags),
    }


def _occurred(occurred: Occurred) -> dict[str, object]:
    return {
        name: value
        for name in Occurred.__struct_fields__
        if (value := getattr(occurred, name)) or name not in _WHERE_TOLD
    }


def _mention(mention: Mention) -> dict[str, object]:
    return {
        "id": mention.id,
        "type": mention.type,
        "role": mention.role,
        "names": _ordered(mention.names),
    }


def _claim(claim: Claim) -> dict[str, object]:
    return {
        name: value
        for name in Claim.__struct_fields__
        if (value := getattr(claim, name)) or name in _ALWAYS
    }


def _data(event: Event) -> dict[str, object]:
    fields = [field.name for field in kind_of(event).fields]
    return {
        name: _inner(value) if name == "event" else _ordered(value)
        for name, value in _by_rank(event.data, fields)
    }


def _by_rank(data: Mapping[str, object], names: Iterable[str]) -> list[tuple[str, object]]:
    rank = {name: number for number, name in enumerate(names)}
    return sorted(data.items(), key=lambda item: (rank.get(item[0], len(rank)), item[0]))


def _inner(value: object) -> object:
    """Return the event inside a correction in the order of one that stands alone."""
    if not isinstance(value, Mapping):
        return value
    event = msgspec.convert(value, Event)
    return {
        "id": event.id,
        "stream": event.stream,
        "kind": event.kind,
        "kind_version": event.kind_version,
        **_said(event),
    }


def _ordered(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _ordered(part) for name, part in _by_rank(value, _ORDER)}
    if isinstance(value, list | tuple):
        return [_ordered(part) for part in value]
    return value
