"""The entities of a draft, each in its role, checked against what is known of them."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import msgspec

from archive.errors import FieldError, UnknownNameError
from archive.languages import LOCALES, Words
from archive.vocabulary.collecting import Collector
from archive.vocabulary.definition import Field, Kind
from archive.vocabulary.entity_types import entity_type
from archive.vocabulary.event import Mention
from archive.vocabulary.fields import Entities
from archive.vocabulary.raws import Raw, identifier, mapping
from archive.vocabulary.texts import cut_to_size

LONGEST_NAME: Final = 300


class KnownEntity(msgspec.Struct, frozen=True):
    """What the checks ask of an entity that the archive already holds."""

    type: str
    names: dict[str, str]


Lookup: TypeAlias = Callable[[str], KnownEntity | None]


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
        language: cut_to_size(name, field=role, longest=LONGEST_NAME)
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


def mentions_of(raw: Raw, known: Kind, lookup: Lookup, errors: Collector) -> tuple[Mention, ...]:
    """Return the entities that *raw* mentions, in the order of the kind's roles."""
    drafts = errors.take([], _as_mentions, raw.get("entities"))
    order = {field.name: number for number, field in enumerate(known.fields)}
    found = [
        mention
        for draft in drafts
        if (mention := errors.take(None, _mention, draft, known, lookup))
    ]
    _count_roles(found, drafts, known, errors)
    return tuple(sorted(found, key=lambda mention: order[mention.role]))


def _count_roles(found: list[Mention], drafts: list[Raw], known: Kind, errors: Collector) -> None:
    tried = {str(draft.get("role")) for draft in drafts}
    for field in known.fields:
        if not field.is_role:
            continue
        ids = [mention.id for mention in found if mention.role == field.name]
        if field.required and field.name not in tried:
            errors.errors.append(missing(field))
        if len(ids) > 1 and not field.is_many:
            accepted = Words("一个实体", "one entity")
            error = FieldError(field=field.name, value=", ".join(ids), accepted=accepted)
            errors.errors.append(error)
        if len(set(ids)) < len(ids):
            accepted = Words("每个实体一次", "each entity once")
            error = FieldError(field=field.name, value=", ".join(ids), accepted=accepted)
            errors.errors.append(error)


def missing(field: Field) -> FieldError:
    """Return the error for a field that has to be given."""
    accepted = Words(f"必填（{field.help.zh}）", f"required ({field.help.en})")
    return FieldError(field=field.name, value="", accepted=accepted)
