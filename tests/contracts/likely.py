"""How many cells likely have each value: each day taken for the likely one of its date."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from tests.contracts.telling import Past, Said, leavers, moment, spread


def likely_counts(told: Past, day: int) -> Mapping[tuple[str, str], Counter[str]]:
    """Return how many cells of each attribute of a type have each value, told day by day.

    That is the one world in which all fell on its likely day; of one such day the vaguer, the
    later by its time, and the later recorded came after. No merge and no settlement is followed.
    """
    cells = _told_by(Past(told.live), day)
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (type_name, name, entity, member), said in cells.items():
        value = said[-1].value
        if name == "officers":
            value = _likely_holder(said, is_post=True)
        elif name == "parent":
            value = _likely_holder(_sold_on(said))
        elif (type_name, name) == ("person", "roles"):
            value = _likely_post(cells, entity, member)
        elif (type_name, name) == ("person", "affiliation") and value is None:
            posts = [
                _likely_post(cells, entity, post)
                for _type, other, person, post in cells
                if (other, person) == ("roles", entity) and not post.startswith(("founder", "co_"))
            ]
            value = member if member in posts else None
        if value is not None:
            found[type_name, name][value] += 1
    return found


_Told: TypeAlias = "Mapping[tuple[str, str, str, str], list[Said]]"


def _told_by(told: Past, day: int) -> _Told:
    """Return what of each cell, and of its type, was told up to *day*, in turn."""
    found: defaultdict[tuple[str, str, str, str], list[Said]] = defaultdict(list)
    for root, (position, event) in told.live.items():
        for one, lo, hi, likely in spread(event):
            said = Said(
                *(position, root, lo, hi, one.value, event.kind, False),
                likely=likely,
                **moment(event),
            )
            if likely <= day:
                found[one.entity_type, one.attribute, one.entity, one.member].append(said)
    return {
        place: sorted(said, key=lambda one: (one.likely, one.hi, one.turn, one.position))
        for place, said in found.items()
    }


def _likely_holder(said: Sequence[Said], *, is_post: bool = False) -> str | None:
    """Return whoever took it up last, if they have not left since, or on that very day.

    A post is vacant then, but after the end of a stretch nothing is told of it.
    """
    nobody = "vacant" if is_post else None
    begun = {one.position for one in said if one.value and not leavers({one.value})}
    left = [
        one
        for one in said
        if leavers({one.value}) or (is_post and one.value is None and one.position in begun)
    ]
    taken = [one for one in said if one not in left]
    if not taken:
        return nobody
    last = taken[-1]
    for one in left:
        is_late = one.likely > last.likely or (
            one.likely == last.likely and not last.is_after(one)
        )
        if leavers({one.value}) == {last.value} and is_late:
            return nobody
    if any(one.value is None and one.position == last.position for one in left):
        return None
    return last.value


def _sold_on(said: Sequence[Said]) -> list[Said]:
    """Return what is told of a parent without the sales by those who never were."""
    leavings = {one.position: leavers({one.value}) for one in said if leavers({one.value})}
    sales = [
        one for one in said if one.position in leavings and one.value and not leavers({one.value})
    ]
    kept = [one for one in said if one.position not in {sale.position for sale in sales}]
    for sale in sorted(sales, key=lambda one: (one.likely, one.turn, one.position)):
        before = [one for one in kept if not one.is_after(sale)]
        had = _may_have(before, sale.likely)
        if not any(sale.is_after(one) for one in before):
            had |= _may_have(before, sale.likely - 1)
        if had & {None, *leavings[sale.position]}:
            theirs = [one for one in said if one.position == sale.position]
            kept += [one for one in theirs if not leavers({one.value})]
    return [one for one in said if one in kept]


def _may_have(said: Sequence[Said], day: int) -> set[str | None]:
    """Return whoever may have had it on a day: of a day without known times, all of them."""
    begun = [one for one in said if one.likely <= day]
    taken = [one for one in begun if not leavers({one.value})]
    newest = [one for one in taken if one.likely == max(two.likely for two in taken)]
    last = [one for one in newest if not any(two.is_after(one) for two in newest)]
    left = [one for one in begun if leavers({one.value})]
    return {_likely_holder([*left, one]) for one in last} or {None}


def _likely_post(cells: _Told, person: str, member: str) -> str | None:
    """Return the organization of a person's post, if no other is told to have that post."""
    *post, body = member.split(" · ")
    while post and not post[-1]:
        post.pop()
    said = cells["person", "roles", person, member]
    office = cells.get(("organization", "officers", body, " · ".join(post)))
    holder = _likely_holder(office, is_post=True) if office else person
    return said[-1].value if holder == person else None
