"""When a kind makes an assertion: conditions on what its event says."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

_HALF: Final = Decimal(50)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Holds when the field's value is one of *values*; an empty field counts as *default*."""

    field: str
    values: frozenset[str]
    default: str = ""

    def holds(self, data: Mapping[str, object]) -> bool:
        """Tell whether the assertion is made."""
        return str(data.get(self.field, self.default)) in self.values


@dataclass(frozen=True, slots=True)
class Majority:
    """Holds when the share in the field is surely more than half."""

    field: str

    def holds(self, data: Mapping[str, object]) -> bool:
        """Tell whether the assertion is made."""
        least = _bound(data.get(self.field), "min")
        return least is not None and least > _HALF


@dataclass(frozen=True, slots=True)
class Minority:
    """Holds when the share in the field is surely no more than half."""

    field: str

    def holds(self, data: Mapping[str, object]) -> bool:
        """Tell whether the assertion is made."""
        most = _bound(data.get(self.field), "max")
        return most is not None and most <= _HALF


@dataclass(frozen=True, slots=True)
class Nothing:
    """Holds when the share in the field is surely nothing (``is_so``), or is not."""

    field: str
    is_so: bool = True

    def holds(self, data: Mapping[str, object]) -> bool:
        """Tell whether the assertion is made."""
        return (_bound(data.get(self.field), "max") == Decimal(0)) is self.is_so


def _bound(share: object, end: str) -> Decimal | None:
    """Return the least (``min``) or the most (``max``) of a share; None where that is not told."""
    if not isinstance(share, Mapping):
        return None
    told = share.get("exact", share.get(end))
    return None if told is None else Decimal(str(told))


@dataclass(frozen=True, slots=True)
class Given:
    """Holds when the field, of data or a role, is there (``present``) or is not."""

    field: str
    present: bool = True

    def holds(self, data: Mapping[str, object]) -> bool:
        """Tell whether the assertion is made."""
        return (self.field in data) is self.present


@dataclass(frozen=True, slots=True)
class Alone:
    """Holds when one entity, and no second, bears the role."""

    field: str

    def holds(self, given: Mapping[str, object]) -> bool:
        """Tell whether the assertion is made."""
        bearers = given.get(self.field)
        return isinstance(bearers, tuple) and len(bearers) == 1


Condition: TypeAlias = OneOf | Majority | Minority | Nothing | Given | Alone
