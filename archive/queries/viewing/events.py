"""One event, with all that a page of its own tells."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, Select, func, select

from archive.errors import NotFoundError
from archive.languages import Words
from archive.log import RecordedEvent, read_by_ids, read_by_positions
from archive.log.tables import erasures
from archive.projections import root_of
from archive.projections.tables import disputes, occurrences
from archive.queries.answers import EntityRef, EventRow
from archive.queries.events.relating import Relations, relations
from archive.queries.held.telling import wording
from archive.queries.known.ground import ground
from archive.queries.known.rows import event_rows, said_at
from archive.queries.viewing.neighbours import neighbours
from archive.queries.viewing.rivals import Rivalry, rivalry
from archive.vocabulary import ENTITY_TYPES, assertions, kind_of

_EVENT = Words("事件", "event")


@dataclass(frozen=True, slots=True)
class Asserted:
    """What a version of an event asserts of one cell; None ends it."""

    entity: EntityRef
    attribute: str
    attribute_label: Words
    member_words: Words
    value: Words | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One step in the history of an event: ``what`` became of it, by which log event and why."""

    position: int
    what: str
    reason: Words
    fields: tuple[str, ...]
    event: EventRow | None
    recorded: RecordedEvent


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """An event as it reads, its history, what it asserts, its neighbours in time, and its seal.

    ``relations`` are the events that it is said to lie after or before, and those that hang on it.
    ``rivalry`` is who says otherwise.
    ``maskings`` are what took the text out of any version, whenever: it is gone for every reader.
    ``recorded`` is the event of the log at the row's position, which may be a correction, and
    ``hash`` and ``stream_position`` are its own.
    """

    row: EventRow
    versions: tuple[VersionRow, ...]
    asserts: tuple[Asserted, ...]
    previous: EventRow | None
    next: EventRow | None
    relations: Relations
    hash: str
    stream: str
    stream_position: int
    recorded: RecordedEvent
    maskings: tuple[VersionRow, ...] = ()
    rivalry: Rivalry = field(default_factory=Rivalry)


def event(connection: Connection, *, id: str, known: int) -> EventAnswer:  # noqa: A002  # its word
    """Return the event called *id* with its history up to *known*; raises NotFoundError.

    A retracted event is returned too, marked so: nothing is ever erased.
    """
    recorded = read_by_ids(connection, [id]).get(id)
    root = root_of(connection, id)
    if recorded is None or root is None or root > known:
        raise NotFoundError(what=_EVENT, name=id)
    shown = connection.scalar(
        select(func.max(occurrences.c.position)).where(
            occurrences.c.root == root, occurrences.c.position <= known
        )
    )
    position = int(shown or root)
    row = event_rows(connection, [position], known=known)[0]
    version = read_by_positions(connection, [position])[position]
    before, after = neighbours(connection, position, known=known)
    versions = _versions(connection, root, known)
    return EventAnswer(
        row=replace(row, is_retracted=any(one.what == "retracted" for one in versions)),
        versions=versions,
        asserts=_asserted(connection, position, known),
        previous=before,
        next=after,
        relations=relations(connection, row, known=known),
        hash=version.hash,
        stream=version.event.stream,
        stream_position=version.stream_position,
        recorded=version,
        maskings=_maskings(connection, root),
        rivalry=rivalry(connection, root, known=known),
    )


def _maskings(connection: Connection, root: int) -> tuple[VersionRow, ...]:
    of_any_version = (
        select(erasures.c.masked_by)
        .distinct()
        .join(occurrences, occurrences.c.position == erasures.c.position)
        .where(occurrences.c.root == root)
    )
    found = read_by_positions(connection, connection.scalars(of_any_version))
    return tuple(
        VersionRow(position, "masked", _reason(found[position]), (), None, found[position])
        for position in sorted(found)
    )


_WHAT = {
    "claim_corrected": "corrected",
    "claim_retracted": "retracted",
    "claim_disputed": "disputed",
    "dispute_settled": "settled",
}


def _versions(connection: Connection, root: int, known: int) -> tuple[VersionRow, ...]:
    chain = connection.execute(
        select(occurrences.c.position, occurrences.c.gone).where(occurrences.c.root == root)
    ).all()
    argued = connection.execute(
        select(disputes.c.position, disputes.c.settled).where(disputes.c.root == root)
    ).all()
    positions = {one for row in (*chain, *argued) for one in row if one is not None}
    # A correction that was masked is no version any more, and what came after it hangs on nothing.
    positions |= set(connection.scalars(_erased_with(row.position for row in chain)))
    wanted = sorted(position for position in positions if position <= known)
    recorded = read_by_positions(connection, wanted)
    own = [row.position for row in chain if row.position <= known]
    rows = {row.position: row for row in event_rows(connection, own, known=known)}
    return tuple(
        VersionRow(
            position,
            _WHAT.get(recorded[position].event.kind, "recorded"),
            _reason(recorded[position]),
            tuple(
                name
                for name in str(recorded[position].event.data.get("fields", "")).split(", ")
                if name
            ),
            rows.get(position),
            recorded[position],
        )
        for position in wanted
    )


def _erased_with(versions: Iterable[int]) -> Select[tuple[int]]:
    """Return where stands what lost its text together with one of the versions."""
    maskings = select(erasures.c.masked_by).where(erasures.c.position.in_(list(versions)))
    return select(erasures.c.position).where(erasures.c.masked_by.in_(maskings))


def _reason(recorded: RecordedEvent) -> Words:
    reason = recorded.event.data.get("reason")
    return Words(reason["zh"], reason["en"]) if isinstance(reason, dict) else Words("", "")


def _asserted(connection: Connection, position: int, known: int) -> tuple[Asserted, ...]:
    """Return what the version at *position* asserts, in words."""
    said = said_at(read_by_positions(connection, [position])[position])
    slugs = [mention.id for mention in said.entities]
    told = wording(connection, slugs, ground=ground(connection, known=known))
    kind = kind_of(said)
    found = []
    for one in assertions(said):
        attribute = ENTITY_TYPES[one.entity_type].attributes[one.attribute]
        value = (
            None if one.value is None else told.value(one.entity_type, one.attribute, one.value)
        )
        found.append(
            Asserted(
                told.names[one.entity],
                one.attribute,
                attribute.label,
                told.parts(
                    kind, one.parts_of(one.member, kind=kind.name, attribute=one.attribute)
                ),
                value,
            )
        )
    return tuple(found)
