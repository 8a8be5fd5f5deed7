"""Whether two events of a kind may be one: nothing that both tell differs."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from archive.vocabulary.definition import Kind

NEAR_DAYS: Final = 30
# What tells two events of a kind and of the same parties apart, where both give it.
_TELLING: Final = (
    *("measure", "role", "round", "item", "unit", "step", "direction", "change", "capacity"),
    *("venue", "version", "region", "basis", "period", "definition"),
)
Parties = Mapping[str, AbstractSet[str]]


def may_be_one(
    kind: Kind,
    *,
    roles: Parties,
    data: Mapping[str, object],
    other_roles: Parties,
    other_data: Mapping[str, object],
) -> bool:
    """Tell whether no party that both name, and nothing that tells them apart, differs."""
    for role, bearers in roles.items():
        others = other_roles.get(role, frozenset())
        if (others or role == kind.subject) and not bearers & others:
            return False
    both = (name for name in _TELLING if name in data and name in other_data)
    return all(data[name] == other_data[name] for name in both)
