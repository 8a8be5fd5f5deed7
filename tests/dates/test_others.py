"""Sets by authors who never saw the reader; `first.json` beside them has its first answers.

What was wrong at first was mended by rules, never by phrases, so they serve as regressions now.
"""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive.dates import Reading, read, read_article

FOLDER = Path(__file__).with_name("others")
EXPRESSIONS = sorted(path.stem for path in FOLDER.glob("*_expressions_*.jsonl"))
ARTICLES = sorted(path.stem for path in FOLDER.glob("*_articles_*.jsonl"))


def rows_of(name: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def bounds_of(reading: Reading | None) -> tuple[str | None, str | None] | None:
    if reading is None:
        return None
    early, late = reading.earliest, reading.latest
    return early.isoformat() if early else None, late.isoformat() if late else None


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_expressions_of_others_are_read_to_the_day(name: str) -> None:
    rows = rows_of(name)
    answers = [
        bounds_of(read(row["text"], ref=date.fromisoformat(row["ref"]), lang=row["lang"]))
        for row in rows
    ]
    wanted = [(row["earliest"], row["latest"]) if row["edtf"] else None for row in rows]

    told = list(zip(rows, answers, wanted, strict=True))
    wrong = [row["text"] for row, answer, right in told if answer != right]
    invented = [row["text"] for row, answer, right in told if answer and not right]

    assert len(wrong) <= len(rows) // 100, wrong
    assert invented == []


@pytest.mark.parametrize("name", ARTICLES)
def test_articles_of_others_give_their_dates(name: str) -> None:
    found: Counter[tuple[object, ...]] = Counter()
    wanted: Counter[tuple[object, ...]] = Counter()
    for row in rows_of(name):
        dates = read_article(row["sentences"], ref=date.fromisoformat(row["ref"]))
        found.update((row["id"], one.sentence, bounds_of(one.reading)) for one in dates)
        wanted.update(
            (row["id"], one["sentence"], (one["earliest"], one["latest"])) for one in row["dates"]
        )

    missed, extra = wanted - found, found - wanted

    assert wanted
    assert missed.total() + extra.total() <= wanted.total() // 50, (missed, extra)
