"""The rules by which a kind asserts, with what follows from the kind alone: made ready once."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

import msgspec

from archive.vocabulary.conditions import Condition
from archive.vocabulary.definition import Asserts, Const, Field, Fixed, Kind
from archive.vocabulary.entity_types import ENTITY_TYPES, AttributeClass
from archive.vocabulary.kinds import kind


def _sums() -> Mapping[str, Mapping[str, bool]]:
    """Return of each attribute, by the types of entity that have it, whether it is a sum."""
    found: dict[str, dict[str, bool]] = {}
    for known in ENTITY_TYPES.values():
        for attribute in known.attributes.values():
            is_sum = attribute.attribute_class is AttributeClass.SUM
            found.setdefault(attribute.name, {})[known.name] = is_sum
    return found


_SUMS: Final = _sums()


class Part(NamedTuple):
    """A field or a role that gives a key; ``key`` makes it of the field's value.

    ``fixed`` is the key where the kind itself gives it.
    """

    name: str
    key: Callable[[Any], str] | None
    fixed: str = ""


class Rule(msgspec.Struct, frozen=True, gc=False):
    """A rule of a kind with what follows from the kind alone: its roles, its fields, its end.

    ``value`` is what gives the value, ``fixed`` the value where nothing does, ``missing`` the one
    where it is not given. ``is_sum`` tells of each type of entity that has the attribute whether
    it is a sum.
    """

    about: str
    attribute: str
    when: tuple[Condition, ...]
    roles: tuple[str, ...]
    member: tuple[Part, ...]
    value: Part | None
    fixed: str | None
    missing: str | None
    is_sum: Mapping[str, bool]
    is_lone_role: bool
    is_of_partners: bool
    is_divided: bool
    is_leaving: bool


class Rules(NamedTuple):
    """The rules of a kind, whether two may come to assert the same, and whether any has an if."""

    rules: tuple[Rule, ...]
    may_repeat: bool
    are_conditional: bool


@cache
def rules_of(kind_name: str) -> Rules:
    """Return what the kind of that name asserts; raises UnknownNameError."""
    definition = kind(kind_name)
    attributes = [one.attribute for one in definition.asserts]
    rules = tuple(_rule(one, definition) for one in definition.asserts)
    are_conditional = any(one.when for one in rules)
    return Rules(rules, len(set(attributes)) < len(attributes), are_conditional)


def _rule(rule: Asserts, kind: Kind) -> Rule:
    fields = {field.name: field for field in kind.fields}
    named = [rule.about, *rule.member_names]
    if isinstance(rule.value, str):
        named.append(rule.value)
    data = {name: field for name, field in fields.items() if not field.is_role}
    value = rule.value
    return Rule(
        about=rule.about,
        attribute=rule.attribute,
        when=rule.when,
        roles=tuple(name for name in dict.fromkeys(named) if name in fields and name not in data),
        member=tuple(
            Part(one.name, None, one.key) if isinstance(one, Fixed) else _part(one, data)
            for one in rule.member
        ),
        value=_part(value, data) if isinstance(value, str) else None,
        fixed=value.key if isinstance(value, Const) else None,
        missing=rule.missing,
        is_sum=_SUMS.get(rule.attribute, {}),
        is_lone_role=len(rule.member) == 1 and is_role(kind, rule.member_names[0]),
        is_of_partners=rule.member_names == (rule.about,),
        is_divided=rule.divided,
        is_leaving=rule.leaving,
    )


def _part(name: str, data: Mapping[str, Field]) -> Part:
    return Part(name, data[name].type.key if name in data else None)


def is_role(kind: Kind, name: str) -> bool:
    """Tell whether the field called *name* holds entities."""
    known = kind.field(name)
    return known is not None and known.is_role
