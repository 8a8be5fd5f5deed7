"""What an event asserts: (entity, attribute, member) has a value from its date on."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Final, TypeAlias

import msgspec

from archive.vocabulary.amounts import middle
from archive.vocabulary.definition import Field, Kind
from archive.vocabulary.entity_types import ENTITY_TYPES
from archive.vocabulary.event import Event, Mention
from archive.vocabulary.fields import UNKNOWN
from archive.vocabulary.kinds import kind
from archive.vocabulary.rules import Rule, is_role, rules_of


class Assertion(msgspec.Struct, frozen=True, gc=False):
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
    parts: tuple[tuple[str, str], ...] = ()

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
            if is_role(kind, name)
        }
        keys = member.split(_JOINT)
        return _JOINT.join(
            homes.get(key, key) if place in places else key for place, key in enumerate(keys)
        )

    @staticmethod
    def parts_of(member: str, *, kind: str, attribute: str) -> tuple[tuple[str, str], ...]:
        """Return the fields and keys that make up *member* where an event of *kind* says it.

        Where several rules of the kind make members of *attribute*, the longest names the fields:
        place by place they name the same field, or each a role.
        """
        keys = member.split(_JOINT) if member else ()
        return tuple(
            (name, _LONE_DOTS.sub(_one_less, key) if "·" in key else key)
            for name, key in zip(_member_names(kind, attribute), keys, strict=False)
            if key
        )


_JOINT: Final = " · "
_LONE_DOTS: Final = re.compile(r"(?<!\S)(·+)(?!\S)")

MOST_ASSERTIONS: Final = 1024  # of one event: the read models number them within its position

_Bound: TypeAlias = dict[str, Mention]
_Bearers: TypeAlias = Mapping[str, tuple[Mention, ...]]
_NO_PARTS: Final[tuple[tuple[str, str], ...]] = ()


def _combinations(rule: Rule, bearers: _Bearers) -> Iterator[_Bound]:
    """Yield each way to fill the roles that the rule names; an absent role is left out."""
    names = [name for name in rule.roles if name in bearers]
    for row in product(*[bearers[name] for name in names]):
        yield dict(zip(names, row, strict=True))


def _key(name: str, field: Field | None, data: Mapping[str, object], bound: _Bound) -> str | None:
    if name in bound:
        return bound[name].id
    if field is None or name not in data:
        return None
    value = data[name]
    return UNKNOWN if value == UNKNOWN else field.type.key(value)  # type: ignore[arg-type]  # canonical


def _joined(keys: Sequence[str]) -> str:
    """Return the keys in one text, such that no two lists of keys share it.

    An empty place before a given one is kept: what is said of an audience is not said of a region
    of the same name. What a kind does not ask for counts as not given.
    """
    apart = [_LONE_DOTS.sub(r"\1·", key) if "·" in key else key for key in keys]
    while apart and not apart[-1]:
        apart.pop()
    return _JOINT.join(apart)


def _one(rule: Rule, event: Event, bound: _Bound, bearers: _Bearers) -> Assertion | None:
    about = bound.get(rule.about)
    is_sum = None if about is None else rule.is_sum.get(about.type)
    if about is None or is_sum is None:
        return None
    data, member, parts = event.data, "", _NO_PARTS
    if rule.member:
        keys = [_key(name, field, data, bound) or "" for name, field in rule.member]
        # A member that is one entity, and that is not given, makes no assertion.
        if rule.is_lone_role and not keys[0]:
            return None
        parts = tuple([(one[0], key) for one, key in zip(rule.member, keys, strict=True) if key])
        member = _joined(keys) if parts else ""
    value, number = rule.fixed, None
    if rule.named:
        is_shared = rule.is_divided and len(bearers.get(rule.member[0][0], ())) > 1
        value = _value(rule, event, bound, is_shared=is_shared)
        if value is None:
            return None
        said = data.get(rule.named)
        number = middle(said) if isinstance(said, dict) and not is_shared else None
    if is_sum and number is None:
        return None
    return Assertion(about.id, about.type, rule.attribute, member, value, number, parts)


def _value(rule: Rule, event: Event, bound: _Bound, *, is_shared: bool) -> str | None:
    if not rule.named or is_shared:
        return rule.asserts.missing if is_shared else rule.fixed
    key = _key(rule.named, rule.value, event.data, bound)
    return key if key is not None else rule.asserts.missing


def _partners(rule: Rule, event: Event, bearers: _Bearers) -> Iterator[Assertion]:
    """Yield a relation of each bearer of the rule's role to each other bearer."""
    asserts, among = rule.asserts, bearers.get(rule.asserts.about, ())
    is_shared = asserts.divided and len(among) > 1
    for one, other in product(among, among):
        if one.id != other.id and asserts.attribute in ENTITY_TYPES[one.type].attributes:
            value = _value(rule, event, {asserts.about: other}, is_shared=is_shared)
            parts = ((asserts.about, other.id),)
            yield Assertion(one.id, one.type, asserts.attribute, other.id, value, None, parts)


@cache
def _member_names(kind_name: str, attribute: str) -> tuple[str, ...]:
    rules = [one.member for one in kind(kind_name).asserts if one.attribute == attribute]
    return max(rules, key=len, default=())


def _one_less(dots: re.Match[str]) -> str:
    return dots[1][:-1]


def _bearers_of(event: Event) -> _Bearers:
    bearers: dict[str, tuple[Mention, ...]] = {}
    for mention in event.entities:
        role = mention.role
        bearers[role] = (*bearers[role], mention) if role in bearers else (mention,)
    return bearers


def _once_each(found: Iterable[Assertion]) -> list[Assertion]:
    """Return the first of those that assert the same, whatever fields made up their members."""
    first: dict[tuple[object, ...], Assertion] = {}
    for one in found:
        first.setdefault((one.entity, one.attribute, one.member, one.value, one.number), one)
    return list(first.values())


def assertions(event: Event) -> list[Assertion]:
    """Return what *event* asserts, each once, in the order of its kind's rules."""
    bearers = _bearers_of(event)
    are_alone = len(bearers) == len(event.entities)
    alone = {role: each[0] for role, each in bearers.items()} if are_alone else {}
    rules, may_repeat, are_conditional = rules_of(event.kind)
    given = {**event.data, **bearers} if are_conditional else event.data
    found: list[Assertion] = []
    for rule in rules:
        if rule.when and not all(one.holds(given) for one in rule.when):
            continue
        if rule.is_of_partners:
            found.extend(_partners(rule, event, bearers))
            continue
        for bound in (alone,) if are_alone else _combinations(rule, bearers):
            assertion = _one(rule, event, bound, bearers)
            if assertion is not None:
                found.append(assertion)
    return _once_each(found) if may_repeat or not are_alone else found
