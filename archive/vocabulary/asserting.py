"""What an event asserts: (entity, attribute, member) has a value from its date on."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from typing import Final, TypeAlias

import msgspec

from archive.vocabulary.amounts import middle
from archive.vocabulary.conditions import Condition
from archive.vocabulary.definition import Kind
from archive.vocabulary.event import Event, Mention
from archive.vocabulary.fields import UNKNOWN
from archive.vocabulary.kinds import KINDS, kind
from archive.vocabulary.rules import Part, Rule, is_role, rules_of


class Assertion(msgspec.Struct, frozen=True, gc=False):
    """From the event's date on, the cell (entity, attribute, member) has *value*.

    *value* is a key as the attribute's field type gives it; None says that it ends. *number* is
    what a sum adds or a chart draws.
    """

    entity: str
    entity_type: str
    attribute: str
    member: str
    value: str | None
    number: float | None = None

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
            for place, name in enumerate(rule.member_names)
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


# What a post is told to be when somebody leaves it, and the beginning of the value that says who:
# it holds of those alone who had the post. No key of an entity has a blank in it.
# What a parent leaves falls to nobody, or to whom the same event names: it is handed on.
VACANT: Final = "vacant"
LEFT_BY: Final = f"{VACANT} "
POSTS: Final = frozenset(
    rule.attribute for one in KINDS.values() for rule in one.asserts if rule.leaving
)
HANDED_ON: Final = frozenset({"parent"})
_JOINT: Final = " · "
_LONE_DOTS: Final = re.compile(r"(?<!\S)(·+)(?!\S)")

MOST_ASSERTIONS: Final = 1024  # of one event: the read models number them within its position

_Bound: TypeAlias = Mapping[str, Mention]
_Bearers: TypeAlias = Mapping[str, tuple[Mention, ...]]
_Data: TypeAlias = Mapping[str, object]


def leaver_of(value: str | None) -> str:
    """Return the key of whoever leaves a post, by the *value* told of it, or an empty text."""
    return value.removeprefix(LEFT_BY) if value and value.startswith(LEFT_BY) else ""


def _combinations(rule: Rule, bearers: _Bearers) -> Iterator[_Bound]:
    """Yield each way to fill the roles that the rule names; an absent role is left out."""
    names = [name for name in rule.roles if name in bearers]
    for row in product(*[bearers[name] for name in names]):
        yield dict(zip(names, row, strict=True))


def _key(part: Part, data: _Data, bound: _Bound) -> str | None:
    """Return the key of whom or what fills *part*; None where nothing does."""
    if part.fixed:
        return part.fixed
    if part.name in bound:
        return bound[part.name].id
    if part.key is None or part.name not in data:
        return None
    value = data[part.name]
    return UNKNOWN if value == UNKNOWN else part.key(value)


def _joined(keys: list[str]) -> str:
    """Return the keys in one text, such that no two lists of keys share it.

    An empty place before a given one is kept: what is said of an audience is not said of a region
    of the same name. What a kind does not ask for counts as not given.
    """
    while keys and not keys[-1]:
        keys.pop()
    joined = _JOINT.join(keys)
    if joined.count("·") < len(keys):
        return joined
    return _JOINT.join([_LONE_DOTS.sub(r"\1·", key) for key in keys])


def _one(rule: Rule, data: _Data, bound: _Bound, *, is_shared: bool) -> Assertion | None:
    about = bound.get(rule.about)
    is_sum = None if about is None else rule.is_sum.get(about.type)
    if about is None or is_sum is None:
        return None
    member = ""
    if rule.member:
        member = _joined([_key(part, data, bound) or "" for part in rule.member])
        # A member that is one entity, and that is not given, makes no assertion.
        if rule.is_lone_role and not member:
            return None
    value, number = rule.fixed, None
    if rule.value is not None:
        value = _value(rule, rule.value, data, bound, is_shared=is_shared)
        if value is None:
            return None
        if rule.is_leaving:
            value = f"{LEFT_BY}{value}"
        said = data.get(rule.value.name)
        number = middle(said) if isinstance(said, dict) and not is_shared else None
    if is_sum and number is None:
        return None
    return Assertion(about.id, about.type, rule.attribute, member, value, number)


def _value(
    rule: Rule, part: Part | None, data: _Data, bound: _Bound, *, is_shared: bool
) -> str | None:
    if is_shared:
        return rule.missing
    if part is None:
        return rule.fixed
    key = _key(part, data, bound)
    return rule.missing if key is None else key


def _partners(rule: Rule, event: Event, bearers: _Bearers) -> Iterator[Assertion]:
    """Yield a relation of each bearer of the rule's role to each other bearer."""
    among = bearers.get(rule.about, ())
    is_shared = rule.is_divided and len(among) > 1
    for one, other in product(among, among):
        if one.id != other.id and one.type in rule.is_sum:
            bound = {rule.about: other}
            value = _value(rule, rule.value, event.data, bound, is_shared=is_shared)
            yield Assertion(one.id, one.type, rule.attribute, other.id, value)


@cache
def _member_names(kind_name: str, attribute: str) -> tuple[str, ...]:
    rules = [one.member_names for one in kind(kind_name).asserts if one.attribute == attribute]
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


def _of_many(event: Event, rules: Iterable[Rule], bearers: _Bearers) -> Iterator[Assertion]:
    """Yield what *rules* assert where a role may have several bearers."""
    for rule in rules:
        if rule.is_of_partners:
            yield from _partners(rule, event, bearers)
            continue
        is_shared = rule.is_divided and len(bearers.get(rule.member[0].name, ())) > 1
        for bound in _combinations(rule, bearers):
            assertion = _one(rule, event.data, bound, is_shared=is_shared)
            if assertion is not None:
                yield assertion


def assertions(event: Event) -> list[Assertion]:
    """Return what *event* asserts, each once, in the order of its kind's rules."""
    rules, may_repeat, are_conditional = rules_of(event.kind)
    alone = {one.role: one for one in event.entities}
    are_alone = len(alone) == len(event.entities)
    wanted = rules
    if are_conditional:
        given = {**event.data, **_bearers_of(event)}
        wanted = tuple([one for one in rules if not one.when or _holds(one.when, given)])
    if not are_alone:
        return _once_each(_of_many(event, wanted, _bearers_of(event)))
    data = event.data
    # A partner of nobody asserts nothing.
    found = [
        said
        for one in wanted
        if not one.is_of_partners and (said := _one(one, data, alone, is_shared=False)) is not None
    ]
    return _once_each(found) if may_repeat else found


def _holds(conditions: Iterable[Condition], given: _Data) -> bool:
    return all(one.holds(given) for one in conditions)
