"""How one measured attribute was reported over time: each number as told, never one between.

A series is what can be laid on one scale: one attribute of one entity, what exactly was measured,
in one unit or currency. Basis and period stand with each number, for sources mix them. Numbers
that may be of the very same day and differ are a range; that of the newest day is told apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from sqlalchemy import Connection

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number
from archive.languages import LOCALES, Words
from archive.projections.turns import last_of_their_day
from archive.queries.answers import EntityRef
from archive.queries.as_of import AsOf
from archive.queries.held.cell import Cell
from archive.queries.held.fact import Fact
from archive.queries.held.gathering import Report, told_cells
from archive.queries.held.telling import StateValue
from archive.vocabulary import UNKNOWN, Attribute, kind

# What of a member tells one number from another within a series.
_OF_NUMBERS: Final = ("period", "basis")


@dataclass(frozen=True, slots=True)
class Point:
    """One number as reported: within ``least`` and ``most``, either None where it is open.

    ``first_day``, ``day`` and ``last_day`` are when it was so at the earliest, likely and latest;
    ``day`` is None where the date is open on either side. ``age_days`` counts to the day asked.
    """

    least: Decimal | None
    most: Decimal | None
    is_about: bool
    value: StateValue
    basis: Words | None
    period: str
    first_day: int
    day: int | None
    last_day: int
    age_days: int | None
    is_disputed: bool
    is_set_aside: bool

    @property
    def middle(self) -> Decimal:
        """Return the bound or number by which it is placed."""
        return next(one for one in (self.least, self.most) if one is not None)


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one thing measured, by date.

    ``latest`` are those of the newest day, but for what stated times put before another of it.
    """

    entity: EntityRef
    attribute: str
    label: Words
    what: Words
    unit: str
    unit_words: Words
    points: tuple[Point, ...]
    latest: tuple[Point, ...]

    @property
    def is_apart(self) -> bool:
        """Tell whether the sources of the newest day differ."""
        return len({(one.least, one.most) for one in self.latest}) > 1


def series_of(
    connection: Connection, *, as_of: AsOf, attribute: str, entity: str = ""
) -> tuple[Series, ...]:
    """Return every series of *attribute* up to the day, in order of names, longest first."""
    day = day_number(as_of.valid)
    told = told_cells(connection, as_of=as_of, attribute_names=(attribute,), entity=entity)
    apart: defaultdict[_Key, list[tuple[Cell, Report]]] = defaultdict(list)
    for cell, reports in told:
        for report in reports:
            if report.fact.value != UNKNOWN:
                apart[_key(cell, report)].append((cell, report))
    return tuple(_series(key, some, day) for key, some in apart.items())


_Parts = tuple[tuple[str, str], ...]
_Key = tuple[str, _Parts, str]


def _key(cell: Cell, report: Report) -> _Key:
    what = tuple((name, key) for name, key in report.parts if name not in _OF_NUMBERS)
    return cell.entity.id, what, _unit(_amount(cell, report.fact))


def _amount(cell: Cell, fact: Fact) -> Mapping[str, object]:
    read = cell.attribute.value.read(fact.value, field=cell.attribute.name)
    return read if isinstance(read, dict) else {}


def _unit(amount: Mapping[str, object]) -> str:
    return str(amount.get("currency") or amount.get("unit") or "")


def _series(key: _Key, told: Sequence[tuple[Cell, Report]], day: int) -> Series:
    cell, report = told[0]
    overtaken = _overtaken(told)
    placed = sorted(((_point(one, two, day), two.fact.id) for one, two in told), key=_place)
    points = [point for point, _fact in placed]
    return Series(
        entity=cell.entity,
        attribute=cell.attribute.name,
        label=cell.attribute.label,
        what=_words(report, [name for name, _key in key[1]]),
        unit=key[2],
        unit_words=_unit_words(cell.attribute, key[2]),
        points=tuple(points),
        latest=tuple(_latest([point for point, fact in placed if fact not in overtaken])),
    )


def _overtaken(told: Iterable[tuple[Cell, Report]]) -> set[int]:
    """Return the ids of the facts that stated times put before another of their cell and day."""
    by_member: defaultdict[str, list[Fact]] = defaultdict(list)
    for cell, report in told:
        if not report.fact.is_set_aside:
            by_member[cell.member].append(report.fact)
    return {
        fact.id
        for facts in by_member.values()
        for fact in set(facts).difference(last_of_their_day(facts))
    }


def _place(placed: tuple[Point, int]) -> tuple[int, int, int]:
    point, _fact = placed
    return (point.last_day if point.day is None else point.day, point.last_day, point.first_day)


def _point(cell: Cell, report: Report, day: int) -> Point:
    fact, amount = report.fact, _amount(cell, report.fact)
    is_dated = fact.lo > EARLIEST_DAY and fact.hi < LATEST_DAY
    return Point(
        least=_number(amount.get("exact", amount.get("min"))),
        most=_number(amount.get("exact", amount.get("max"))),
        is_about=bool(amount.get("approximate")),
        value=report.value,
        basis=_basis(report),
        period=dict(report.parts).get("period", ""),
        first_day=fact.lo,
        day=fact.v if is_dated else None,
        last_day=fact.hi,
        age_days=max(0, day - fact.v) if is_dated else None,
        is_disputed=fact.is_disputed,
        is_set_aside=fact.is_set_aside,
    )


@cache
def _unit_words(measured: Attribute, unit: str) -> Words:
    """Return the unit as it stands after a number."""
    zh, en = (measured.value.words(f"1 {unit}".strip(), locale) for locale in LOCALES)
    return Words(zh.removeprefix("1").strip(), en.removeprefix("1").strip())


def _number(text: object) -> Decimal | None:
    return None if text is None else Decimal(str(text))


def _basis(report: Report) -> Words | None:
    """Return on what basis a number was told, if on any."""
    said = _words(report, ["basis"])
    return said if said.en else None


def _words(report: Report, names: Iterable[str]) -> Words:
    """Return the parts of the member called *names*, in words."""
    keys, definition = dict(report.parts), kind(report.kind)
    said = [
        Words(field.type.words(keys[name], "zh"), field.type.words(keys[name], "en"))
        for name in names
        if (field := definition.member_field(name)) and name in keys
    ]
    return Words("，".join(one.zh for one in said), ", ".join(one.en for one in said))


def _latest(points: Sequence[Point]) -> list[Point]:
    """Return the numbers that may be of the newest day that any is known to be of."""
    heard = [one for one in points if one.day is not None and not one.is_set_aside]
    newest = max((one.first_day for one in heard), default=None)
    return [one for one in heard if newest is not None and one.last_day >= newest]
