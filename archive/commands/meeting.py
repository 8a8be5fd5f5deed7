"""What drafts mention, found in them and looked up at once: entities, sources, events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sqlalchemy import Connection

from archive.log import read_by_positions
from archive.storage import among
from archive.vocabulary import Event, KnownEntity, Raw, nested_event, spoken_in

_ENTITIES: Final = "SELECT slug, type, name_zh, name_en FROM entity WHERE slug {keys}"
_SOURCES: Final = "SELECT slug, position FROM source WHERE slug {keys}"
# The root of what an event says of the world, and whether a version of that stands.
_EVENTS: Final = (
    "SELECT event.id, said.root, EXISTS (SELECT 1 FROM occurrence AS live "
    "WHERE live.root = said.root AND live.gone IS NULL) "
    "FROM event LEFT JOIN occurrence AS said ON said.position = event.position "
    "WHERE event.id {keys}"
)


class Held(NamedTuple):
    """An event of the log: the root of what it says, if of the world, and whether that stands."""

    root: int | None
    is_live: bool


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The ids that drafts name, as far as they can be read."""

    entities: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)


def mentioned_in(raws: Iterable[Raw]) -> Mentioned:
    """Return what *raws* mention, and the events within corrections."""
    found = Mentioned()
    for raw in raws:
        _find(raw, found)
        data = raw.get("data")
        if isinstance(data, Mapping):
            found.events.update(spoken_in(data))
            inner = data.get("event")
            if isinstance(inner, Mapping):
                _find(inner, found)
    return found


def _find(raw: Raw, found: Mentioned) -> None:
    for listed, name, into in (
        ("entities", "id", found.entities),
        ("claims", "source", found.sources),
    ):
        given = raw.get(listed)
        for one in given if type(given) is list else ():
            said = one.get(name) if isinstance(one, Mapping) else None
            if type(said) is str:
                into.add(said)


def entities_called(connection: Connection, slugs: Iterable[str]) -> dict[str, KnownEntity | None]:
    """Return type and names of each of the entities called *slugs*; None of one unknown."""
    found: dict[str, KnownEntity | None] = dict.fromkeys(slugs)
    for slug, of_type, chinese, english in among(connection, _ENTITIES, list(found)):
        found[slug] = KnownEntity(of_type, {"zh": chinese, "en": english})
    return found


def published_by(connection: Connection, slugs: Iterable[str]) -> dict[str, str | None]:
    """Return when each of the sources *slugs* came out, empty if untold; None of one unknown."""
    published: dict[str, str | None] = dict.fromkeys(slugs)
    positions = dict(among(connection, _SOURCES, list(published)))
    found = read_by_positions(connection, positions.values())
    published |= {slug: published_of(found[at].event) for slug, at in positions.items()}
    return published


def published_of(source: Event) -> str:
    """Return the EDTF date on which what *source* adds, or corrects, came out; empty if untold."""
    event = nested_event(source) or source
    return str(event.data.get("published") or "")


def events_called(connection: Connection, ids: Iterable[str]) -> dict[str, Held | None]:
    """Return how the log holds each of the events called *ids*; None of one unknown."""
    found: dict[str, Held | None] = dict.fromkeys(ids)
    for event_id, root, is_live in among(connection, _EVENTS, list(found)):
        found[event_id] = Held(root, bool(is_live))
    return found
