"""A sentence as a stage: its words, whom it names, and how each of them stands in it."""

import re
from dataclasses import dataclass
from typing import Final

from archive.proposing.dating import When
from archive.proposing.laying import Sentence
from archive.proposing.proposals import Named
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
_STOPS: Final = re.compile(r"[,，。;；]")
_JOINT: Final = re.compile(
    r"\s*(?:[、,，和与及跟]|以及|\band\b|&|,\s*and\b)\s*(?:[\u4e00-\u9fff]{0,4}的)?\s*"
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A sentence with whom it names, its words in small signs, and whom the text spoke of last.

    ``sector`` is the trade that it speaks of by its wares, ``antecedent`` whom "the company"
    means, ``since`` the last date that its paragraph names before it.
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
        """Return the plain words before a name."""
        return self.plain[: one.span.start - self.sentence.start]

    def after(self, one: Named) -> str:
        """Return the plain words after a name."""
        return self.plain[one.span.end - self.sentence.start :]

    def is_modifier(self, one: Named) -> bool:
        """Tell whether an organization stands there only to say whose officer a person is."""
        if one.type != "organization":
            return False
        after = self.after(one)
        person = next(
            (
                each
                for each in self.named
                if each.span.start >= one.span.end and each.type == "person"
            ),
            None,
        )
        if person is None or person.span.start - one.span.end > _LONGEST_TITLE:
            return False
        gap = after[: person.span.start - one.span.end]
        return TITLED.search(gap) is not None and not re.search(r"[,，。;；]", gap)

    def is_owner(self, one: Named) -> bool:
        """Tell whether an organization stands there only to say whose model or product it is."""
        after = (each for each in self.named if each.span.start >= one.span.end)
        thing = next(after, None)
        if one.type != "organization" or thing is None or thing.type not in {"model", "product"}:
            return False
        gap = self.between(one.span.end, thing.span.start)
        return OWNING.fullmatch(gap) is not None

    def is_ground(self, one: Named) -> bool:
        """Tell whether something only happens at, or rests on, what is named there."""
        place = LOCATED_BEFORE.search(self.before(one)) and LOCATED_AFTER.search(self.after(one))
        return bool(place or RESTED_ON.search(self.before(one)))

    def is_addressed(self, one: Named) -> bool:
        """Tell whether something is said to whom is named there."""
        return bool(ADDRESSED.search(self.before(one)))

    def is_cited(self, one: Named) -> bool:
        """Tell whether a name stands there as who reports it."""
        return bool(CITED_BEFORE.search(self.before(one)) or CITED_AFTER.search(self.after(one)))


def joined(stage: Stage, one: Named, free: list[Named]) -> list[Named]:
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
