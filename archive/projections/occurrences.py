"""Read model: events in the order in which they occurred, with whom they touch and who says so."""

from collections.abc import Iterable

from sqlalchemy import Connection

from archive.dates import clock_number
from archive.projections import rows
from archive.projections.days import told
from archive.projections.history import Batch, Effect
from archive.projections.rows import Line
from archive.projections.tables import (
    disputes,
    occurrence_entities,
    occurrence_sources,
    occurrences,
)
from archive.vocabulary import CONFIDENCE, IMPORTANCE, KINDS, Event

NAME = "timeline"
VERSION = 2
TABLES = (disputes, occurrence_sources, occurrence_entities, occurrences)

# Low numbers come first: landmark 0, high 0.
RANKS = {name: rank for rank, name in enumerate(IMPORTANCE)}
_GROUPS = {one.name: one.group.value for one in KINDS.values()}
CONFIDENCES = {name: rank for rank, name in enumerate(CONFIDENCE)}


def apply(connection: Connection, batch: Batch) -> None:
    """Take in the versions of events that *batch* brings, and what it says of disputes."""
    numbers, ends = batch.numbers.entities, batch.ends
    for one in batch.effects:
        event, position = one.event, one.position
        if event is not None:
            batch.told.append(_occurrence(one, event, ends.get(position)))
            touched = [(numbers[each.id], position, each.role) for each in event.entities]
            cited = [(claim.source, position) for claim in event.claims]
            batch.touching.extend(_once_each(touched))
            batch.citing.extend(_once_each(cited))
    rows.add(connection, occurrences, batch.told)
    rows.add(connection, occurrence_entities, batch.touching)
    rows.add(connection, occurrence_sources, batch.citing)
    ended = [(position, version) for version, position in batch.ended_before.items()]
    rows.change(connection, occurrences, ("gone",), ended, by=("position",))
    _argue(connection, batch)


def _once_each(lines: list[Line]) -> Iterable[Line]:
    return dict.fromkeys(lines) if len(lines) > 1 else lines


def _occurrence(effect: Effect, event: Event, gone: int | None) -> Line:
    when, claims = told(event.occurred.edtf), event.claims
    lo, v, hi = when.whole
    return (
        effect.position,
        effect.root,
        event.kind,
        _GROUPS[event.kind],
        lo,
        v,
        hi,
        when.precision,
        RANKS[event.importance],
        min([CONFIDENCES[claim.confidence] for claim in claims]) if claims else 0,
        clock_number(event.occurred.clock),
        gone,
    )


def _argue(connection: Connection, batch: Batch) -> None:
    """Open disputes, and settle those that are open; mark the claim that was preferred."""
    arguing = [
        one
        for one in batch.effects
        if one.recorded.event.kind in {"claim_disputed", "dispute_settled"}
    ]
    if not arguing:
        return
    roots = {root for one in arguing for root in one.about if root is not None}
    found = rows.find(
        connection, disputes, ("position", "root"), by=("root",), keys=roots, unset="settled"
    )
    before = {tuple(row) for row in found}
    argued: dict[Line, tuple[int | None, int]] = dict.fromkeys(before, (None, 0))
    for effect in arguing:
        argued |= _argued(effect, argued)
    opened = [(*key, *outcome) for key, outcome in argued.items() if key not in before]
    rows.add(connection, disputes, opened)
    settled = [(*argued[key], *key) for key in before if argued[key][0] is not None]
    rows.change(connection, disputes, ("settled", "chosen"), settled, by=("position", "root"))


def _argued(
    effect: Effect, argued: dict[Line, tuple[int | None, int]]
) -> dict[Line, tuple[int | None, int]]:
    """Return the disputes that *effect* opens or ends; one may be settled that was never open."""
    rivals = sorted({root for root in effect.about if root is not None})
    here = [(effect.position, root) for root in rivals]
    if effect.recorded.event.kind == "claim_disputed":
        return dict.fromkeys(here, (None, 0))
    ends = [
        key for key, (settled, _chosen) in argued.items() if settled is None and key[1] in rivals
    ]
    known = {root for _position, root in ends}
    ends += [key for key in here if key[1] not in known]
    return {key: (effect.position, int(key[1] == effect.about[0])) for key in ends}
