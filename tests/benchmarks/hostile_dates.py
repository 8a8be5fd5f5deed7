"""Hostile texts: what the worst 16,000 characters cost, beside one scan of them."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final, TypeAlias

from archive.dates import read, read_article
from tests.benchmarks.reporting import Line, Table, per_call
from tests.benchmarks.timing import Cost, contest, middle, once

LENGTH: Final = 16_000
REF: Final = date(2023, 8, 15)
SHAPES: Final = (
    *("9", "1.", "2022-", "1/2/", "20220514", "12:", "~", "{", "(", "-"),
    *("年", "三", "上", "以前", "2022年5月", "截至2022年5月底前，", "次日，", "下下"),
    *("to ", "the end of ", "March 5, ", "last ", "by the end of ", "may ", "Q1 to ", "A"),
)
# The limit: nothing that looks at each character once can cost less.
_SCAN: Final = re.compile(r"\d+|[A-Za-z]+|[\u3400-\u9fff]|\s+|.")

Reader: TypeAlias = Callable[[str], object]


def worst(rounds: int, forgotten: Callable[[], None]) -> Table:
    """Return, for each of our readers, the dearest of the shapes beside a scan of that text."""
    return per_call([_worst_of(name, of, rounds, forgotten) for name, of in _READERS.items()])


def _worst_of(name: str, reader: Reader, rounds: int, forgotten: Callable[[], None]) -> Line:
    def cost(shape: str) -> Cost:
        text = _text(shape)
        return middle([once(lambda: _afresh(reader, text, forgotten)) for _round in range(3)])

    shape = max(SHAPES, key=lambda one: cost(one).cpu)
    text = _text(shape)
    costs = contest(
        {"ours": lambda: _afresh(reader, text, forgotten), "scan": lambda: _SCAN.findall(text)},
        rounds=rounds,
    )
    what = f"{LENGTH:,} characters, {name}, worst of {len(SHAPES)} shapes: “{shape.strip()}”"
    return Line(what, "one scan by a regular expression", costs["ours"], costs["scan"])


def _text(shape: str) -> str:
    return (shape * LENGTH)[:LENGTH]


def _afresh(reader: Reader, text: str, forgotten: Callable[[], None]) -> None:
    forgotten()
    reader(text)


def _read(text: str) -> object:
    return read(text, ref=REF)


def _read_article(text: str) -> object:
    return read_article([text], ref=REF)


_READERS: Final[dict[str, Reader]] = {"read": _read, "read_article": _read_article}
