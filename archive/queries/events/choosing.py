"""What narrows the timeline: the filters, what is excluded, and the conditions that both make."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, select

from archive.dates import Precision
from archive.projections import CONFIDENCES, RANKS
from archive.projections.tables import (
    disputes,
    occurrence_entities,
    occurrence_sources,
    occurrences,
)
from archive.queries.known.matching import matching_documents
from archive.queries.known.narrowing import (
    Filters,
    conditions,
    family,
    is_known,
)
from archive.vocabulary import KINDS

T = TypeVar("T")

PRECISIONS: Final = tuple(one.value for one in Precision)
# What may be left out, and how facets call it.
_EXCLUDED: Final = {
    "kinds": "kind",
    "groups": "group",
    "entities": "entity",
    "sources": "source",
    "text": "text",
    "importance": "importance",
    "confidence": "confidence",
    "precisions": "precision",
    "disputed": "disputed",
}
_NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Without:
    """What is left out; an empty field leaves out nothing.

    ``importance`` names exactly the levels that are left out, ``text`` words, events with which
    are; ``disputed`` leaves out those whose claims are in open dispute.
    """

    kinds: frozenset[str] = _NOTHING
    groups: frozenset[str] = _NOTHING
    entities: frozenset[str] = _NOTHING
    sources: frozenset[str] = _NOTHING
    text: str = ""
    importance: frozenset[str] = _NOTHING
    confidence: frozenset[str] = _NOTHING
    precisions: frozenset[str] = _NOTHING
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Which events a view is of: those that meet the filters and nothing of what is left out.

    ``touching`` are ids of entities, all of which an event must touch, besides the filters' one.
    """

    filters: Filters = field(default_factory=Filters)
    precisions: frozenset[str] = _NOTHING
    without: Without = field(default_factory=Without)
    touching: tuple[str, ...] = ()

    @property
    def entities(self) -> tuple[str, ...]:
        """Return the ids of the entities that an event must touch."""
        first = (self.filters.entity,) if self.filters.entity else ()
        return tuple(dict.fromkeys((*first, *self.touching)))

    @property
    def is_plain(self) -> bool:
        """Tell whether only kinds, levels, an entity or a source narrow it: what marks tell."""
        changed = self.filters.retracted or self.without.disputed
        return self.is_nearly_plain and not changed

    @property
    def is_nearly_plain(self) -> bool:
        """Tell whether that is so but for what was retracted, or is disputed and left out."""
        filters, without = self.filters, self.without
        return not (
            filters.text or filters.disputed or without.entities or without.sources or without.text
        )


Narrowing: TypeAlias = Filters | Choice


@dataclass(frozen=True, slots=True)
class Allowed:
    """The kinds, levels and precisions that a choice lets through; None lets all."""

    kinds: frozenset[str] | None = None
    importance: frozenset[int] | None = None
    precision: frozenset[str] | None = None
    confidence: frozenset[int] | None = None

    def conditions(self, columns: Any) -> list[ColumnElement[bool]]:
        """Return the same as conditions on *columns*, which bear these names."""
        given = {
            columns.kind: self.kinds,
            columns.importance: self.importance,
            columns.precision: self.precision,
            columns.confidence: self.confidence,
        }
        return [
            column.in_(sorted(values)) for column, values in given.items() if values is not None
        ]


def choice_of(narrowing: Narrowing) -> Choice:
    """Return filters as a choice that leaves out nothing."""
    return narrowing if isinstance(narrowing, Choice) else Choice(narrowing)


def allowed(choice: Choice) -> Allowed:
    """Return what *choice* lets through of kinds, levels and precisions."""
    filters, without = choice.filters, choice.without
    importance, confidence = filters.importance, filters.confidence
    lowest = RANKS.get(importance, len(RANKS))
    sure = {confidence} if confidence in CONFIDENCES else set(CONFIDENCES)
    kinds = [
        one.name
        for one in KINDS.values()
        if one.is_world and _passes(one.name, filters.kinds, without.kinds)
        if _passes(one.group.value, filters.groups, without.groups)
    ]
    return Allowed(
        _part(kinds, [one.name for one in KINDS.values() if one.is_world]),
        _part(
            [n for name, n in RANKS.items() if n <= lowest and name not in without.importance],
            RANKS.values(),
        ),
        _part(
            [one for one in PRECISIONS if _passes(one, choice.precisions, without.precisions)],
            PRECISIONS,
        ),
        _part(
            [CONFIDENCES[name] for name in sure - without.confidence],
            CONFIDENCES.values(),
        ),
    )


def less_by_one(choice: Choice) -> list[tuple[str, str, Choice]]:
    """Return each thing that *choice* leaves out, and the choice that does not leave it out."""
    without = choice.without
    found = []
    for name, field_name in _EXCLUDED.items():
        values = getattr(without, name)
        if isinstance(values, frozenset):
            lesser: dict[str, Any] = {one: values - {one} for one in sorted(values)}
        else:
            lesser = {str(values): type(values)()} if values else {}
        found += [
            (field_name, value, replace(choice, without=replace(without, **{name: fewer})))
            for value, fewer in lesser.items()
        ]
    return found


def _passes(name: str, wanted: Collection[str], unwanted: Collection[str]) -> bool:
    return name not in unwanted and (not wanted or name in wanted)


def _part(some: Collection[T], every: Collection[T]) -> frozenset[T] | None:
    return None if len(some) == len(every) else frozenset(some)


def chosen(connection: Connection, *, choice: Choice, known: int) -> list[ColumnElement[bool]]:
    """Return what a row of ``occurrence`` must meet to be of *choice*, on whatever day."""
    filters, without = choice.filters, choice.without
    spoken = replace(filters, text="", disputed=False)
    wanted = conditions(connection, filters=spoken, known=known)
    if choice.precisions or without != Without():
        wanted += allowed(choice).conditions(occurrences.c)
    position = occurrences.c.position
    wanted += [position.in_(_touching(connection, [one], known)) for one in choice.touching]
    if without.entities:
        wanted.append(position.not_in(_touching(connection, without.entities, known)))
    if without.sources:
        citing = select(occurrence_sources.c.position)
        left_out = citing.where(occurrence_sources.c.source.in_(sorted(without.sources)))
        wanted.append(position.not_in(left_out))
    if filters.disputed:
        wanted.append(occurrences.c.root.in_(open_roots(known)))
    if without.disputed:
        wanted.append(occurrences.c.root.not_in(open_roots(known)))
    found = matching_documents(connection, filters.text, what="event")
    spoilt = matching_documents(connection, without.text, what="event")
    if found is not None:
        wanted.append(found.has(position))
    if spoilt is not None:
        wanted.append(spoilt.lacks(position))
    return wanted


def open_roots(known: Any) -> Select[Any]:
    """Return the first versions of the events whose claims are in open dispute."""
    return select(disputes.c.root).where(is_known(disputes.c.position, disputes.c.settled, known))


def _touching(connection: Connection, slugs: Iterable[str], known: int) -> Select[Any]:
    links = occurrence_entities.c
    numbers = {one for slug in slugs for one in family(connection, slug, known=known)}
    return select(links.position).where(links.entity_id.in_(sorted(numbers)))
