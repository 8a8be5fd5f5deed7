"""Dates: how many of the development set are read right, and how fast, against dateparser."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Final, TypeAlias

from dateparser.date import DateDataParser

from archive.dates import Bounds, bounds, describe, read
from archive.dates.notation import notation
from tests.benchmarks.plan import Plan
from tests.benchmarks.reporting import Line, Section, Table, per_second
from tests.benchmarks.timing import contest

TITLE: Final = "Reading dates"
WORDS: Final = (
    "The development set, `tests/dates/*.jsonl`: whoever wrote the grammar may have seen it, so "
    "these shares say less than a set that nobody saw. Right means both bounds to the day, and "
    "no date where there is none. dateparser is told the language and the day, takes the past, "
    "and its `.period` widens what it reads to a month or a year."
)
SETS: Final = Path(__file__).parents[1] / "dates"
_HEADING: Final = ("category", "rows", "archive.dates.read", "dateparser with .period")

Answer: TypeAlias = Bounds | None
Reader: TypeAlias = Callable[["_Row"], Answer]


@dataclass(frozen=True, slots=True)
class _Row:
    """One expression, and what it means: None where it is no date."""

    text: str
    ref: date
    lang: str
    category: str
    wanted: Answer


def measure(plan: Plan) -> Section:
    """Return the shares read right by category and the readings in a second."""
    rows = _rows()
    if not rows:
        return Section(TITLE, f"{WORDS}\n\nThere was no set to read.", ())
    costs = contest(
        {"ours": lambda: _all(rows, _ours), "theirs": lambda: _all(rows, _theirs)},
        rounds=plan.rounds,
    )
    ours, theirs = (costs[name].over(len(rows)) for name in ("ours", "theirs"))
    speed = Line(
        f"{len(rows):,} expressions, parsers built, no answer remembered",
        "dateparser alone",
        ours,
        theirs,
    )
    return Section(TITLE, WORDS, (_shares(rows), per_second([speed])))


def _rows() -> list[_Row]:
    return [
        _row(json.loads(line))
        for path in sorted(SETS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if '"edtf"' in line and '"text"' in line
    ]


def _row(said: dict[str, str | None]) -> _Row:
    edtf = said["edtf"]
    return _Row(
        text=str(said["text"]),
        ref=date.fromisoformat(str(said["ref"])),
        lang=str(said["lang"]),
        category=str(said.get("category", "assorted")),
        wanted=bounds(edtf) if edtf else None,
    )


def _all(rows: Sequence[_Row], reader: Reader) -> None:
    # What was read in the round before must not be remembered in this one.
    describe.cache_clear()
    notation.cache_clear()
    for row in rows:
        with suppress(Exception):
            reader(row)


def _shares(rows: Sequence[_Row]) -> Table:
    """Return the shares of right answers; in the last row how often each reader broke."""

    def share(some: Sequence[_Row]) -> tuple[str, ...]:
        right = [sum(_is_right(row, reader) for row in some) for reader in (_ours, _theirs)]
        return (f"{len(some):,}", *(f"{100 * number / len(some):.1f} %" for number in right))

    by_category = sorted(rows, key=lambda row: row.category)
    table = [
        (category, *share(list(some)))
        for category, some in groupby(by_category, key=lambda row: row.category)
    ]
    languages = [
        (f"all in {lang}", *share([row for row in rows if row.lang == lang]))
        for lang in sorted({row.lang for row in rows})
    ]
    broken = [sum(_breaks(row, reader) for row in rows) for reader in (_ours, _theirs)]
    ended = ("exceptions", f"{len(rows):,}", *map(str, broken))
    return Table(_HEADING, [*table, *languages, ("all", *share(rows)), ended])


def _is_right(row: _Row, reader: Reader) -> bool:
    return not _breaks(row, reader) and reader(row) == row.wanted


def _breaks(row: _Row, reader: Reader) -> bool:
    try:
        reader(row)
    except Exception:  # noqa: BLE001 - any at all is what is counted
        return True
    return False


def _ours(row: _Row) -> Answer:
    reading = read(row.text, ref=row.ref, lang=row.lang)
    return None if reading is None else Bounds(reading.earliest, reading.latest)


@lru_cache(maxsize=64)
def _parser(lang: str, ref: date) -> DateDataParser:
    base = datetime(ref.year, ref.month, ref.day)  # noqa: DTZ001 - a civil day
    return DateDataParser(
        languages=[lang], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    )


def _theirs(row: _Row) -> Answer:
    found = _parser(row.lang, row.ref).get_date_data(row.text)
    if found.date_obj is None:
        return None
    return _widened(found.date_obj.date(), found.period)


def _widened(day: date, period: str) -> Bounds:
    """Return the whole week, month, quarter or year that dateparser says *day* stands for."""
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return Bounds(monday, monday + timedelta(days=6))
    months = {"month": 1, "quarter": 3, "year": 12}.get(period)
    if months is None:
        return Bounds(day, day)
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    after = first.year * 12 + first.month - 1 + months
    return Bounds(first, date(after // 12, after % 12 + 1, 1) - timedelta(days=1))
