"""Run by hand: accuracy by category beside dateparser alone, and readings a second."""

import json
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from time import process_time
from typing import Any

from dateparser.date import DateDataParser

from archive.dates import Bounds, bounds, day_number, describe, read, read_article

HERE = Path(__file__).parent
ROUNDS = 3
PERIODS = {"day": len("2022-05-14"), "month": len("2022-05"), "year": len("2022")}


def rows(name: str) -> list[dict[str, Any]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def wanted(row: dict[str, Any]) -> Bounds | None:
    return bounds(row["edtf"]) if row["edtf"] else None


def ours(row: dict[str, Any]) -> Bounds | None:
    found = read(row["text"], ref=date.fromisoformat(row["ref"]), lang=row["lang"])
    return Bounds(found.earliest, found.latest) if found else None


def theirs(row: dict[str, Any]) -> Bounds | None:
    settings = {
        "RELATIVE_BASE": datetime.fromisoformat(row["ref"]),
        "PREFER_DATES_FROM": "past",
    }
    parsed = DateDataParser(languages=[row["lang"]], settings=settings).get_date_data(row["text"])
    if parsed.date_obj is None or parsed.period not in PERIODS:
        return None
    found = describe(parsed.date_obj.date().isoformat()[: PERIODS[parsed.period]])
    return Bounds(found.earliest, found.latest)


def accuracy() -> None:
    totals: Counter[str] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for row in rows("expressions.jsonl"):
        for category in (row["category"], f"all {row['lang']}", "all"):
            totals[category] += 1
            right[category, "ours"] += ours(row) == wanted(row)
            right[category, "theirs"] += theirs(row) == wanted(row)
    for category, total in totals.items():
        mine, other = (right[category, who] / total for who in ("ours", "theirs"))
        sys.stdout.write(f"{category:20} {total:5} {mine:7.1%} {other:7.1%} dateparser\n")


def speed() -> None:
    sample = [(row["text"], date.fromisoformat(row["ref"])) for row in rows("expressions.jsonl")]
    start = process_time()
    for step in range(ROUNDS):
        for text, ref in sample:
            read(text, ref=date.fromordinal(ref.toordinal() + step))
    rate = ROUNDS * len(sample) / (process_time() - start)
    sys.stdout.write(f"{rate:.0f} readings a second of processor time\n")
    articles = rows("articles.jsonl")
    start = process_time()
    for article in articles:
        read_article(article["sentences"], ref=date.fromisoformat(article["ref"]))
    count = sum(len(article["sentences"]) for article in articles)
    sys.stdout.write(f"{count / (process_time() - start):.0f} sentences a second\n")
    start = process_time()
    read("1." * 8000, ref=date(2023, 8, 15))
    read_article(["March 5, " * 1800], ref=date(2023, 8, 15))
    sys.stdout.write(f"{1000 * (process_time() - start):.1f} ms for 16,000 hostile characters\n")


if __name__ == "__main__":
    assert day_number(date(2000, 1, 1)) == 2451545
    accuracy()
    speed()
