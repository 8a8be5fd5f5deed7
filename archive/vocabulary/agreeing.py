"""What the parts of one event demand of each other."""

from collections.abc import Iterable, Mapping
from typing import Final

from archive.errors import FieldError
from archive.languages import Words
from archive.vocabulary.collecting import Collector
from archive.vocabulary.definition import Kind
from archive.vocabulary.event import Event, Mention, kind_of

_SAYING: Final = {"figure_reported": frozenset({"value", "statement"})}
# The roles of one event that nobody has both of: nobody buys, sells or funds itself. Who bought
# shares of itself back holds them, so a stake may be of its own holder.
_OPPOSED: Final = {
    "org_founded": (("org", "founders"), ("org", "parent")),
    "org_reorganized": (("org", "units"), ("units", "into")),
    "deal_announced": (("buyer", "target"),),
    "deal_closed": (("buyer", "target"),),
    "deal_ended": (("buyer", "target"),),
    "divested": (("seller", "what"), ("seller", "buyer"), ("what", "buyer")),
    "funding_round": (("org", "lead"), ("org", "investors")),
}
OPPOSING: Final = frozenset(_OPPOSED)


def says_something(known: Kind, data: Mapping[str, object]) -> bool:
    """Tell whether one of the fields is there of which the kind needs any."""
    needed = _SAYING.get(known.name)
    return needed is None or not needed.isdisjoint(data)


def demand_a_saying(known: Kind, data: Mapping[str, object], errors: Collector) -> None:
    """Demand a value or a statement of what reports one."""
    if not says_something(known, data):
        accepted = Words("数值或表态至少一项", "a value or a statement")
        errors.errors.append(FieldError(field="value", value="", accepted=accepted))


def demand_one_sort(known: Kind, mentions: Iterable[Mention], errors: Collector) -> None:
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


def demand_two_sides(event: Event, homes: Mapping[str, str]) -> None:
    """Refuse an event with one and the same entity on two sides of it: its buyer and its seller.

    *homes* gives by the id of each merged entity that of the one into which it was merged.
    """
    for one, other in _OPPOSED.get(event.kind, ()):
        taken = {_home(mention.id, homes): mention.id for mention in event.in_role(one)}
        for mention in event.in_role(other):
            first = taken.get(_home(mention.id, homes))
            if first is not None:
                accepted = _another_than(event, one, first if first != mention.id else "")
                raise FieldError(field=other, value=mention.id, accepted=accepted)


def _another_than(event: Event, role: str, merged: str) -> Words:
    """Return that somebody else is wanted than who has the *role*, as *merged* with whom."""
    field = kind_of(event).field(role)
    label = field.label if field else Words(role, role)
    why = Words(f"（与“{merged}”已合并为同一实体）", f" (merged with “{merged}”: they are one)")
    return Words(
        f"与“{label.zh}”不同的一方{why.zh if merged else ''}",
        f"another entity than the one under “{label.en}”{why.en if merged else ''}",
    )


def _home(slug: str, homes: Mapping[str, str]) -> str:
    seen = {slug}
    while (into := homes.get(slug, slug)) not in seen:
        seen.add(into)
        slug = into
    return slug
