"""Keys into words: the values and members of cells, as the events behind them name them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import Connection, bindparam, select

from archive.languages import Words
from archive.log import RecordedEvent, read_by_positions
from archive.log.tables import events as log_events
from archive.projections import PER_EVENT
from archive.projections.tables import occurrences
from archive.queries.answers import EntityRef, SourceRef
from archive.queries.held.cells import Cell
from archive.queries.held.standing import Fact
from archive.queries.known.ground import Ground
from archive.queries.known.rows import refs_called, said_at, source_refs
from archive.storage import chunks
from archive.vocabulary import ENTITY_TYPES, UNKNOWN, Assertion, Event, Kind, assertions, kind_of

_ADDRESSES: Final = (
    select(occurrences.c.position, log_events.c.id)
    .join(log_events, log_events.c.position == occurrences.c.root)
    .where(occurrences.c.position.in_(bindparam("positions", expanding=True)))
)
VACANT = Words("空缺", "vacant")
UNSAID = Words("未知", "unknown")


@dataclass(frozen=True, slots=True)
class StateValue:
    """One value of a cell: its key, its words, the event that says it, since when, who says so."""

    key: str
    words: Words
    entity: EntityRef | None
    event_id: str
    position: int
    since: str
    sources: tuple[SourceRef, ...]
    is_preferred: bool


class Teller:
    """Knows the events behind a set of facts, and puts their keys into words.

    A merged entity is told as the one it lives on in; names are those known on *known*.
    """

    def __init__(
        self, connection: Connection, positions: Iterable[int], *, ground: Ground
    ) -> None:
        recorded = read_by_positions(connection, positions)
        self.events: dict[int, Event] = {p: said_at(one) for p, one in recorded.items()}
        self.ids = _root_ids(connection, recorded)
        self.homes = ground.named
        self.names = _names(connection, self.events.values(), ground)
        cited = {claim.source for event in self.events.values() for claim in event.claims}
        self.sources = source_refs(connection, cited, known=ground.known)
        self._members: dict[int, dict[tuple[str, str], Words]] = {}

    def member(self, cell: Cell, fact: Fact) -> Words:
        """Return the member of a cell in words, as the event of *fact* names it."""
        position = fact.id // PER_EVENT
        if position not in self._members:
            self._members[position] = self._members_of(self.events[position])
        said = self._members[position].get((cell.attribute.name, cell.member))
        return self.entity_words(cell.member) if said is None else said

    def _members_of(self, event: Event) -> dict[tuple[str, str], Words]:
        """Return the words of each member that *event* speaks of, by attribute and member."""
        kind = kind_of(event)
        said: dict[tuple[str, str], Words] = {}
        for one in assertions(event):
            place = one.attribute, self._member_of(kind, one)
            if place not in said:
                said[place] = self.parts(kind, one)
        return said

    def _member_of(self, kind: Kind, said: Assertion) -> str:
        at_home = said.at_home
        return (
            said.member
            if not self.homes
            else at_home(said.member, kind=kind, attribute=said.attribute, homes=self.homes)
        )

    def parts(self, kind: Kind, said: Assertion) -> Words:
        """Return the fields that make up the member of *said*, in words."""
        parts: list[Words] = []
        for name, key in said.parts:
            field = kind.field(name)
            if field is None or field.is_role:
                parts.append(self.entity_words(key))
            elif key == UNKNOWN and field.type.widget != "choice":
                parts.append(UNSAID)
            else:
                parts.append(Words(field.type.words(key, "zh"), field.type.words(key, "en")))
        return Words("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))

    def entity_words(self, slug: str) -> Words:
        """Return the names of the entity called *slug*, or the text itself."""
        return self.names[slug].names if slug in self.names else Words(slug, slug)

    def value(self, cell: Cell, fact: Fact) -> StateValue:
        """Return the value of *fact* in words."""
        key = fact.value or ""
        position = fact.id // PER_EVENT
        event = self.events[position]
        entity = self.names.get(key) if cell.attribute.value.widget == "entity" else None
        return StateValue(
            key=key,
            words=self.value_words(cell.entity.type, cell.attribute.name, key),
            entity=entity,
            event_id=self.ids[position],
            position=position,
            since=event.occurred.edtf,
            sources=tuple(
                self.sources[one] for one in dict.fromkeys(c.source for c in event.claims)
            ),
            is_preferred=fact.is_preferred,
        )

    def value_words(self, entity_type: str, attribute: str, key: str) -> Words:
        """Return the words of a value, given by its key, of an attribute of a type of entity."""
        if ENTITY_TYPES[entity_type].attributes[attribute].value.widget == "entity":
            return VACANT if key == "vacant" else self.entity_words(key)
        return spoken(entity_type, attribute, key)


# Words follow from the vocabulary alone, and to write numbers takes long.
@lru_cache(maxsize=16384)
def spoken(entity_type: str, attribute: str, key: str) -> Words:
    """Return the words of a value that names no entity."""
    value = ENTITY_TYPES[entity_type].attributes[attribute].value
    if not key:
        return Words("无", "none")
    if key == UNKNOWN and value.widget != "choice":
        return UNSAID
    return Words(value.words(key, "zh"), value.words(key, "en"))


def _root_ids(connection: Connection, recorded: Mapping[int, RecordedEvent]) -> dict[int, str]:
    """Return the address of the event that each position is a version of."""
    ids = {position: one.event.id for position, one in recorded.items()}
    corrections = [position for position, one in recorded.items() if one.about]
    for some in chunks(corrections):
        ids |= {
            row.position: row.id for row in connection.execute(_ADDRESSES, {"positions": some})
        }
    return ids


def _names(
    connection: Connection, events: Iterable[Event], ground: Ground
) -> dict[str, EntityRef]:
    homes = ground.named
    slugs = {mention.id for event in events for mention in event.entities}
    wanted = slugs | {homes[slug] for slug in slugs if slug in homes}
    refs = refs_called(connection, wanted, known=ground.known, is_newest=ground.is_newest)
    return {slug: refs[homes.get(slug, slug)] for slug in wanted}
