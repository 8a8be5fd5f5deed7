"""Rows and changes of states as pages show them: those of one entity together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from archive.languages import Words
from archive.queries import Change, Comparison, EntityRef, SourceRef, StateRow
from archive.vocabulary import ENTITY_TYPES, AttributeClass

_STALE_DAYS: Final = 365
# What a tab shows in a table of its own, below the others.
_APART: Final = {"people": ("founders", Words("创始人", "Founders"))}


@dataclass(frozen=True, slots=True)
class Line:
    """One row; ``member`` is None where the value says it; ``age`` is 0 where nothing ages.

    ``is_crowded`` tells that a place for one is told to have several holders.
    """

    row: StateRow
    sources: tuple[SourceRef, ...]
    member: Words | None
    age: int
    is_stale: bool
    repeats: bool
    is_crowded: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What is held of one entity."""

    entity: EntityRef
    lines: tuple[Line, ...]


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


def grouped(rows: Iterable[StateRow], *, with_possible: bool = True) -> tuple[Group, ...]:
    """Return the rows by entity, in their order; possible ones only where wanted."""
    kept = (row for row in rows if with_possible or row.standing != "possible")
    return tuple(
        Group(entity, tuple(_lines(some)))
        for entity, some in groupby(kept, key=lambda row: row.entity)
    )


def sections(
    rows: Iterable[StateRow], *, tab: str, with_possible: bool = True
) -> tuple[Section, ...]:
    """Return the tables of a tab; those without a row are left out."""
    apart, title = _APART.get(tab, ("", None))
    told = list(rows)
    first = [row for row in told if row.attribute != apart]
    rest = [row for row in told if row.attribute == apart]
    made = (
        Section(None, grouped(first, with_possible=with_possible)),
        Section(title, grouped(rest, with_possible=with_possible)),
    )
    return tuple(one for one in made if one.groups)


def narrowed_to(comparison: Comparison, *, tab: str, of_type: str, entity: str) -> Comparison:
    """Return only the changes of a tab, a type and an entity; an empty word narrows nothing."""

    def is_meant(change: Change) -> bool:
        known = ENTITY_TYPES[change.entity.type].attributes.get(change.attribute)
        return (
            (not tab or (known is not None and known.tab == tab))
            and of_type in {"", change.entity.type}
            and entity in {"", change.entity.id}
        )

    return replace(
        comparison,
        added=tuple(filter(is_meant, comparison.added)),
        ended=tuple(filter(is_meant, comparison.ended)),
        changed=tuple(filter(is_meant, comparison.changed)),
        learned=tuple(filter(is_meant, comparison.learned)),
    )


def world_changes(comparison: Comparison) -> tuple[EntityDifference, ...]:
    """Return what changed in the world, by entity."""
    return _by_entity(
        [
            *(Difference("added", change) for change in comparison.added),
            *(Difference("ended", change) for change in comparison.ended),
            *(Difference("changed", one) for one in comparison.changed if not one.is_firmer),
        ]
    )


def firmer_changes(comparison: Comparison) -> tuple[EntityDifference, ...]:
    """Return what was possible and became certain, the same value still, by entity."""
    firmer = [change for change in comparison.changed if change.is_firmer]
    return _by_entity([Difference("firmer", change) for change in firmer])


def lessons(comparison: Comparison) -> tuple[EntityDifference, ...]:
    """Return what only the archive learned or corrected, by entity."""
    return _by_entity([Difference("learned", change) for change in comparison.learned])


def _by_entity(differences: list[Difference]) -> tuple[EntityDifference, ...]:
    collected: dict[EntityRef, list[Difference]] = {}
    for difference in differences:
        collected.setdefault(difference.change.entity, []).append(difference)
    ordered = sorted(collected.items(), key=lambda pair: (pair[0].names.en.casefold(), pair[0].id))
    return tuple(EntityDifference(entity, tuple(some)) for entity, some in ordered)


def _lines(rows: Iterable[StateRow]) -> Iterator[Line]:
    above = ""
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
        )
        above = row.attribute
