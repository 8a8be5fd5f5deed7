"""Sums: amounts added bound by bound, and what may have been told twice counted with care."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from typing import NamedTuple

from archive.queries.held.standing import Fact
from archive.vocabulary import FieldType

# Enough for many amounts of as many digits as an amount may have.
_EXACTLY = Context(prec=200)
_NOTHING = Decimal(0)


class _Bounds(NamedTuple):
    """At least and at most; None where nothing is said."""

    low: Decimal | None
    high: Decimal | None


def summed(said: Sequence[Fact], money: FieldType) -> Fact:
    """Return one fact that stands for the sum of *said*, all of one currency.

    Amounts are bounds and add up as such; no amount is below nothing. Claims in open dispute, and
    claims of one kind from the very same date on, may be of one and the same round: their sum
    lies between the least of them and all together, and counts as disputed.
    """
    amounts = [money.read(fact.value, field="value") for fact in said]
    read = [one for one in amounts if isinstance(one, dict)]
    groups: defaultdict[object, list[_Bounds]] = defaultdict(list)
    for fact, amount in zip(said, read, strict=True):
        groups[round_of(fact)].append(_bounds(amount))
    total = _added(_one_or_all(some) for some in groups.values())
    newest = max(said, key=lambda fact: (fact.v, fact.hi, fact.id))
    told = _told(total) | {"currency": read[0]["currency"]}
    if any(one.get("approximate") for one in read):
        told["approximate"] = True
    return Fact(
        newest.id,
        newest.lo,
        newest.v,
        newest.hi,
        money.key(money.read(told, field="value")),
        float(total.low or total.high or 0),
        is_disputed=len(groups) < len(said) or any(fact.is_disputed for fact in said),
        kind=newest.kind,
    )


def round_of(fact: Fact) -> object:
    """Return what two claims share when they may be of one round."""
    _number, _blank, unit = (fact.value or "").rpartition(" ")
    return (unit, "disputed") if fact.is_disputed else (unit, fact.lo, fact.hi, fact.kind)


def _bounds(amount: Mapping[str, object]) -> _Bounds:
    low, high = amount.get("exact", amount.get("min")), amount.get("exact", amount.get("max"))
    return _Bounds(_decimal(low), _decimal(high))


def _decimal(number: object) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _one_or_all(some: Sequence[_Bounds]) -> _Bounds:
    """Return the bounds of what one round, told in *some* ways, or each of them, has brought."""
    if len(some) == 1:
        return some[0]
    return _Bounds(min(one.low or _NOTHING for one in some), _added(some).high)


def _added(some: Iterable[_Bounds]) -> _Bounds:
    low: Decimal | None = None
    high: Decimal | None = _NOTHING
    for one in some:
        if one.low is not None:
            low = _EXACTLY.add(low or _NOTHING, one.low)
        high = None if high is None or one.high is None else _EXACTLY.add(high, one.high)
    return _Bounds(low, high)


def _told(total: _Bounds) -> dict[str, object]:
    """Return the parts of an amount that say so."""
    if total.low is not None and total.low == total.high:
        return {"exact": str(total.low)}
    parts = {"min": total.low, "max": total.high}
    return {name: str(number) for name, number in parts.items() if number is not None}
