"""From what a form, a file or a command line says to a checked event, or every error at once."""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from archive.errors import FieldError, OutOfScopeError, RefusedError, UnknownNameError
from archive.languages import Words
from archive.vocabulary.agreeing import demand_a_saying, demand_one_sort
from archive.vocabulary.choices.claims import IMPORTANCE
from archive.vocabulary.claiming import claims_of
from archive.vocabulary.collecting import Collector
from archive.vocabulary.definition import Field, Kind
from archive.vocabulary.event import Event, Mention, Occurred
from archive.vocabulary.fields import UNKNOWN, Bilingual, Choice, Nested
from archive.vocabulary.glancing import at_a_glance
from archive.vocabulary.kinds import kind
from archive.vocabulary.limiting import demand_few_assertions
from archive.vocabulary.mentioning import Lookup, mentions_of, missing
from archive.vocabulary.occurring import occurred
from archive.vocabulary.raws import GIVEN_BY_THE_LOG, Raw, identifier, mapping
from archive.vocabulary.texts import SHORT_TEXT, cut_to_size
from archive.vocabulary.titling import derived_title

_EVENT_FIELDS: Final = frozenset(Event.__struct_fields__)


def _datum(field: Field, raw: object) -> object:
    if raw == UNKNOWN and not field.required and not isinstance(field.type, Choice):
        return UNKNOWN
    return field.type.read(raw, field=field.name)


def _data(raw: Raw, known: Kind, errors: Collector) -> dict[str, object]:
    given = errors.take({}, mapping, raw.get("data"), field="data")
    data: dict[str, object] = {}
    for field in known.fields:
        if field.is_role:
            continue
        value = given.get(field.name)
        if value is None or value == "":
            if field.required:
                errors.errors.append(missing(field))
            continue
        read = errors.take(None, _datum, field, value)
        if read is not None:
            data[field.name] = read
    fields = [field.name for field in known.fields if not field.is_role]
    for name in sorted(set(given) - set(fields)):
        errors.errors.append(_unknown_field(name, known, fields))
    return data


def _unknown_field(name: str, known: Kind, fields: Iterable[str]) -> RefusedError:
    if any(word in name.casefold() for word in ("lawsuit", "litigation", "诉讼")):
        return OutOfScopeError(name)
    what = Words(f"“{known.label.zh}”的字段", f"field of {known.name}")
    return UnknownNameError(what=what, name=name, known=fields, field=name)


def _texts(raw: object, *, field: str) -> dict[str, str]:
    if not raw:
        return {}
    return {str(k): str(v) for k, v in Bilingual().read(raw, field=field).items()}  # type: ignore[union-attr]  # a mapping by contract


def stream_of(known: Kind, mentions: Iterable[Mention], raw: Raw) -> str:
    """Return the stream an event belongs to: its subject's, or the one that *raw* names."""
    if raw.get("stream"):
        return identifier(raw["stream"], field="stream")
    ids = [mention.id for mention in mentions if mention.role == known.subject]
    return ids[0] if ids else "archive"


def _version(raw: Raw, known: Kind) -> int:
    given = raw.get("kind_version", known.version)
    if given != known.version or isinstance(given, bool):
        accepted = Words(str(known.version), str(known.version))
        raise FieldError(field="kind_version", value=given, accepted=accepted)
    return known.version


def _tags(raw: Raw, errors: Collector) -> tuple[str, ...]:
    given = raw.get("tags") or ()
    if not isinstance(given, list | tuple):
        accepted = Words("标签列表", "a list of tags")
        errors.errors.append(FieldError(field="tags", value=given, accepted=accepted))
        return ()
    tags = [errors.take(None, cut_to_size, tag, field="tags", longest=SHORT_TEXT) for tag in given]
    return tuple(tag for tag in tags if tag)


def _importance(raw: object) -> str:
    level = Choice(IMPORTANCE, what=Words("重要性", "importance"))
    return str(level.read(raw, field="importance"))


def check(raw: Raw, *, lookup: Lookup) -> Event:
    """Return the event that *raw* says, checked and canonical, or raise every error at once.

    *raw* has the fields of a JSON line; ``entities`` may be the short form role → id or ids.
    *lookup* tells the type and names of an entity already in the archive. What the log puts on
    (position, recorded_at …) is left aside. Raises a RefusedError; several as one BatchError.
    """
    return at_a_glance(raw, lookup=lookup) or check_thoroughly(raw, lookup=lookup)


def check_thoroughly(raw: Raw, *, lookup: Lookup) -> Event:
    """Return what ``check`` does: every part is read by itself, whatever is wrong before it."""
    errors = Collector()
    known = kind(str(raw.get("kind", "")))
    strange = set(raw) - _EVENT_FIELDS - GIVEN_BY_THE_LOG
    for name in sorted(strange):
        errors.errors.append(_unknown_field(name, known, sorted(_EVENT_FIELDS)))
    mentions = mentions_of(raw, known, lookup, errors)
    data = _data(raw, known, errors)
    when = errors.take(Occurred(edtf=""), occurred, raw.get("occurred"))
    claims = claims_of(raw, known, errors)
    title = errors.take({}, _texts, raw.get("title"), field="title")
    summary = errors.take({}, _texts, raw.get("summary"), field="summary")
    rank = errors.take("minor", _importance, raw.get("importance") or "minor")
    event_id = errors.take("", identifier, raw.get("id"), field="id")
    version, tags = errors.take(1, _version, raw, known), _tags(raw, errors)
    _inner(known, data, lookup, errors)
    demand_a_saying(known, data, errors)
    demand_one_sort(known, mentions, errors)
    stream = errors.take("", stream_of, known, mentions, raw)
    errors.done()
    event = Event(
        id=event_id,
        kind=known.name,
        stream=stream,
        occurred=when,
        entities=mentions,
        kind_version=version,
        data=data,
        title=title or derived_title(known, mentions, data),
        summary=summary,
        claims=claims,
        importance=rank,
        tags=tags,
    )
    demand_few_assertions(event, known)
    return event


def _inner(known: Kind, data: dict[str, object], lookup: Lookup, errors: Collector) -> None:
    """Check the event inside a correction as strictly as one that stands alone."""
    if "event" not in data or not isinstance(
        (known.field("event") or known.fields[0]).type, Nested
    ):
        return
    raw = data["event"]
    if isinstance(raw, Mapping):
        inner = errors.take(None, check, raw, lookup=lookup)
        if inner:
            data["event"] = msgspec.to_builtins(inner)
