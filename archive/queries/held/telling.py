"""Keys into words: values and members of cells, with the events behind them and who says so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import msgspec
from sqlalchemy import Connection

from archive.languages import Words
from archive.projections import PER_EVENT
from archive.queries.answers import EntityRef, SourceRef
from archive.queries.held.cell import Cell
from archive.queries.held.enveloping import told_of
from archive.queries.held.fact import Fact
from archive.queries.known.ground import Ground
from archive.queries.known.rows import refs_called
from archive.vocabulary import ENTITY_TYPES, UNKNOWN, VACANT, Assertion, Kind, kind, leaver_of

_NO_WORDS = Words("", "")
# Somebody left, and nobody is told to have followed: that there was nobody, no event says.
_VACANT = Words("空缺（未见继任）", "vacant (no successor told)")
UNSAID = Words("未知", "unknown")
_NAMING_THE_UNKNOWN = frozenset({"choice", "amount"})  # a share is undisclosed
# Where a person stands in a post, which may be for the time being.
IN_POST: Final = frozenset({"officers", "board", "roles"})


class StateValue(msgspec.Struct, frozen=True, gc=False):
    """One value of a cell: its key, its words, the event that says it, since when, who says so.

    Where a dispute was settled ``is_preferred`` is of the claims chosen, and ``is_set_aside`` of
    those that were not: they are shown, and do not hold. ``confidence`` is that of the claim to be
    trusted most, ``basis`` what an amount or a figure rests on, as far as that is told; whoever
    ``is_interim`` has a post for the time being.
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
    confidence: str = "high"
    basis: str = ""
    is_interim: bool = False


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


class Teller:
    """Puts facts into words, with the events behind them and their sources.

    A merged entity is told as the one it lives on in; names are those known on ``ground.known``.
    """

    def __init__(
        self, connection: Connection, told: Sequence[tuple[Cell, Fact]], *, ground: Ground
    ) -> None:
        self._events = told_of(connection, {fact.id // PER_EVENT for _cell, fact in told}, ground)
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
            event.confidence,
            dict(parts_of(cell, event.kind)).get("basis", ""),
            event.is_interim and cell.attribute.name in IN_POST,
        )

    def confidence(self, fact: Fact) -> str:
        """Return how far whoever says *fact* is to be trusted."""
        return self._events[fact.id // PER_EVENT].confidence

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
    field = kind(said).member_field(name)
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
