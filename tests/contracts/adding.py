"""What adds up, read as it was told.

Of what may be one round told twice any part, but never nothing, was; each such choice is added up
by itself. A round of which a telling may not have begun yet may have brought nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from itertools import chain, combinations, product

from archive.vocabulary import Attribute
from tests.contracts.expected import Expected
from tests.contracts.telling import Said

Amount = tuple[Decimal, Decimal]


def added(attribute: Attribute, said: Sequence[Said], day: int) -> Expected | None:
    """Return the sum of what may have begun, by currency: what each choice of tellings gives."""
    begun = [one for one in said if one.lo <= day]
    if not begun:
        return None
    rounds: defaultdict[tuple[object, ...], list[Amount]] = defaultdict(list)
    roughly: set[str] = set()
    unsure: set[tuple[object, ...]] = set()
    for one in begun:
        low, high, unit, is_rough = read_amount(attribute, one.value)
        same = [other for other in said if (other.lo, other.hi) == (one.lo, one.hi)]
        name = one.round if all(other.round for other in same) else ""
        round_ = (unit, "disputed") if one.is_disputed else (unit, one.lo, one.hi, one.kind, name)
        rounds[round_].append((low, high))
        roughly |= {unit} if is_rough else set()
        unsure |= {round_} if one.hi > day else set()
    totals = {unit: _total(unit, rounds, unsure) for unit in sorted(str(key[0]) for key in rounds)}
    is_disputed = any(one.is_disputed for one in begun) or len(rounds) < len(begun)
    is_certain = not is_disputed and all(one.hi <= day for one in begun)
    return Expected(
        "certain" if is_certain else "possible",
        frozenset(((unit, unit in roughly), total) for unit, total in totals.items()),
        frozenset(),
        is_disputed,
        any(one.lo == day == one.hi for one in begun),
    )


def _total(
    unit: str,
    rounds: Mapping[tuple[object, ...], Sequence[Amount]],
    unsure: Collection[tuple[object, ...]],
) -> Amount:
    """Return the least and the most that any choice of tellings of each round comes to."""
    theirs = [
        [*_choices(each), *([()] if key in unsure else [])]
        for key, each in rounds.items()
        if key[0] == unit
    ]
    worlds = [list(chain.from_iterable(some)) for some in product(*theirs)]
    lows = [sum((low for low, _high in world), Decimal(0)) for world in worlds]
    highs = [sum((high for _low, high in world), Decimal(0)) for world in worlds]
    return min(lows), max(highs)


def _choices(told: Sequence[Amount]) -> list[tuple[Amount, ...]]:
    return [some for many in range(1, len(told) + 1) for some in combinations(told, many)]


def read_amount(attribute: Attribute, key: str | None) -> tuple[Decimal, Decimal, str, bool]:
    """Return the least and the most of an amount, its unit, and whether it is only about so."""
    read = attribute.value.read(key, field="value")
    amount = read if isinstance(read, dict) else {}
    low = amount.get("exact", amount.get("min", "0"))
    high = amount.get("exact", amount.get("max", "Infinity"))
    is_rough = bool(amount.get("approximate"))
    return Decimal(str(low)), Decimal(str(high)), str(amount["currency"]), is_rough
