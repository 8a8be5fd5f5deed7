"""What may have ended with an organization: stakes in it and of it, and posts at it.

An event that ends an organization says nothing of those who held it, of what it held, or of a
post at it. So what the facts of such a cell make certain is only possible on a day on which the
organization has ended, or may have. That is read off the organization's own status, by the rule
that all cells go by: where it is disputed, corrected, or active again, so is what follows from it.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from archive.queries.held.fact import Fact
from archive.vocabulary import ENTITY_TYPES, RIGHTS, Attribute


def _called_so(entity_type: str, *names: str) -> dict[str, Attribute]:
    return {name: ENTITY_TYPES[entity_type].attributes[name] for name in names}


BODY: Final = "organization"
PERSON: Final = "person"
STATUS: Final = ENTITY_TYPES[BODY].attributes["status"]
ENDED: Final = frozenset({"merged", "closed", "absorbed", "dissolved"})
# Of the organization itself, those that name one by their value, and those that do by their
# member; other types have some of a name.
OF_ITSELF: Final = _called_so(BODY, *RIGHTS.values(), "parent", "officers", "board")
NAMING_IT: Final = _called_so(PERSON, "roles", "affiliation")
HELD_BY: Final = _called_so(BODY, "parent")
MEMBERS: Final = _called_so(BODY, *RIGHTS.values())


def is_among(attribute: Attribute, *some: Mapping[str, Attribute]) -> bool:
    """Tell whether *attribute* is one of *some*, and not only called as one of them."""
    return any(one.get(attribute.name) is attribute for one in some)


def bodies_of(slug: str, attribute: Attribute, member: str, told: Iterable[Fact]) -> set[str]:
    """Return the ids of the organizations without which a cell of *slug* may hold nothing."""
    if not is_bound(attribute.name):
        return set()
    found = {slug} if is_among(attribute, OF_ITSELF) else set[str]()
    if is_among(attribute, MEMBERS):
        found.add(member)
    if is_among(attribute, NAMING_IT, HELD_BY):
        found |= {fact.value for fact in told if fact.value}
    return found


def bound_by(slug: str, attribute: Attribute, member: str) -> tuple[set[str], bool]:
    """Return the organizations after whose founding all of a cell lies, whatever is told of it.

    And whether each fact lies after that of the one that it names, too.
    """
    bodies = bodies_of(slug, attribute, member, ())
    return bodies, is_among(attribute, NAMING_IT, HELD_BY)


def is_bound(name: str) -> bool:
    """Tell whether attributes called *name* may be of an organization's time alone."""
    return name in OF_ITSELF or name in NAMING_IT


def may_have_ended(status: Iterable[Fact]) -> bool:
    """Tell whether any of the facts of a status is an end."""
    return any(fact.value in ENDED for fact in status)
