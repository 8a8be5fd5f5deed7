"""What an event asserts: (entity, attribute, member) has a value from its date on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Final, TypeAlias

from archive.vocabulary.amounts import middle
from archive.vocabulary.definition import Asserts, Const, Field, Kind
from archive.vocabulary.entity_types import ENTITY_TYPES, AttributeClass
from archive.vocabulary.event import Event, Mention
from archive.vocabulary.fields import UNKNOWN
from archive.vocabulary.kinds import kind


@dataclass(frozen=True, slots=True)
class Assertion:
    """From the event's date on, the cell (entity, attribute, member) has *value*.

    *value* is a key as the attribute's field type gives it; None says that it ends. *number* is
    what a sum adds or a chart draws. *parts* are the fields and keys that make up the member.
    """

    entity: str
    entity_type: str
    attribute: str
    member: str
    value: str | None
    number: float | None = None
    parts: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @staticmethod
    def at_home(member: str, *, kind: Kind, attribute: str, homes: Mapping[str, str]) -> str:
        """Return *member* of a cell of *attribute* with each merged entity in it at its home.

        *kind* is that of the event that asserts it, *homes* the id of the home by that of the
        entity that was merged into it.
        """
        places = {
            place
            for rule in kind.asserts
            if rule.attribute == attribute
            for place, name in enumerate(rule.member)
            if _is_role(kind, name)
        }
        keys = member.split(_JOINT)
        return _JOINT.join(
            homes.get(key, key) if place in places else key for place, key in enumerate(keys)
        )


_JOINT: Final = " · "
_LONE_DOTS: Final = re.compile(r"(?<!\S)(·+)(?!\S)")
MOST_ASSERTIONS: Final = 1024  # of one event: the read models number them within its position

_Bound: TypeAlias = dict[str, Mention]
_Bearers: TypeAlias = Mapping[str, tuple[Mention, ...]]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule of a kind with what follows from the kind alone: its roles, its fields, its end."""

    asserts: Asserts
    roles: tuple[str, ...]
    member: tuple[tuple[str, Field | None], ...]
    value: Field | None
    is_lone_role: bool
    is_of_partners: bool


@cache
def _rules(kind_name: str) -> tuple[_Rule, ...]:
    definition = kind(kind_name)
    return tuple(_rule(one, definition) for one in definition.asserts)


def _rule(rule: Asserts, kind: Kind) -> _Rule:
    fields = {field.name: field for field in kind.fields}
    named = [rule.about, *rule.member]
    if isinstance(rule.value, str):
        named.append(rule.value)
    data = {name: field for name, field in fields.items() if not field.is_role}
    return _Rule(
        rule,
        tuple(name for name in dict.fromkeys(named) if name in fields and name not in data),
        tuple((name, data.get(name)) for name in rule.member),
        data.get(rule.value) if isinstance(rule.value, str) else None,
        len(rule.member) == 1 and _is_role(kind, rule.member[0]),
        rule.member == (rule.about,),
    )


def _is_role(kind: Kind, name: str) -> bool:
    known = kind.field(name)
    return known is not None and known.is_role


def _combinations(rule: _Rule, bearers: _Bearers) -> Iterator[_Bound]:
    """Yield each way to fill the roles that the rule names; an absent role is left out."""
    present = [(name, bearers[name]) for name in rule.roles if name in bearers]
    if all(len(each) == 1 for _name, each in present):
        yield {name: each[0] for name, each in present}
        return
    names = [name for name, _each in present]
    for row in product(*(each for _name, each in present)):
        yield dict(zip(names, row, strict=True))


def _key(name: str, field: Field | None, event: Event, bound: _Bound) -> str | None:
    if name in bound:
        return bound[name].id
    if field is None or name not in event.data:
        return None
    value = event.data[name]
    return UNKNOWN if value == UNKNOWN else field.type.key(value)  # type: ignore[arg-type]  # canonical


def _number(rule: _Rule, event: Event, *, is_shared: bool) -> float | None:
    name = rule.asserts.value
    value = event.data.get(name) if isinstance(name, str) and not is_shared else None
    return middle(value) if isinstance(value, dict) else None


def _joined(keys: Sequence[str]) -> str:
    """Return the keys in one text, such that no two lists of keys share it.

    An empty place before a given one is kept: what is said of an audience is not said of a region
    of the same name. What a kind does not ask for counts as not given.
    """
    apart = [_LONE_DOTS.sub(r"\1·", key) if "·" in key else key for key in keys]
    while apart and not apart[-1]:
        apart.pop()
    return _JOINT.join(apart)


def _one(rule: _Rule, event: Event, bound: _Bound, bearers: _Bearers) -> Assertion | None:
    asserts = rule.asserts
    about = bound.get(asserts.about)
    if about is None:
        return None
    keys = [(name, _key(name, field, event, bound)) for name, field in rule.member]
    parts = tuple([(name, key) for name, key in keys if key])
    attribute = ENTITY_TYPES[about.type].attributes.get(asserts.attribute)
    # A member that is one entity, and that is not given, makes no assertion.
    if attribute is None or (rule.is_lone_role and not parts):
        return None
    is_shared = asserts.divided and len(bearers.get(asserts.member[0], ())) > 1
    value = _value(rule, event, bound, is_shared=is_shared)
    number = _number(rule, event, is_shared=is_shared)
    is_nothing = value is None and asserts.value is not None
    if is_nothing or (number is None and attribute.attribute_class is AttributeClass.SUM):
        return None
    member = _joined([key or "" for _name, key in keys])
    return Assertion(about.id, about.type, asserts.attribute, member, value, number, parts)


def _value(rule: _Rule, event: Event, bound: _Bound, *, is_shared: bool) -> str | None:
    value = rule.asserts.value
    if value is None:
        return None
    if isinstance(value, Const):
        return value.key
    if is_shared:
        return rule.asserts.missing
    key = _key(value, rule.value, event, bound)
    return key if key is not None else rule.asserts.missing


def _partners(rule: _Rule, event: Event, bearers: _Bearers) -> Iterator[Assertion]:
    """Yield a relation of each bearer of the rule's role to each other bearer."""
    asserts, among = rule.asserts, bearers.get(rule.asserts.about, ())
    is_shared = asserts.divided and len(among) > 1
    for one, other in product(among, among):
        if one.id != other.id and asserts.attribute in ENTITY_TYPES[one.type].attributes:
            value = _value(rule, event, {asserts.about: other}, is_shared=is_shared)
            parts = ((asserts.about, other.id),)
            yield Assertion(one.id, one.type, asserts.attribute, other.id, value, None, parts)


def _bearers_of(event: Event) -> _Bearers:
    bearers: dict[str, tuple[Mention, ...]] = {}
    for mention in event.entities:
        bearers[mention.role] = (*bearers.get(mention.role, ()), mention)
    return bearers


def assertions(event: Event) -> list[Assertion]:
    """Return what *event* asserts, each once, in the order of its kind's rules."""
    bearers = _bearers_of(event)
    given = {**event.data, **bearers}
    found: dict[Assertion, None] = {}
    for rule in _rules(event.kind):
        when = rule.asserts.when
        if when and not all(condition.holds(given) for condition in when):
            continue
        if rule.is_of_partners:
            found.update(dict.fromkeys(_partners(rule, event, bearers)))
            continue
        for bound in _combinations(rule, bearers):
            assertion = _one(rule, event, bound, bearers)
            if assertion is not None:
                found[assertion] = None
    return list(found)
