"""Sums: amounts added bound by bound, and what may have been told twice counted with care."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from archive.queries.held.fact import Fact
from archive.queries.held.standing import Held, Standing
from archive.vocabulary import FieldType

# Enough for many amounts of as many digits as an amount may have.
_EXACTLY = Context(prec=200)
_NOTHING = Decimal(0)
_CERTAIN: Final = Standing.CERTAIN
_POSSIBLE: Final = Standing.POSSIBLE


class _Amount(NamedTuple):
    """At least and at most, None where nothing is said; and whether it is only about so much."""

    low: Decimal | None
    high: Decimal | None
    is_about: bool = False


def held_sums(facts: Sequence[Fact], day: int, *, money: FieldType) -> Held | None:
    """Return the sums on *day* of what *facts*, in their turn, say: by currency.

    Certain when all has surely begun, and nothing in it is disputed or told twice. What only may
    have begun adds nothing to the least of a sum.
    """
    begun = tuple([fact for fact in facts if fact.lo <= day and not fact.is_set_aside])
    by_unit: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in begun:
        by_unit[unit_of(fact)].append(fact)
    if not by_unit:
        return None
    told = [_summed(said, unit, money, day) for unit, said in sorted(by_unit.items())]
    is_disputed = any(one.is_disputed for one in told)
    is_certain = not is_disputed and all(fact.hi <= day for fact in begun)
    return Held(
        candidates=tuple(told),
        set_aside=(),
        standing=_CERTAIN if is_certain else _POSSIBLE,
        is_disputed=is_disputed,
        is_changed_today=any(fact.lo == day == fact.hi for fact in begun),
        day=day,
        alive=begun,
        has_rivals=is_disputed,
    )


def _summed(said: Sequence[Fact], unit: str, money: FieldType, day: int) -> Fact:
    """Return one fact that stands for the sum of *said*, all of one currency.

    Amounts are bounds and add up as such; no amount is below nothing. Claims in open dispute, and
    claims of one kind from the very same date on whose rounds no name tells apart, may be of one
    and the same round: their sum lies between the least of them and all together, and counts as
    disputed. A round of which any claim may not have begun by *day* may have brought nothing yet.
    """
    rounds: defaultdict[object, list[_Amount]] = defaultdict(list)
    keys = [fact.value or "" for fact in said]
    amounts = [_written(key) or _read(key, money) for key in keys]
    unsure: set[object] = set()
    for fact, amount in zip(said, amounts, strict=True):
        rounds[_round(fact)].append(amount)
        if fact.hi > day:
            unsure.add(_round(fact))
    total = _added(
        [_one_or_all(some, is_sure=name not in unsure) for name, some in rounds.items()]
    )
    newest = said[-1]
    sum_told: dict[str, object] = {**_told(total), "currency": unit}
    if any(one.is_about for one in amounts):
        sum_told["approximate"] = True
    return Fact(
        newest.id,
        newest.lo,
        newest.v,
        newest.hi,
        money.key(money.read(sum_told, field="value")),
        float(total.low or total.high or 0),
        is_disputed=len(rounds) < len(said) or any(fact.is_disputed for fact in said),
        kind=newest.kind,
    )


def round_of(fact: Fact) -> object:
    """Return what two claims share when they may be of one round."""
    return unit_of(fact), _round(fact)


def unit_of(fact: Fact) -> str:
    """Return the currency of an amount."""
    return (fact.value or "").rpartition(" ")[2]


def _round(fact: Fact) -> object:
    return "disputed" if fact.is_disputed else (fact.lo, fact.hi, fact.kind, fact.round)


# One line that tells an amount, as the archive itself writes it.
_LINE: Final = re.compile(r"(~)?(>=|<=)?(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))? [A-Z]+")


# By its very text: the same amounts are added up again whenever anybody asks.
@lru_cache(maxsize=32768)
def _written(key: str) -> _Amount | None:
    line = _LINE.fullmatch(key)
    if line is None:
        return None
    about, bound, low, high = line.groups()
    least = Decimal(low)
    most = Decimal(high) if high else least
    return _Amount(None if bound == "<=" else least, None if bound == ">=" else most, bool(about))


def _read(key: str, money: FieldType) -> _Amount:
    said = money.read(key, field="value")
    parts: Mapping[str, object] = said if isinstance(said, dict) else {}
    low, high = (_decimal(parts.get("exact", parts.get(one))) for one in ("min", "max"))
    return _Amount(low, high, bool(parts.get("approximate")))


def _decimal(number: object) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _one_or_all(some: Sequence[_Amount], *, is_sure: bool) -> _Amount:
    """Return the bounds of what one round, told in *some* ways, or each of them, has brought.

    One that is not sure to have come by the day has none at least.
    """
    high = some[0].high if len(some) == 1 else _added(some).high
    if not is_sure:
        return _Amount(None, high)
    return _Amount(
        some[0].low if len(some) == 1 else min(one.low or _NOTHING for one in some), high
    )


def _added(some: Iterable[_Amount]) -> _Amount:
    low: Decimal | None = None
    high: Decimal | None = _NOTHING
    for least, most, _is_about in some:
        if least is not None:
            low = least if low is None else _EXACTLY.add(low, least)
        high = None if high is None or most is None else _EXACTLY.add(high, most)
    return _Amount(low, high)


def _told(total: _Amount) -> dict[str, str]:
    """Return the parts of an amount that say so."""
    if total.low is not None and total.low == total.high:
        return {"exact": str(total.low)}
    low = _NOTHING if total.high is None and total.low is None else total.low
    parts = {"min": low, "max": total.high}
    return {name: str(number) for name, number in parts.items() if number is not None}
