"""Where in a source things stand: its paragraphs and pages, each with an anchor of its own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from archive.queries import EventRow

_SEVERAL: Final = re.compile(r"\s*[,，、;；]\s*")
_NUMBERS: Final = re.compile(r"\d+")
_PARAGRAPH: Final = re.compile(r"¶\s*(\d+)")
_PLAIN: Final = re.compile(r"[^0-9a-z]+")
_LAST: Final = 10**9


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source as a claim names it, and the anchor that stands for it on a page."""

    text: str
    anchor: str

    @property
    def order(self) -> tuple[tuple[int, ...], str]:
        """Return what sorts places as they follow each other; what has no number is the last."""
        numbers = tuple(int(one) for one in _NUMBERS.findall(self.text)[:4])
        return numbers or (_LAST,), self.text


@dataclass(frozen=True, slots=True)
class Standing:
    """What rests on one place: each event with the words quoted there."""

    place: Place
    events: tuple[tuple[EventRow, str], ...]


def places(locator: str) -> tuple[Place, ...]:
    """Return each place that *locator* names: ``¶1, ¶2`` are two."""
    return tuple(Place(one, _anchor(one)) for one in _SEVERAL.split(locator.strip()) if one)


def by_place(rows: Iterable[EventRow], *, source: str) -> tuple[Standing, ...]:
    """Return what rests on each place of *source*, in the source's order; without a place last."""
    found: dict[Place, list[tuple[EventRow, str]]] = {}
    for row in rows:
        for place, quote in _cited(row, source):
            found.setdefault(place, []).append((row, quote))
    order = sorted(found, key=lambda one: (not one.text, one.order))
    return tuple(Standing(one, tuple(found[one])) for one in order)


def _cited(row: EventRow, source: str) -> Iterator[tuple[Place, str]]:
    """Yield each place of *source* on which *row* rests, once, with the words quoted there."""
    told: dict[Place, str] = {}
    for claim in row.claims:
        if claim.source.id == source:
            for place in places(claim.locator) or (Place("", "p-none"),):
                told[place] = told.get(place) or claim.quote
    yield from told.items()


def _anchor(text: str) -> str:
    match = _PARAGRAPH.fullmatch(text)
    plain = _PLAIN.sub("-", text.casefold()).strip("-")
    return f"p{match[1]}" if match else f"p-{plain or 'x'}"
