"""A sentence as a stage: its words, whom it names, and how each of them stands in it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile
from typing import Final

from archive.proposing.dating import When
from archive.proposing.laying import Sentence
from archive.proposing.proposals import Named, Span
from archive.proposing.tables.phrases import (
    ADDRESSED,
    CITED_AFTER,
    CITED_BEFORE,
    LOCATED_AFTER,
    LOCATED_BEFORE,
    OWNING,
    RESTED_ON,
    TITLED,
)

_LONGEST_TITLE: Final = 24
# Farther than any of the patterns of ``phrases`` and ``casts`` looks.
_BESIDE: Final = 60
_STOPS: Final = re.compile(r"[,，。;；]")
_JOINT: Final = re.compile(
    r"\s*(?:[、,，和与及跟]|以及|\band\b|&|,\s*and\b)\s*(?:[\u4e00-\u9fff]{0,4}的)?\s*"
)


@dataclass(frozen=True)
class Stage:
    """A sentence with whom it names, its words in small signs, and whom the text spoke of last.

    ``sector`` is the trade that it speaks of by its wares, ``antecedent`` whom "the company"
    means, ``since`` the last date that its paragraph names before it. How each name stands there
    is looked for once, and not far from it.
    """

    sentence: Sentence
    plain: str
    named: tuple[Named, ...]
    topics: tuple[Named, ...] = ()
    sector: Named | None = None
    antecedent: Named | None = None
    since: When | None = None

    @property
    def persons(self) -> tuple[Named, ...]:
        """Return who may act where nobody is named: a trade as a whole does nothing."""
        return tuple(one for one in self.spare if one is not self.sector)

    @property
    def spare(self) -> tuple[Named, ...]:
        """Return of whom it may speak where it names nobody, the likeliest first."""
        likely = [one for one in (self.antecedent, self.sector) if one]
        return (*likely, *self.topics[::-1])

    def between(self, start: int, end: int) -> str:
        """Return the plain words between two places of the text."""
        return self.plain[max(0, start - self.sentence.start) : max(0, end - self.sentence.start)]

    def before(self, one: Named) -> str:
        """Return the plain words just before a name."""
        end = max(0, one.span.start - self.sentence.start)
        return self.plain[max(0, end - _BESIDE) : end]

    def after(self, one: Named) -> str:
        """Return the plain words just after a name."""
        start = max(0, one.span.end - self.sentence.start)
        return self.plain[start : start + _BESIDE]

    @cached_property
    def able(self) -> tuple[Named, ...]:
        """Return those of whom it may tell something, the likely ones alone."""
        able = tuple(one for one in self.named if not self._is_aside(one))
        return tuple(one for one in able if not self._is_ground(one)) or able

    def is_modifier(self, one: Named) -> bool:
        """Tell whether an organization stands there only to say whose officer a person is."""
        return one.span in self._modifiers

    def is_addressed(self, one: Named) -> bool:
        """Tell whether something is said to whom is named there."""
        return ADDRESSED.search(self.before(one)) is not None

    def is_cited(self, one: Named) -> bool:
        """Tell whether a name stands there as who reports it."""
        return one.span in self._cited

    @cached_property
    def _cited(self) -> frozenset[Span]:
        reporting = (
            one.span
            for one in self.named
            if CITED_BEFORE.search(self.before(one)) or CITED_AFTER.search(self.after(one))
        )
        return frozenset(reporting)

    @cached_property
    def _modifiers(self) -> frozenset[Span]:
        organizations = (one for one in self.named if one.type == "organization")
        return frozenset(one.span for one in organizations if self._titles(one))

    def _titles(self, one: Named) -> bool:
        """Tell whether only a title stands between an organization and the next person."""
        near = takewhile(
            lambda each: each.span.start - one.span.end <= _LONGEST_TITLE, self._behind(one)
        )
        person = next((each for each in near if each.type == "person"), None)
        gap = self.between(one.span.end, person.span.start) if person else ""
        return TITLED.search(gap) is not None and not _STOPS.search(gap)

    def _is_aside(self, one: Named) -> bool:
        return (
            self.is_cited(one)
            or self.is_modifier(one)
            or self._is_owner(one)
            or self.is_addressed(one)
        )

    def _is_owner(self, one: Named) -> bool:
        """Tell whether an organization stands there only to say whose model or product it is."""
        thing = next(self._behind(one), None)
        if one.type != "organization" or thing is None or thing.type not in {"model", "product"}:
            return False
        return OWNING.fullmatch(self.between(one.span.end, thing.span.start)) is not None

    def _is_ground(self, one: Named) -> bool:
        """Tell whether something only happens at, or rests on, what is named there."""
        place = LOCATED_BEFORE.search(self.before(one)) and LOCATED_AFTER.search(self.after(one))
        return bool(place or RESTED_ON.search(self.before(one)))

    def _behind(self, one: Named) -> Iterator[Named]:
        """Yield those named behind *one*, the nearest first."""
        at = bisect_left(self.named, one.span.end, key=lambda each: each.span.start)
        return islice(self.named, at, None)


def joined(stage: Stage, one: Named, free: Sequence[Named]) -> list[Named]:
    """Return *one* and those of its type that stand beside it in a list."""
    row = [each for each in free if each.type == one.type]
    at = row.index(one) if one in row else -1
    if at < 0:
        return [one]
    start = end = at
    while start and _JOINT.fullmatch(
        stage.between(row[start - 1].span.end, row[start].span.start)
    ):
        start -= 1
    while end + 1 < len(row) and _JOINT.fullmatch(
        stage.between(row[end].span.end, row[end + 1].span.start)
    ):
        end += 1
    return row[start : end + 1]
