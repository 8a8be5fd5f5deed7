"""How many cells likely have each value: each day taken for the likely one of its date."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from archive.vocabulary import Attribute, AttributeClass
from tests.contracts.drawing import EVERYONE
from tests.contracts.interpreter import founded
from tests.contracts.telling import Past, Place, Said, cells_of, leavers
from tests.contracts.worlds import steps_of, taking_part

TYPES = {str(one["id"]): name for name, some in EVERYONE.items() for one in some}


def likely_counts(told: Past, day: int) -> Mapping[tuple[str, str], Counter[str]]:
    """Return how many cells of each attribute of a type have each value, told day by day.

    That is the one world in which all fell on its likely day; of one such day the vaguer, the
    later by its time, and the later recorded came after, and a phase went forward. Merges and
    settlements are followed; what adds up is left to the rows.
    """
    cells = _told_by(told, day)
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (entity, name, member), (attribute, said) in cells.items():
        if name == "officers":
            value = _likely_holder(said, is_post=True)
        elif name == "parent" and TYPES[entity] == "organization":
            value = _likely_holder(_sold_on(said))
        elif name == "roles":
            value = _likely_post(cells, entity, member, day)
        else:
            value = _last(attribute, said, day)
        if name == "affiliation" and value is None:
            posts = [
                _likely_post(cells, entity, post, day)
                for person, other, post in cells
                if (other, person) == ("roles", entity) and not post.startswith(("founder", "co_"))
            ]
            value = member if member in posts else None
        if value is not None:
            found[TYPES[entity], name][value] += 1
    return found


_Told = Mapping[Place, tuple[Attribute, list[Said]]]


def _told_by(told: Past, day: int) -> _Told:
    """Return what of each cell was told up to *day*, in turn; nothing vague before a founding."""
    cells = cells_of(told)
    found: dict[Place, tuple[Attribute, list[Said]]] = {}
    for place, (attribute, said) in cells.items():
        if attribute.attribute_class is AttributeClass.SUM:
            continue
        since = [
            replace(one, likely=max(one.likely, one.lo))
            for one in taking_part(founded(cells, place, attribute, said))
        ]
        begun = [one for one in since if one.likely <= day]
        if begun:
            in_turn = sorted(begun, key=lambda one: (one.likely, one.hi, one.turn, one.position))
            found[place] = attribute, in_turn
    return found


def _last(attribute: Attribute, said: Sequence[Said], day: int) -> str | None:
    """Return what was told for the last day; times order that, else a phase goes forward.

    What an event ends as well is over once that has surely come.
    """
    over = {one.position for one in said if one.value is None and one.hi <= day}
    kept = [one for one in said if one.value is None or one.position not in over]
    newest = [one for one in kept if one.likely == kept[-1].likely]
    left = [one for one in newest if not any(two.is_after(one) for two in newest)]
    steps = steps_of(attribute)
    step = {one: steps.get(one.value or "", -1) if one.lo == one.hi else -1 for one in left}
    furthest = max(step.values())
    return [one for one in left if step[one] in {-1, furthest}][-1].value


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
    for one in reversed(left):
        if one.value is None and one.position == last.position:
            return None
        is_late = one.likely > last.likely or (
            one.likely == last.likely and not last.is_after(one)
        )
        if leavers({one.value}) == {last.value} and is_late:
            return nobody
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


def _likely_post(cells: _Told, person: str, member: str, day: int) -> str | None:
    """Return the organization of a person's post, if no other is told to have that post."""
    *post, body = member.split(" · ")
    while post and not post[-1]:
        post.pop()
    attribute, said = cells[person, "roles", member]
    office = cells.get((body, "officers", " · ".join(post)))
    if office is None:
        return _last(attribute, said, day)
    return body if _likely_holder(office[1], is_post=True) == person else None
