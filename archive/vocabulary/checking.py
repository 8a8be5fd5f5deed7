"""From what a form, a file or a command line says to a checked event, or every error at once."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, ParamSpec, TypeAlias, TypeVar

import msgspec

from archive.dates import ending
from archive.errors import (
    BatchError,
    FieldError,
    OutOfScopeError,
    RefusedError,
    UnknownNameError,
)
from archive.languages import LOCALES, Words
from archive.vocabulary.asserting import MOST_ASSERTIONS, assertions
from archive.vocabulary.choices import CONFIDENCE, GRADE, IMPORTANCE
from archive.vocabulary.definition import Field, Kind, sentence
from archive.vocabulary.entity_types import entity_type
from archive.vocabulary.event import Claim, Event, Mention, Occurred
from archive.vocabulary.fields import UNKNOWN, Bilingual, Choice, Entities, Nested
from archive.vocabulary.kinds import kind
from archive.vocabulary.occurring import occurred
from archive.vocabulary.raws import Raw, identifier, mapping, note
from archive.vocabulary.texts import SHORT_TEXT, cut_to_size

T = TypeVar("T")
D = TypeVar("D")
P = ParamSpec("P")

_LONGEST_NAME: Final = 300
_EVENT_FIELDS: Final = frozenset(Event.__struct_fields__)
_GIVEN_BY_THE_LOG: Final = frozenset(
    {"position", "stream_position", "recorded_at", "recorded_by", "hash"}
)


class KnownEntity(msgspec.Struct, frozen=True):
    """What the checks ask of an entity that the archive already holds."""

    type: str
    names: dict[str, str]


Lookup: TypeAlias = Callable[[str], KnownEntity | None]


class _Collector:
    """Collects every error of one event, so that all can be mended at once."""

    def __init__(self) -> None:
        self.errors: list[RefusedError] = []

    def take(
        self, instead: D, reader: Callable[P, T], *values: P.args, **options: P.kwargs
    ) -> T | D:
        """Return what *reader* reads, or keep its error and return *instead*."""
        try:
            return reader(*values, **options)
        except BatchError as error:
            self.errors.extend(error.errors)
        except RefusedError as error:
            self.errors.append(error)
        return instead

    def done(self) -> None:
        """Raise all that was collected, if anything was."""
        if len(self.errors) == 1:
            raise self.errors[0]
        if self.errors:
            raise BatchError(self.errors)


def _as_mentions(raw: object) -> list[Raw]:
    """Spread the short form, role → id or ids, into one mapping each."""
    if raw is None:
        return []
    if isinstance(raw, Mapping):
        spread: list[Raw] = []
        for role, ids in raw.items():
            each = ids if isinstance(ids, list | tuple) else [ids]
            spread += [{"role": str(role), **_one_mention(one)} for one in each]
        return spread
    if isinstance(raw, list | tuple):
        return [mapping(one, field="entities") for one in raw]
    raise FieldError(field="entities", value=raw, accepted=Words("实体列表", "a list of entities"))


def _one_mention(one: object) -> dict[str, object]:
    return dict(one) if isinstance(one, Mapping) else {"id": one}


def _mention(raw: Raw, known: Kind, lookup: Lookup) -> Mention:
    role = str(raw.get("role", ""))
    field = known.field(role)
    if field is None or not isinstance(field.type, Entities):
        roles = [one.name for one in known.fields if one.is_role]
        what = Words(f"“{known.label.zh}”的角色", f"role in {known.name}")
        raise UnknownNameError(what=what, name=role, known=roles, field="entities")
    entity = identifier(raw.get("id"), field=role)
    names = {
        language: cut_to_size(name, field=role, longest=_LONGEST_NAME)
        for language, name in mapping(raw.get("names"), field=role).items()
        if name
    }
    found = lookup(entity)
    type_name = str(raw.get("type") or (found.type if found else ""))
    if not type_name:
        accepted = Words(
            "已有的实体，或附上类型和名称", "a known entity, or one with type and names"
        )
        raise FieldError(field=role, value=entity, accepted=accepted)
    entity_type(type_name, field=role)
    if found and found.type != type_name:
        raise FieldError(field=role, value=type_name, accepted=Words(found.type, found.type))
    if type_name not in field.type.types:
        accepted = Words("、".join(field.type.types), ", ".join(field.type.types))
        raise FieldError(field=role, value=f"{entity} ({type_name})", accepted=accepted)
    names = names or (dict(found.names) if found else {})
    if not names:
        accepted = Words("新实体需要名称", "a new entity needs a name")
        raise FieldError(field=role, value=entity, accepted=accepted)
    spare = names.get("en") or next(iter(names.values()))
    return Mention(entity, type_name, role, {name: names.get(name, spare) for name in LOCALES})


def _mentions(raw: Raw, known: Kind, lookup: Lookup, errors: _Collector) -> tuple[Mention, ...]:
    drafts = errors.take([], _as_mentions, raw.get("entities"))
    order = {field.name: number for number, field in enumerate(known.fields)}
    found = [
        mention
        for draft in drafts
        if (mention := errors.take(None, _mention, draft, known, lookup))
    ]
    _count_roles(found, drafts, known, errors)
    return tuple(sorted(found, key=lambda mention: order[mention.role]))


def _count_roles(found: list[Mention], drafts: list[Raw], known: Kind, errors: _Collector) -> None:
    tried = {str(draft.get("role")) for draft in drafts}
    for field in known.fields:
        if not field.is_role:
            continue
        ids = [mention.id for mention in found if mention.role == field.name]
        if field.required and field.name not in tried:
            errors.errors.append(_missing(field))
        if len(ids) > 1 and not field.is_many:
            accepted = Words("一个实体", "one entity")
            error = FieldError(field=field.name, value=", ".join(ids), accepted=accepted)
            errors.errors.append(error)
        if len(set(ids)) < len(ids):
            accepted = Words("每个实体一次", "each entity once")
            error = FieldError(field=field.name, value=", ".join(ids), accepted=accepted)
            errors.errors.append(error)


def _missing(field: Field) -> FieldError:
    accepted = Words(f"必填：{field.help.zh}", f"required: {field.help.en}")
    return FieldError(field=field.name, value="", accepted=accepted)


def _datum(field: Field, raw: object) -> object:
    if raw == UNKNOWN and not field.required and not isinstance(field.type, Choice):
        return UNKNOWN
    return field.type.read(raw, field=field.name)


def _data(raw: Raw, known: Kind, errors: _Collector) -> dict[str, object]:
    given = errors.take({}, mapping, raw.get("data"), field="data")
    data: dict[str, object] = {}
    for field in known.fields:
        if field.is_role:
            continue
        value = given.get(field.name)
        if value is None or value == "":
            if field.required:
                errors.errors.append(_missing(field))
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


def _claim(raw: object) -> Claim:
    given = mapping(raw, field="claims")
    strange = set(given) - set(Claim.__struct_fields__)
    if strange:
        names = ", ".join(Claim.__struct_fields__)
        raise FieldError(field="claims", value=min(strange), accepted=Words(names, names))
    confidence = Choice(CONFIDENCE, what=Words("可信度", "confidence"))
    level = str(confidence.read(given.get("confidence") or "high", field="confidence"))
    reason = note(given.get("reason"), field="reason")
    if level in {"low", "rumour"} and not reason:
        accepted = Words("可信度低时须说明理由", "a word of reason when confidence is low")
        raise FieldError(field="reason", value="", accepted=accepted)
    grade = given.get("grade")
    return Claim(
        source=identifier(given.get("source"), field="source"),
        locator=note(given.get("locator"), field="locator"),
        confidence=level,
        reason=reason,
        grade=str(Choice(GRADE).read(grade, field="grade")) if grade else "",
        quote=note(given.get("quote"), field="quote"),
        quote_language=note(given.get("quote_language"), field="quote_language"),
    )


def _claims(raw: Raw, known: Kind, errors: _Collector) -> tuple[Claim, ...]:
    given = raw.get("claims") or []
    if not isinstance(given, list | tuple):
        accepted = Words("主张列表", "a list of claims")
        errors.errors.append(FieldError(field="claims", value=given, accepted=accepted))
        return ()
    if known.is_world and not given:
        accepted = Words("至少一个来源", "at least one source")
        errors.errors.append(FieldError(field="source", value="", accepted=accepted))
    claims = [errors.take(None, _claim, one) for one in given]
    return tuple(claim for claim in claims if claim)


def _texts(raw: object, *, field: str) -> dict[str, str]:
    if not raw:
        return {}
    return {str(k): str(v) for k, v in Bilingual().read(raw, field=field).items()}  # type: ignore[union-attr]  # a mapping by contract


def spoken(
    known: Kind, mentions: Iterable[Mention], data: Mapping[str, object], *, locale: str
) -> dict[str, str]:
    """Return each given field in words, entities by their names in *locale*."""
    language = "zh" if locale.startswith("zh") else "en"
    joint = "、" if language == "zh" else ", "
    words: dict[str, str] = {}
    for field in known.fields:
        if field.is_role:
            names = [m.names.get(language, m.id) for m in mentions if m.role == field.name]
            words[field.name] = joint.join(names)
        elif field.name in data and data[field.name] != UNKNOWN:
            value = data[field.name]
            key = field.type.key(value)  # type: ignore[arg-type]  # canonical JSON by contract
            words[field.name] = field.type.words(key, language)
    return words


def derived_title(
    known: Kind, mentions: Iterable[Mention], data: Mapping[str, object]
) -> dict[str, str]:
    """Return the title that the kind's sentence gives, in each language."""
    listed = tuple(mentions)
    return {
        locale: sentence(known, spoken(known, listed, data, locale=locale), locale=locale)
        for locale in LOCALES
    }


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


