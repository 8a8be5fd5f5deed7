"""A draft written as the archive itself writes events → the event, seen at a glance.

Nearly all of a long file is so written. What is not, whether wrong or only told otherwise, is left
to the thorough reading, which alone knows what to say of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import msgspec

from archive.dates import describe
from archive.errors import RefusedError
from archive.languages import LOCALES
from archive.vocabulary.agreeing import says_something
from archive.vocabulary.choices.claims import CONFIDENCE, DATE_KIND, GRADE, IMPORTANCE
from archive.vocabulary.claiming import DOUBTFUL
from archive.vocabulary.definition import Kind
from archive.vocabulary.event import Claim, Event, Mention, Occurred
from archive.vocabulary.fields import Entities, Nested, Region
from archive.vocabulary.glancing_values import Reader, is_pair, is_text, reader_of, sure
from archive.vocabulary.kinds import KINDS
from archive.vocabulary.limiting import may_assert_too_much
from archive.vocabulary.mentioning import LONGEST_NAME, KnownEntity, Lookup
from archive.vocabulary.raws import GIVEN_BY_THE_LOG, IDENTIFIER, Raw
from archive.vocabulary.relating import UNDATED
from archive.vocabulary.texts import LONGEST_TEXT, SHORT_TEXT
from archive.vocabulary.titling import derived_title

_FIELDS: Final = frozenset({*Event.__struct_fields__, *GIVEN_BY_THE_LOG})
_OF_MENTION: Final = frozenset(Mention.__struct_fields__)
_OF_CLAIM: Final = frozenset(Claim.__struct_fields__)
_OF_DATE: Final = frozenset(Occurred.__struct_fields__)
_LANGUAGES: Final = frozenset(LOCALES)
_NOBODY: Final = ("", None)
_NOTES: Final = ("locator", "reason", "quote", "quote_language")
# What their parts say bears on each other, which is the thorough reading's to weigh.
_INVOLVED: Final = frozenset({"entities_merged"})


@dataclass(frozen=True, slots=True)
class _Shape:
    """What events of a kind look like: roles with their order and types, readers of their data.

    ``nested`` is the field that holds an event of its own, if there is one.
    """

    kind: Kind
    roles: Mapping[str, tuple[int, frozenset[str], bool]]
    readers: Mapping[str, Reader]
    required_roles: frozenset[str]
    required_data: frozenset[str]
    nested: str | None


def at_a_glance(raw: Raw, *, lookup: Lookup) -> Event | None:
    """Return what ``check`` returns for *raw*, if that can be seen at once; None tells nothing."""
    try:
        return _seen(raw, lookup)
    except (LookupError, TypeError, ValueError, AttributeError, RefusedError):
        return None  # of another form than is looked for; the thorough reading says what it is


def _seen(raw: Raw, lookup: Lookup) -> Event:
    given: Any = raw
    shape = _shapes()[given["kind"]]
    kind = shape.kind
    version = given.get("kind_version", kind.version)
    sure(given.keys() <= _FIELDS and type(version) is int and version == kind.version)
    mentions = _mentions(_given(given.get("entities"), ()), shape, lookup)
    sure(not may_assert_too_much(kind.name, len(mentions)))
    data = _data(_given(given.get("data"), {}), shape, lookup)
    event_id, stream = given["id"], given.get("stream") or _subject(kind, mentions)
    sure(IDENTIFIER.fullmatch(event_id) and IDENTIFIER.fullmatch(stream))
    importance = given.get("importance") or "minor"
    sure(importance in IMPORTANCE)
    return Event(
        event_id,
        kind.name,
        stream,
        _occurred(given["occurred"]),
        mentions,
        version,
        data,
        _pair(given.get("title")) or derived_title(kind, mentions, data),
        _pair(given.get("summary")),
        _claims(given.get("claims") or (), is_needed=kind.is_world),
        importance,
        _tags(given.get("tags") or ()),
    )


def _given(value: Any, nothing: Any) -> Any:
    """Return *nothing* in the place of None, and of nothing else: what is empty may be wrong."""
    return nothing if value is None else value


def _mentions(given: Any, shape: _Shape, lookup: Lookup) -> tuple[Mention, ...]:
    sure(type(given) in {list, tuple})
    found: list[Mention] = []
    bearers: set[tuple[str, str]] = set()
    roles: set[str] = set()
    last = -1
    for one in given:
        slug, role = one["id"], one["role"]
        place, types, is_many = shape.roles[role]
        sure(place >= last and (is_many or role not in roles) and one.keys() <= _OF_MENTION)
        sure(IDENTIFIER.fullmatch(slug))
        known = lookup(slug)
        of_type = one.get("type") or (known.type if known else "")
        sure(of_type in types and (known is None or known.type == of_type))
        last = place
        roles.add(role)
        bearers.add((role, slug))
        found.append(Mention(slug, of_type, role, _names(one.get("names"), known)))
    sure(len(bearers) == len(found) and shape.required_roles <= roles)
    return tuple(found)


def _names(given: Any, known: KnownEntity | None) -> dict[str, str]:
    """Return the names that are *given*, else those by which the entity is known."""
    if known is not None and (given is None or given in ({}, known.names)):
        sure(known.names.keys() == _LANGUAGES)
        return known.names
    if len(given) == 1:
        ((language, name),) = given.items()
        sure(language in _LANGUAGES and is_text(name, LONGEST_NAME))
        return dict.fromkeys(LOCALES, name)
    sure(is_pair(given, LONGEST_NAME))
    names: dict[str, str] = given
    return names


def _data(given: Any, shape: _Shape, lookup: Lookup) -> dict[str, object]:
    sure(type(given) is dict)
    readers = shape.readers
    data = {name: readers[name](value) for name, value in given.items()}
    sure(shape.required_data <= data.keys() and says_something(shape.kind, data))
    if shape.nested in data:
        data[shape.nested] = msgspec.to_builtins(_seen(given[shape.nested], lookup))
    return data


def _subject(kind: Kind, mentions: tuple[Mention, ...]) -> str:
    return next((one.id for one in mentions if one.role == kind.subject), "archive")


def _occurred(given: Any) -> Occurred:
    sure(given.keys() <= _OF_DATE)
    sure(all(given.get(name, "") in _NOBODY for name in ("after", "before", "time")))
    edtf = given["edtf"]
    sure(type(edtf) is str and edtf != UNDATED)
    earliest, latest = _bounds(edtf)
    sure(given.get("earliest", earliest) == earliest and given.get("latest", latest) == latest)
    date_kind, place = given.get("date_kind") or "occurred", given.get("place") or ""
    sure(date_kind in DATE_KIND)
    stated = _note(given.get("stated"))
    return Occurred(edtf, earliest, latest, stated, date_kind, _region(place) if place else "")


@lru_cache(maxsize=1 << 16)
def _bounds(edtf: str) -> tuple[str | None, str | None]:
    reading = describe(edtf)
    earliest = reading.earliest.isoformat() if reading.earliest else None
    return earliest, reading.latest.isoformat() if reading.latest else None


@lru_cache(maxsize=1 << 9)
def _region(place: str) -> str:
    return str(Region().read(place, field="place"))


def _note(given: Any) -> str:
    if not given:
        return ""
    sure(is_text(given, LONGEST_TEXT))
    return str(given)


def _pair(given: Any) -> dict[str, str]:
    if not given:
        return {}
    sure(is_pair(given, LONGEST_TEXT))
    pair: dict[str, str] = given
    return pair


def _claims(given: Any, *, is_needed: bool) -> tuple[Claim, ...]:
    sure(type(given) in {list, tuple} and (given or not is_needed))
    return tuple([_claim(one) for one in given])


def _claim(given: Any) -> Claim:
    source, grade = given["source"], given.get("grade") or ""
    confidence = given.get("confidence") or "high"
    sure(given.keys() <= _OF_CLAIM and IDENTIFIER.fullmatch(source) and confidence in CONFIDENCE)
    sure(not grade or grade in GRADE)
    locator, reason, quote, language = [_note(given.get(name)) for name in _NOTES]
    sure(reason or confidence not in DOUBTFUL)
    return Claim(source, locator, confidence, reason, grade, quote, language)


def _tags(given: Any) -> tuple[str, ...]:
    sure(type(given) in {list, tuple} and all(is_text(one, SHORT_TEXT) for one in given))
    return tuple(given)


@cache
def _shapes() -> Mapping[str, _Shape]:
    return {kind.name: _shape(kind) for kind in KINDS.values() if kind.name not in _INVOLVED}


def _shape(kind: Kind) -> _Shape:
    required = {one.name for one in kind.fields if one.required}
    roles = {
        one.name: (place, frozenset(one.type.types), one.is_many)
        for place, one in enumerate(kind.fields)
        if isinstance(one.type, Entities)
    }
    readers = {one.name: reader_of(one) for one in kind.fields if not one.is_role}
    return _Shape(
        kind,
        roles,
        readers,
        required_roles=frozenset(required & roles.keys()),
        required_data=frozenset(required & readers.keys()),
        nested=next((one.name for one in kind.fields if isinstance(one.type, Nested)), None),
    )
