"""Read model: events in the order in which they occurred, with whom they touch and who says so."""

from sqlalchemy import Connection

from archive.projections import rows
from archive.projections.days import lasting, precision
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
VERSION = 1
TABLES = (disputes, occurrence_sources, occurrence_entities, occurrences)

# Low numbers come first: landmark 0, high 0.
RANKS = {name: rank for rank, name in enumerate(IMPORTANCE)}
_GROUPS = {one.name: one.group.value for one in KINDS.values()}
CONFIDENCES = {name: rank for rank, name in enumerate(CONFIDENCE)}


def apply(connection: Connection, batch: Batch) -> None:
    """Take in the versions of events that *batch* brings, and what it says of disputes."""
    said = [(one, one.event) for one in batch.effects if one.event is not None]
    numbers = batch.numbers.entities
    rows.add(
        connection,
        occurrences,
        [_occurrence(one, event, batch.ends.get(one.position)) for one, event in said],
    )
    touched = [
        (numbers[each.id], one.position, each.role)
        for one, event in said
        for each in event.entities
    ]
    cited = [(claim.source, one.position) for one, event in said for claim in event.claims]
    rows.add(connection, occurrence_entities, list(dict.fromkeys(touched)))
    rows.add(connection, occurrence_sources, list(dict.fromkeys(cited)))
    ended = [(position, version) for version, position in batch.ended_before.items()]
    rows.change(connection, occurrences, ("gone",), ended, by=("position",))
    _argue(connection, batch)


def _occurrence(effect: Effect, event: Event, gone: int | None) -> Line:
    edtf = event.occurred.edtf
    return (
        effect.position,
        effect.root,
        event.kind,
        _GROUPS[event.kind],
        *lasting(edtf),
        precision(edtf),
        RANKS[event.importance],
        min([CONFIDENCES[claim.confidence] for claim in event.claims], default=0),
        gone,
    )


def _argue(connection: Connection, batch: Batch) -> None:
    """Open disputes, and settle those that are open; mark the claim that was preferred."""
    arguing = [
        one
        for one in batch.effects
        if one.recorded.event.kind in {"claim_disputed", "dispute_settled"}
    ]
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
