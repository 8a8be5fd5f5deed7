"""Keys into words: the values and members of cells, with the events behind them and who says so.

Of an event no more is read than its envelope and whom it cites: the log's text is opened only of
corrections, which tell their date in it, and of events that cite several sources, whose order is
in it. So an answer costs little more in words than in keys.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Connection, Select, select

from archive.languages import Words
from archive.log import read_by_positions
from archive.log.tables import events as log_events
from archive.projections import PER_EVENT
from archive.projections.tables import occurrence_sources, occurrences
from archive.queries.answers import EntityRef, SourceRef
from archive.queries.held.cells import Cell
from archive.queries.held.fact import Fact
from archive.queries.known.asking import among, asked
from archive.queries.known.ground import Ground
from archive.queries.known.nesting import is_server
from archive.queries.known.rows import refs_called, said_at, source_refs
from archive.vocabulary import ENTITY_TYPES, UNKNOWN, VACANT, Assertion, Kind, kind, leaver_of

_Envelope: TypeAlias = tuple[int, str, str, bool, bool, str | None, str]
_NO_WORDS = Words("", "")
_VACANT = Words("空缺", "vacant")
UNSAID = Words("未知", "unknown")
_NAMING_THE_UNKNOWN = frozenset({"choice", "amount"})  # a share is undisclosed


class StateValue(msgspec.Struct, frozen=True, gc=False):
    """One value of a cell: its key, its words, the event that says it, since when, who says so.

    Where a dispute was settled ``is_preferred`` is of the claims chosen, and ``is_set_aside`` of
    those that were not: they are shown, and do not hold.
    """

    key: str
    words: Words
    entity: EntityRef | None
    event_id: str
    position: int
    since: str
    sources: tuple[SourceRef, ...]
    is_preferred: bool
    is_set_aside: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """Puts keys into words; ``names`` are those of the entities they may mean, by their ids."""

    names: Mapping[str, EntityRef]

    def entity_words(self, slug: str) -> Words:
        """Return the names of the entity called *slug*, or the text itself."""
        return self.names[slug].names if slug in self.names else Words(slug, slug)

    def parts(self, kind: Kind, parts: Iterable[tuple[str, str]]) -> Words:
        """Return the fields that make up a member, and their keys, in words."""
        said = [_part(kind.name, name, key) or self.entity_words(key) for name, key in parts]
        if len(said) == 1:
            return said[0]
        return Words("，".join(part.zh for part in said), ", ".join(part.en for part in said))

    def value(self, entity_type: str, attribute: str, key: str) -> Words:
        """Return the words of a value, given by its key, of an attribute of a type of entity."""
        if ENTITY_TYPES[entity_type].attributes[attribute].value.widget == "entity":
            is_left = key == VACANT or leaver_of(key)
            return _VACANT if is_left else self.entity_words(key)
        return spoken(entity_type, attribute, key)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of the event behind a fact: its address, kind, since when, whom it cites."""

    event_id: str
    kind: str
    since: str
    sources: tuple[SourceRef, ...]