def _tags(raw: Raw, errors: _Collector) -> tuple[str, ...]:
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
    errors = _Collector()
    known = kind(str(raw.get("kind", "")))
    strange = set(raw) - _EVENT_FIELDS - _GIVEN_BY_THE_LOG
    for name in sorted(strange):
        errors.errors.append(_unknown_field(name, known, sorted(_EVENT_FIELDS)))
    mentions = _mentions(raw, known, lookup, errors)
    data = _data(raw, known, errors)
    when = errors.take(Occurred(edtf=""), occurred, raw.get("occurred"))
    claims = _claims(raw, known, errors)
    title = errors.take({}, _texts, raw.get("title"), field="title")
    summary = errors.take({}, _texts, raw.get("summary"), field="summary")
    rank = errors.take("minor", _importance, raw.get("importance") or "minor")
    event_id = errors.take("", identifier, raw.get("id"), field="id")
    version, tags = errors.take(1, _version, raw, known), _tags(raw, errors)
    _inner(known, data, lookup, errors)
    _value_or_statement(known, data, errors)
    _one_of_a_sort(known, mentions, errors)
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
    _demand_few_assertions(event, known)
    return event


def _demand_few_assertions(event: Event, known: Kind) -> None:
    """Raise FieldError for an event whose facts the read models could not number."""
    each = 1 if ending(event.occurred.edtf) is None else 2
    many = each * len(assertions(event))
    if many > MOST_ASSERTIONS:
        limit = Words(
            f"所断言的事实不超过 {MOST_ASSERTIONS} 条", f"at most {MOST_ASSERTIONS} facts asserted"
        )
        raise FieldError(field=known.subject, value=many, accepted=limit)


def _inner(known: Kind, data: dict[str, object], lookup: Lookup, errors: _Collector) -> None:
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


def _one_of_a_sort(known: Kind, mentions: Iterable[Mention], errors: _Collector) -> None:
    """Two entities are one only if they are of one type, and none is merged into itself."""
    if known.name != "entities_merged":
        return
    into = next((mention for mention in mentions if mention.role == "into"), None)
    for mention in mentions:
        if into is None or mention.role == "into":
            continue
        if mention.id == into.id or mention.type != into.type:
            accepted = Words(f"另一个 {into.type}", f"another {into.type}")
            value = f"{mention.id} ({mention.type})"
            errors.errors.append(FieldError(field="from", value=value, accepted=accepted))


def _value_or_statement(known: Kind, data: Mapping[str, object], errors: _Collector) -> None:
    if known.name == "figure_reported" and not {"value", "statement"} & set(data):
        accepted = Words("数值或表态至少一项", "a value or a statement")
        errors.errors.append(FieldError(field="value", value="", accepted=accepted))
