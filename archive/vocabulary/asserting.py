"""What an event asserts: (entity, attribute, member) has a value from its date on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final, TypeAlias

from archive.vocabulary.amounts import middle
from archive.vocabulary.definition import Asserts, Const, Kind
from archive.vocabulary.entity_types import ENTITY_TYPES, AttributeClass
from archive.vocabulary.event import Event, Mention, kind_of
from archive.vocabulary.fields import UNKNOWN


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


def _roles(rule: Asserts, kind: Kind) -> list[str]:
    named = [rule.about, *rule.member]
    if isinstance(rule.value, str):
        named.append(rule.value)
    roles = {field.name for field in kind.fields if field.is_role}
    return [name for name in dict.fromkeys(named) if name in roles]


def _combinations(rule: Asserts, kind: Kind, event: Event) -> Iterator[_Bound]:
    """Yield each way to fill the roles that the rule names; an absent role is left out."""
    names = _roles(rule, kind)
    choices = [event.in_role(name) or (None,) for name in names]
    for row in product(*choices):
        yield {name: mention for name, mention in zip(names, row, strict=True) if mention}


def _key(name: str, kind: Kind, event: Event, bound: _Bound) -> str | None:
    if name in bound:
        return bound[name].id
    field = kind.field(name)
    if field is None or field.is_role or name not in event.data:
        return None
    value = event.data[name]
    return UNKNOWN if value == UNKNOWN else field.type.key(value)  # type: ignore[arg-type]  # canonical


def _number(rule: Asserts, event: Event) -> float | None:
    is_shared = rule.divided and len(event.in_role(rule.member[0])) > 1
    value = event.data.get(rule.value) if isinstance(rule.value, str) and not is_shared else None
    return middle(value) if isinstance(value, dict) else None


def _parts(
    rule: Asserts, kind: Kind, event: Event, bound: _Bound
) -> tuple[tuple[str, str], ...] | None:
    """Return the fields that tell the member apart and their keys, those given.

    None when the member is one entity, or one field alone, and that is not given.
    """
    keys = [(name, _key(name, kind, event, bound)) for name in rule.member]
    given = tuple((name, key) for name, key in keys if key)
    lone_role = len(keys) == 1 and _is_role(kind, rule.member[0])
    return None if lone_role and not given else given


def _joined(keys: Sequence[str]) -> str:
    """Return the keys in one text, such that no two lists of keys share it.

    An empty place before a given one is kept: what is said of an audience is not said of a region
    of the same name. What a kind does not ask for counts as not given.
    """
    apart = [_LONE_DOTS.sub(r"\1·", key) for key in keys]
    while apart and not apart[-1]:
        apart.pop()
    return _JOINT.join(apart)


def _is_role(kind: Kind, name: str) -> bool:
    known = kind.field(name)
    return known is not None and known.is_role


def _one(rule: Asserts, kind: Kind, event: Event, bound: _Bound) -> Assertion | None:
    about = bound.get(rule.about)
    parts = _parts(rule, kind, event, bound)
    if about is None or parts is None:
        return None
    attribute = ENTITY_TYPES[about.type].attributes.get(rule.attribute)
    value = _value(rule, kind, event, bound)
    number = _number(rule, event)
    is_nothing = value is None and rule.value is not None
    is_no_sum = number is None and attribute and attribute.attribute_class is AttributeClass.SUM
    if attribute is None or is_nothing or is_no_sum:
        return None
    member = _joined([_key(name, kind, event, bound) or "" for name in rule.member])
    return Assertion(about.id, about.type, rule.attribute, member, value, number, parts)


def _value(rule: Asserts, kind: Kind, event: Event, bound: _Bound) -> str | None:
    if rule.value is None:
        return None
    if isinstance(rule.value, Const):
        return rule.value.key
    if rule.divided and len(event.in_role(rule.member[0])) > 1:
        return rule.missing
    key = _key(rule.value, kind, event, bound)
    return key if key is not None else rule.missing


def _partners(event: Event, kind: Kind, rule: Asserts) -> Iterator[Assertion]:
    """Yield a relation of each bearer of the rule's role to each other bearer."""
    for one in event.in_role(rule.about):
        for other in event.in_role(rule.about):
            if one.id == other.id:
                continue
            value = _value(rule, kind, event, {rule.about: other})
            parts = ((rule.about, other.id),)
            yield Assertion(one.id, one.type, rule.attribute, other.id, value, None, parts)


def assertions(event: Event) -> list[Assertion]:
    """Return what *event* asserts, each once, in the order of its kind's rules."""
    kind = kind_of(event)
    found: dict[Assertion, None] = {}
    given = event.data | {
        field.name: bearers for field in kind.fields if (bearers := event.in_role(field.name))
    }
    for rule in kind.asserts:
        if not all(condition.holds(given) for condition in rule.when):
            continue
        if rule.member == (rule.about,):
            found |= dict.fromkeys(
                one
                for one in _partners(event, kind, rule)
                if one.attribute in ENTITY_TYPES[one.entity_type].attributes
            )
            continue
        for bound in _combinations(rule, kind, event):
            assertion = _one(rule, kind, event, bound)
            if assertion:
                found[assertion] = None
    return list(found)
