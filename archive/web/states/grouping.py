"""Rows and changes of states as pages show them: those of one entity together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from archive.languages import Words
from archive.queries import (
    Change,
    Comparison,
    Converted,
    EntityRef,
    Folded,
    SourceRef,
    StateRow,
    is_lasting,
)
from archive.vocabulary import AttributeClass
from archive.web.states.converting import converted_row

_STALE_DAYS: Final = 365
_FOUNDERS: Final = Words("创始人", "Founders")


@dataclass(frozen=True, slots=True)
class Line:
    """One row; ``member`` is None where the value says it; ``age`` is 0 where nothing ages.

    ``is_crowded`` tells that a place for one is told to have several holders; ``more`` is how many
    cells of its attribute are left out after it. ``converted`` has each value in the currency
    that the reader chose, where it is an amount of money.
    """

    row: StateRow
    sources: tuple[SourceRef, ...]
    member: Words | None
    age: int
    is_stale: bool
    repeats: bool
    is_crowded: bool
    more: int = 0
    converted: tuple[Converted | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What is held of one entity."""

    entity: EntityRef
    lines: tuple[Line, ...]

    @property
    def height(self) -> int:
        """Return how many rows of a table it takes: its lines, and where some are left out."""
        return len(self.lines) + sum(line.more > 0 for line in self.lines)


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a tab; the first bears no title."""

    title: Words | None
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One change between two states, and what sort of change it is."""

    what: str
    change: Change

    @property
    def member(self) -> Words | None:
        """Return the member it is about; None where the value already says it."""
        said = (self.change.before, self.change.after)
        return None if self.change.member_words in said else self.change.member_words


@dataclass(frozen=True, slots=True)
class EntityDifference:
    """Every change of one entity between two states."""

    entity: EntityRef
    differences: tuple[Difference, ...]


def grouped(
    rows: Iterable[StateRow],
    *,
    with_possible: bool = True,
    folded: Sequence[Folded] = (),
    currency: str = "",
) -> tuple[Group, ...]:
    """Return the rows by entity, in their order; possible ones only where wanted."""
    kept = (row for row in rows if with_possible or row.standing != "possible")
    more = {(one.entity.id, one.attribute): one.cells for one in folded}
    return tuple(
        Group(entity, tuple(_lines(list(some), more, currency)))
        for entity, some in groupby(kept, key=lambda row: row.entity)
    )


def sections(
    rows: Iterable[StateRow],
    *,
    tab: str,
    with_possible: bool = True,
    folded: Sequence[Folded] = (),
    currency: str = "",
) -> tuple[Section, ...]:
    """Return the tables of a tab; those without a row are left out.

    Among people those who founded something stand in a table of their own, below the others.
    Amounts of money are converted into *currency*, where one is named.
    """
    first: list[StateRow] = []
    founding: list[StateRow] = []
    for row in rows:
        (founding if tab == "people" and _is_of_a_founder(row) else first).append(row)
    made = tuple(
        Section(
            called,
            grouped(some, with_possible=with_possible, folded=folded, currency=currency),
        )
        for called, some in ((None, first), (_FOUNDERS, founding))
    )
    return tuple(one for one in made if one.groups)


def _is_of_a_founder(row: StateRow) -> bool:
    return row.attribute == "founders" or (row.attribute == "roles" and not is_lasting(row.member))


def world_changes(comparison: Comparison) -> tuple[EntityDifference, ...]:
    """Return what changed in the world, by entity."""
    return _by_entity(
        [
            *(Difference("added", change) for change in comparison.added),
            *(Difference("ended", change) for change in comparison.ended),
            *(Difference("changed", change) for change in comparison.changed),
        ]
    )


def firmer_changes(comparison: Comparison) -> tuple[EntityDifference, ...]:
    """Return what was possible and became certain, the same value still, by entity."""
    return _by_entity([Difference("firmer", change) for change in comparison.firmer])


def softer_changes(comparison: Comparison) -> tuple[EntityDifference, ...]:
    """Return what was certain and became only possible, the same value still, by entity."""
    return _by_entity([Difference("softer", change) for change in comparison.softer])


def lessons(comparison: Comparison) -> tuple[EntityDifference, ...]:
    """Return what only the archive learned or corrected, by entity."""
    return _by_entity([Difference("learned", change) for change in comparison.learned])


def _by_entity(differences: list[Difference]) -> tuple[EntityDifference, ...]:
    collected: dict[EntityRef, list[Difference]] = {}
    for difference in differences:
        collected.setdefault(difference.change.entity, []).append(difference)
    ordered = sorted(collected.items(), key=lambda pair: (pair[0].names.en.casefold(), pair[0].id))
    return tuple(EntityDifference(entity, tuple(some)) for entity, some in ordered)


def _lines(
    rows: Sequence[StateRow], more: Mapping[tuple[str, str], int], currency: str
) -> Iterator[Line]:
    above = ""
    last = {row.attribute: row for row in rows}
    for row in rows:
        says_itself = len(row.values) == 1 and row.values[0].words == row.member_words
        yield Line(
            row,
            sources=tuple({one.id: one for value in row.values for one in value.sources}.values()),
            member=row.member_words if row.member and not says_itself else None,
            age=row.age_days or 0,
            is_stale=(row.age_days or 0) > _STALE_DAYS,
            repeats=row.attribute == above,
            is_crowded=row.is_disputed
            and row.attribute_class == AttributeClass.SINGLE
            and len({value.key for value in row.values}) > 1,
            more=more.get((row.entity.id, row.attribute), 0) if last[row.attribute] is row else 0,
            converted=converted_row(row, target=currency),
        )
        above = row.attribute
