"""A draft as far as it can be read, and the events of the archive that it may clash with."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection, select

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number, describe
from archive.errors import ArchiveError
from archive.projections import entity_ids
from archive.projections.tables import occurrence_entities, occurrences
from archive.queries import AsOf, EventRow, StateRow, head, state
from archive.queries.known.merging import named_homes
from archive.queries.known.narrowing import family, is_known
from archive.queries.known.rows import event_rows
from archive.vocabulary import KINDS, UNDATED, Json, Kind, Raw

_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """What could be read of a draft: its kind, who bears which role, its data, its days."""

    id: str
    kind: Kind
    roles: Mapping[str, frozenset[str]]
    data: Mapping[str, Json]
    earliest: date | None
    latest: date | None
    homes: Mapping[str, str]
    date_kind: str = ""

    def borne(self, row: EventRow, role: str) -> frozenset[str]:
        """Return who bears *role* in an event, each by the id under which it lives on."""
        mentioned = (one.id for one in row.entities if one.role == role)
        return frozenset(self.homes.get(one, one) for one in mentioned)

    def key(self, name: str) -> str:
        """Return the key of what it says in the field *name*, empty where it says nothing."""
        field, value = self.kind.field(name), self.data.get(name)
        return field.type.key(value) if field and value is not None else ""

    @property
    def day_before(self) -> date | None:
        """Return the last day on which it surely was not yet so."""
        first = self.earliest
        return first - timedelta(days=1) if first and first > date.min else None


def read_draft(connection: Connection, raw: Raw) -> Draft | None:
    """Return what *raw* says as far as it can be read; None where not even its kind is known."""
    kind = KINDS.get(str(raw.get("kind", "")))
    if kind is None or not kind.is_world:
        return None
    homes = named_homes(connection, known=head(connection).position)
    roles: dict[str, set[str]] = {}
    for role, entity in _mentions(raw.get("entities")):
        roles.setdefault(role, set()).add(homes.get(entity, entity))
    occurred = raw.get("occurred")
    earliest, latest = _days(occurred)
    return Draft(
        str(raw.get("id") or ""),
        kind,
        {role: frozenset(ids) for role, ids in roles.items()},
        dict(_data(kind, raw.get("data"))),
        earliest,
        latest,
        homes,
        str(occurred.get("date_kind") or "") if isinstance(occurred, Mapping) else "",
    )


def _mentions(raw: object) -> Iterator[tuple[str, str]]:
    """Yield each role and who bears it, of the list as of the short form."""
    if isinstance(raw, Mapping):
        for role, each in raw.items():
            for one in each if isinstance(each, list | tuple) else [each]:
                yield str(role), str(one.get("id", "")) if isinstance(one, Mapping) else str(one)
    elif isinstance(raw, list | tuple):
        for one in raw:
            if isinstance(one, Mapping) and one.get("id"):
                yield str(one.get("role", "")), str(one["id"])


def _data(kind: Kind, raw: object) -> Iterator[tuple[str, Json]]:
    given = raw if isinstance(raw, Mapping) else {}
    for field in kind.fields:
        value = given.get(field.name)
        if field.is_role or value is None or value == "":
            continue
        try:
            yield field.name, field.type.read(value, field=field.name)
        except ArchiveError:
            continue


def _days(raw: object) -> tuple[date | None, date | None]:
    edtf = raw.get("edtf") if isinstance(raw, Mapping) else None
    if not isinstance(edtf, str) or not edtf or edtf == UNDATED:
        return None, None
    try:
        reading = describe(edtf)
    except ArchiveError:
        return None, None
    return reading.earliest, reading.latest


def events_of(
    connection: Connection,
    kind: str,
    entities: Iterable[str],
    *,
    apart_from: str = "",
    days: tuple[int, int] = (EARLIEST_DAY, LATEST_DAY),
) -> tuple[EventRow, ...]:
    """Return the events of a kind that touch any of *entities* within *days*, the latest first."""
    known = head(connection).position
    numbers = [number for one in entities for number in family(connection, one, known=known)]
    if not numbers:
        return ()
    touching = select(occurrence_entities.c.position).where(
        occurrence_entities.c.entity_id.in_(sorted(numbers))
    )
    query = (
        select(occurrences.c.position)
        .where(
            occurrences.c.kind == kind,
            occurrences.c.position.in_(touching),
            occurrences.c.lo <= days[1],
            occurrences.c.hi >= days[0],
            is_known(occurrences.c.position, occurrences.c.gone, known),
        )
        .order_by(occurrences.c.v.desc(), occurrences.c.position)
        .limit(_MOST)
    )
    rows = event_rows(connection, list(connection.scalars(query)), known=known)
    return tuple(row for row in rows if row.id != apart_from)


def around(draft: Draft, *, days: int) -> tuple[int, int] | None:
    """Return the days within *days* of those on which the draft may lie; None if undated."""
    first, last = draft.earliest or draft.latest, draft.latest or draft.earliest
    if first is None or last is None:
        return None
    return day_number(first) - days, day_number(last) + days


def is_known_entity(connection: Connection, slug: str) -> bool:
    """Tell whether the archive has the entity."""
    return bool(entity_ids(connection, [slug]))


def rows_before(
    connection: Connection, draft: Draft, entity: str, attribute: str
) -> list[StateRow]:
    """Return what held of an entity on the last day before the draft may have come to be."""
    day = draft.day_before
    if day is None or not is_known_entity(connection, entity):
        return []
    as_of = AsOf(day, head(connection).position)
    rows = state(connection, as_of=as_of, entity=entity).rows
    return [row for row in rows if row.attribute == attribute]