class Teller:
    """Puts facts into words, with the events behind them and their sources.

    A merged entity is told as the one it lives on in; names are those known on ``ground.known``.
    """

    def __init__(
        self, connection: Connection, told: Sequence[tuple[Cell, Fact]], *, ground: Ground
    ) -> None:
        self._events = _told(connection, {fact.id // PER_EVENT for _cell, fact in told}, ground)
        self.wording = wording(connection, self._slugs(told), ground=ground)

    def member(self, cell: Cell, fact: Fact) -> Words:
        """Return the member of a cell in words, as the kind of the event of *fact* names it."""
        if not cell.member:
            return _NO_WORDS
        said = self._events[fact.id // PER_EVENT].kind
        parts = parts_of(cell, said)
        return self.wording.parts(kind(said), parts) if parts else _NO_WORDS

    def words(self, cell: Cell, fact: Fact) -> Words:
        """Return the value of *fact* in words alone."""
        return self.wording.value(cell.entity.type, cell.attribute.name, fact.value or "")

    def value(self, cell: Cell, fact: Fact) -> StateValue:
        """Return the value of *fact* in words, with what stands behind it."""
        key, position = fact.value or "", fact.id // PER_EVENT
        event = self._events[position]
        is_named = cell.attribute.value.widget == "entity"
        named = self.wording.names.get(key) if is_named else None
        return StateValue(
            key,
            self.words(cell, fact),
            named,
            event.event_id,
            position,
            event.since,
            event.sources,
            fact.is_preferred,
            fact.is_set_aside,
        )

    def _slugs(self, told: Iterable[tuple[Cell, Fact]]) -> Iterator[str]:
        """Yield the ids of the entities that members and values may name."""
        for cell, fact in told:
            if fact.value and cell.attribute.value.widget == "entity":
                yield fact.value
            for _name, key in parts_of(cell, self._events[fact.id // PER_EVENT].kind):
                yield key


def parts_of(cell: Cell, said: str) -> tuple[tuple[str, str], ...]:
    """Return the fields and keys that make up the member of *cell* where events *said* say it."""
    return _parts_of(cell.member, said, cell.attribute.name) if cell.member else ()


# By the vocabulary alone, and asked twice of each member that is told.
@lru_cache(maxsize=16384)
def _parts_of(member: str, said: str, attribute: str) -> tuple[tuple[str, str], ...]:
    return Assertion.parts_of(member, kind=said, attribute=attribute)


# Words follow from the vocabulary alone, and to write numbers takes long.
@lru_cache(maxsize=16384)
def _part(said: str, name: str, key: str) -> Words | None:
    """Return a part of a member in words; None for one that names an entity."""
    field = kind(said).field(name)
    if field is None or field.is_role:
        return None
    if key == UNKNOWN and field.type.widget not in _NAMING_THE_UNKNOWN:
        return UNSAID
    return Words(field.type.words(key, "zh"), field.type.words(key, "en"))


def wording(connection: Connection, slugs: Iterable[str], *, ground: Ground) -> Wording:
    """Return what puts *slugs* and other keys into words, as known; merged ones at their homes."""
    homes = ground.named
    asked = set(slugs)
    wanted = {homes.get(slug, slug) for slug in asked}
    refs = refs_called(connection, wanted, known=ground.known, is_newest=ground.is_newest)
    if not homes:
        return Wording(refs)
    found = {slug: homes.get(slug, slug) for slug in asked | wanted}
    return Wording({slug: refs[home] for slug, home in found.items() if home in refs})


# As above.
@lru_cache(maxsize=16384)
def spoken(entity_type: str, attribute: str, key: str) -> Words:
    """Return the words of a value that names no entity."""
    value = ENTITY_TYPES[entity_type].attributes[attribute].value
    if not key:
        return Words("无", "none")
    if key == UNKNOWN and value.widget not in _NAMING_THE_UNKNOWN:
        return UNSAID
    return Words(value.words(key, "zh"), value.words(key, "en"))


def addresses(connection: Connection, positions: Iterable[int]) -> dict[int, str]:
    """Return the id of the event that each of *positions* is a version of."""
    asked_of = sorted(positions)
    if not asked_of:
        return {}
    query = _addresses(on_server=is_server(connection))
    return dict(asked(connection, query, {"positions": asked_of}))


@cache
def _addresses(*, on_server: bool) -> Select[Any]:
    return (
        select(occurrences.c.position, log_events.c.id)
        .join(log_events, log_events.c.position == occurrences.c.root)
        .where(among(occurrences.c.position, "positions", on_server=on_server))
    )


@cache
def _envelopes_at(*, on_server: bool) -> Select[Any]:
    """Return the query for what the envelopes at positions tell, a line for each source cited."""
    return (
        select(
            log_events.c.position,
            log_events.c.id,
            log_events.c.edtf,
            log_events.c.about.is_not(None),
            log_events.c.payload.is_(None),
            occurrence_sources.c.source,
            occurrences.c.kind,
        )
        .outerjoin(occurrences, occurrences.c.position == log_events.c.position)
        .outerjoin(occurrence_sources, occurrence_sources.c.position == log_events.c.position)
        .where(among(log_events.c.position, "positions", on_server=on_server))
    )


def _told(connection: Connection, positions: set[int], ground: Ground) -> dict[int, _Told]:
    query = _envelopes_at(on_server=is_server(connection))
    rows: list[_Envelope] = asked(connection, query, {"positions": sorted(positions)})
    ids, since, cited = _envelopes(rows)
    kinds = {row[0]: row[-1] for row in rows}
    corrected = [position for position, _id, _edtf, is_about, *_rest in rows if is_about]
    ids |= addresses(connection, corrected)
    opened = {*corrected, *(position for position, some in cited.items() if len(some) > 1)}
    for position, recorded in read_by_positions(connection, opened).items():
        said = said_at(recorded)
        since[position] = said.occurred.edtf
        cited[position] = [claim.source for claim in said.claims]
    known = {slug for some in cited.values() for slug in some}
    sources = source_refs(connection, known, known=ground.known)
    return {
        position: _Told(
            event_id,
            kinds[position],
            since[position],
            tuple(sources[slug] for slug in dict.fromkeys(cited[position])),
        )
        for position, event_id in ids.items()
    }


def _envelopes(
    rows: Iterable[_Envelope],
) -> tuple[dict[int, str], dict[int, str], dict[int, list[str]]]:
    """Return the address, the date and the sources of each position; a masked one cites none."""
    ids: dict[int, str] = {}
    since: dict[int, str] = {}
    cited: dict[int, list[str]] = {}
    for position, event_id, edtf, _is_about, is_masked, source, _kind in rows:
        ids[position], since[position] = event_id, edtf
        cited.setdefault(position, []).extend([source] if source and not is_masked else [])
    return ids, since, cited
