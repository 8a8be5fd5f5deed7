"""Dates: how much of the sets is read right, and how fast, against dateparser alone."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeAlias

from archive.dates import Bounds, describe, read
from archive.dates.notation import notation
from tests.benchmarks import hostile_dates, reading_articles
from tests.benchmarks.date_sets import (
    OTHERS,
    OWN,
    Answer,
    Expression,
    articles,
    expressions,
    first_answers,
)
from tests.benchmarks.dateparsing import parsed, plainest
from tests.benchmarks.plan import Plan
from tests.benchmarks.reporting import Line, Section, Table, per_second
from tests.benchmarks.timing import contest

TITLE: Final = "Reading dates"
WORDS: Final = (
    "The own set is `tests/dates/*.jsonl`: whoever wrote the grammar may have seen it, so these "
    "shares say little. The sets of others, `tests/dates/others/*.jsonl`, are by authors who knew "
    "the conventions and never saw the reader. What it answered when it met each of them first "
    "stands in the first two tables, by round; rules were mended after each round, so the third "
    "round says most, and today's shares of all three less. Right means both bounds to the day, "
    "and no date where there is none; a false date is one where there is none. dateparser is told "
    "the language and the day, takes the past, and its `.period` widens what it reads to a month "
    "or a year. "
    "In articles a date counts in its sentence and by its bounds. Asked for are 500 expressions "
    "and 100 sentences a second, and 50 ms for 16,000 characters of anything."
)
SETS: Final = {"own": OWN, "others'": OTHERS}
_CATEGORIES: Final = ("expressions, {} set", "rows", "archive.dates.read", "dateparser")
_TOTALS: Final = (
    *("expressions, {} set", "reader", "rows"),
    *("right", "EDTF equal", "false dates", "exceptions"),
)

Reader: TypeAlias = Callable[[Expression], tuple[Answer, str | None]]


@dataclass(frozen=True, slots=True)
class _Judged:
    """What one reader made of one expression."""

    row: Expression
    is_right: bool
    is_equal: bool
    is_false: bool
    is_broken: bool


def measure(plan: Plan) -> Section:
    """Return the shares read right, the readings in a second and the worst of hostile texts."""
    tables: list[Table] = _first()
    for name, folder in SETS.items():
        tables += _shares(name, expressions(folder))
        tables += reading_articles.shares(name, articles(folder))
    lines = [*_speed(plan.rounds), *reading_articles.speed(plan.rounds, forgotten)]
    tables += [per_second(lines), hostile_dates.worst(plan.rounds, forgotten)]
    return Section(TITLE, WORDS, tuple(tables))


def _first() -> list[Table]:
    told = first_answers()
    expressed = [
        (
            name,
            f"{one['rows']:,}",
            f"{100 * one['right'] / one['rows']:.1f} %",
            str(one["false_dates"]),
        )
        for name, one in told["expressions"].items()
    ]
    named = [(name, *_found(**one)) for name, one in told["articles"].items()]
    return [
        Table(("expressions at first reading", "rows", "right", "false dates"), expressed),
        Table(("articles at first reading", "dates", "precision", "recall", "F1"), named),
    ]


def _found(*, right: int, false_dates: int, missed: int) -> tuple[str, ...]:
    precision, recall = right / (right + false_dates), right / (right + missed)
    both = 2 * precision * recall / (precision + recall)
    return (str(right + missed), *(f"{100 * share:.1f} %" for share in (precision, recall, both)))


def forgotten() -> None:
    """Let nothing that was read in the round before be remembered in this one."""
    describe.cache_clear()
    notation.cache_clear()


def _speed(rounds: int) -> list[Line]:
    rows = expressions(OWN)
    works = {name: lambda read=reader: _all(rows, read) for name, reader in _READERS.items()}
    ours, theirs = (cost.over(len(rows)) for cost in contest(works, rounds=rounds).values())
    what = f"{len(rows):,} expressions, parsers built, no answer remembered"
    return [Line(what, "dateparser alone", ours, theirs)]


def _all(rows: Sequence[Expression], reader: Reader) -> None:
    forgotten()
    for row in rows:
        with suppress(Exception):
            reader(row)


def _shares(name: str, rows: Sequence[Expression]) -> list[Table]:
    if not rows:
        return []
    judged = {reader: [_judged(row, of) for row in rows] for reader, of in _READERS.items()}
    return [
        Table([cell.format(name) for cell in _CATEGORIES], _by_category(judged)),
        Table([cell.format(name) for cell in _TOTALS], _by_language(judged)),
    ]


def _by_category(judged: dict[str, list[_Judged]]) -> list[tuple[str, ...]]:
    ours, theirs = (
        {category: list(some) for category, some in groupby(ordered, key=_category)}
        for ordered in (sorted(each, key=_category) for each in judged.values())
    )
    return [
        (category, f"{len(some):,}", _right(some), _right(theirs[category]))
        for category, some in ours.items()
    ]


def _category(one: _Judged) -> str:
    return one.row.category


def _by_language(judged: dict[str, list[_Judged]]) -> list[tuple[str, ...]]:
    langs = sorted({one.row.lang for each in judged.values() for one in each})
    return [
        (label, reader, *_total([one for one in each if one.row.lang in among]))
        for label, among in [*((lang, [lang]) for lang in langs), ("all", langs)]
        for reader, each in judged.items()
    ]


def _total(some: Sequence[_Judged]) -> tuple[str, ...]:
    equal = _percent(one.is_equal for one in some)
    false = sum(one.is_false for one in some)
    broken = sum(one.is_broken for one in some)
    return (f"{len(some):,}", _right(some), equal, str(false), str(broken))


def _right(some: Sequence[_Judged]) -> str:
    return _percent(one.is_right for one in some)


def _percent(hits: Iterable[bool]) -> str:
    each = list(hits)
    return f"{100 * sum(each) / len(each):.1f} %"


def _judged(row: Expression, reader: Reader) -> _Judged:
    try:
        days, edtf = reader(row)
    except Exception:  # noqa: BLE001 - any at all is what is counted
        return _Judged(row, is_right=False, is_equal=False, is_false=False, is_broken=True)
    return _Judged(
        row,
        is_right=days == row.days,
        is_equal=edtf == row.edtf,
        is_false=row.days is None and days is not None,
        is_broken=False,
    )


def _ours(row: Expression) -> tuple[Answer, str | None]:
    reading = read(row.text, ref=row.ref, lang=row.lang)
    return (Bounds(reading.earliest, reading.latest), reading.edtf) if reading else (None, None)


def _theirs(row: Expression) -> tuple[Answer, str | None]:
    days = parsed(row.text, ref=row.ref, lang=row.lang)
    return days, None if days is None else plainest(days)


_READERS: Final[dict[str, Reader]] = {"archive.dates.read": _ours, "dateparser": _theirs}
