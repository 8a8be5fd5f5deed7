"""The sets that the date reader is measured on: expressions, and articles with their dates."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

from archive.dates import Bounds, bounds

OWN: Final = Path(__file__).parents[1] / "dates"
# By authors who never saw the reader; mended by since, so its first answers stand beside them.
OTHERS: Final = OWN / "others"

Answer: TypeAlias = Bounds | None


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression, and what it means: None where it is no date."""

    text: str
    ref: date
    lang: str
    category: str
    edtf: str | None
    days: Answer


@dataclass(frozen=True, slots=True)
class Named:
    """A date that a sentence names."""

    sentence: int
    edtf: str
    days: Bounds


@dataclass(frozen=True, slots=True)
class Article:
    """The sentences of an article that came out on a day, and every date they name."""

    lang: str
    ref: date
    sentences: tuple[str, ...]
    dates: tuple[Named, ...]


def expressions(folder: Path) -> list[Expression]:
    """Return the expressions of the files in *folder*, none where there is no such folder."""
    return [_expression(row) for row in _rows(folder) if "sentences" not in row]


def articles(folder: Path) -> list[Article]:
    """Return the articles of the files in *folder*, none where there is no such folder."""
    return [_article(row) for row in _rows(folder) if "sentences" in row]


def _rows(folder: Path) -> Iterator[Mapping[str, Any]]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def _expression(row: Mapping[str, Any]) -> Expression:
    return Expression(
        text=row["text"],
        ref=date.fromisoformat(row["ref"]),
        lang=row["lang"],
        category=row.get("category", "assorted"),
        edtf=row["edtf"],
        days=_days(row) if row["edtf"] else None,
    )


def _article(row: Mapping[str, Any]) -> Article:
    return Article(
        lang=row["lang"],
        ref=date.fromisoformat(row["ref"]),
        sentences=tuple(row["sentences"]),
        dates=tuple(Named(one["sentence"], one["edtf"], _days(one)) for one in row["dates"]),
    )


def _days(row: Mapping[str, Any]) -> Bounds:
    """Return the bounds that the row gives, those of its notation where it gives none."""
    if "earliest" not in row:
        return bounds(row["edtf"])
    first, last = (row[end] and date.fromisoformat(row[end]) for end in ("earliest", "latest"))
    return Bounds(first, last)


def first_answers() -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    """Return what the reader answered when it met each set of others first."""
    told: dict[str, Any] = json.loads((OTHERS / "first.json").read_text(encoding="utf-8"))
    return {what: told[what] for what in ("expressions", "articles")}
