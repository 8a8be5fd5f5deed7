"""What the events of a batch do to the history of others: nothing, replace it, or end it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from archive.log import RecordedEvent
from archive.log.tables import events
from archive.projections import rows
from archive.projections.numbering import Numbering
from archive.projections.rows import Line
from archive.projections.tables import occurrences
from archive.vocabulary import Event, Mention, kind_of, nested_event

# Archive kinds that say something of their own, and so can be corrected and retracted too.
_OWN_WORD = frozenset({"source_added", "names_changed"})
_AMENDING = frozenset({"claim_corrected", "claim_retracted"})


class Effect(msgspec.Struct, frozen=True, gc=False):
    """What one recorded event brings into the read models.

    ``event`` is what is to be asserted from ``position`` on (None: nothing). ``root`` is the
    position of the event it is a version of. ``ended`` is the position of the version of it that
    ends here. ``about`` are the roots of the events it speaks of, None for an unknown one.
    """

    recorded: RecordedEvent
    position: int
    root: int
    event: Event | None = None
    ended: int | None = None
    about: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Events that are folded together, in their order, and the numbers given out meanwhile.

    ``ends`` says of the versions that end here at which position each does. The room of the
    entities notes whom an event introduced, by position, and who is called otherwise now; that of
    the timeline the rows that it added; that of the facts what is said, and in which cells, on
    which days, something that may be counted changed, unless nothing ``is_counting`` before the
    end of a rebuild.
    """

    effects: Sequence[Effect]
    ends: dict[int, int]
    numbers: Numbering
    is_counting: bool = True
    introduced: dict[int, list[Mention]] = field(default_factory=dict)
    renamed: set[int] = field(default_factory=set)
    told: list[Line] = field(default_factory=list)
    touching: list[Line] = field(default_factory=list)
    said: list[Any] = field(default_factory=list)
    citing: list[Line] = field(default_factory=list)
    touched: list[tuple[int, int]] = field(default_factory=list)

    @property
    def ended_before(self) -> dict[int, int]:
        """Return ``ends`` of the versions that came before the batch."""
        if not self.ends:
            return {}
        first = self.effects[0].position
        return {version: position for version, position in self.ends.items() if version < first}


def batch_of(
    connection: Connection,
    recorded: Sequence[RecordedEvent],
    *,
    numbers: Numbering,
    is_counting: bool = True,
) -> Batch:
    """Return what *recorded*, the next events of the log, do."""
    spoken_of = dict.fromkeys(one for each in recorded for one in each.about)
    roots, live = _standing(connection, list(spoken_of))
    found: list[Effect] = []
    ends: dict[int, int] = {}
    for one in recorded:
        effect = _effect(one, roots, live)
        found.append(effect)
        if effect.ended is not None:
            ends[effect.ended] = one.position
            live.pop(effect.root)
        if effect.event is not None:
            roots[one.event.id] = effect.root
            live[effect.root] = one.position
    return Batch(found, ends, numbers, is_counting)


def _standing(connection: Connection, ids: Sequence[str]) -> tuple[dict[str, int], dict[int, int]]:
    """Return the roots of the events called *ids*, and the version of each root that stands."""
    if not ids:
        return {}, {}
    positions = dict(
        map(tuple, rows.find(connection, events, ("position", "id"), by=("id",), keys=ids))
    )
    versions = rows.find(
        connection, occurrences, ("position", "root"), by=("position",), keys=list(positions)
    )
    roots = {positions[row[0]]: row[1] for row in versions}
    live = rows.find(
        connection,
        occurrences,
        ("root", "position"),
        by=("root",),
        keys=list(set(roots.values())),
        unset="gone",
    )
    return roots, {row[0]: row[1] for row in live}


def _effect(recorded: RecordedEvent, roots: dict[str, int], live: dict[int, int]) -> Effect:
    """Return what *recorded* does; an event about an unknown target does nothing.

    A correction whose text was masked still ends what it corrects: that does not come back.
    """
    event, position = recorded.event, recorded.position
    if event.kind in _AMENDING:
        root = roots.get(recorded.about[0])
        if root is None:
            return Effect(recorded, position, position)
        return Effect(recorded, position, root, nested_event(event), live.get(root))
    if kind_of(event).is_world or event.kind in _OWN_WORD:
        return Effect(recorded, position, position, event)
    return Effect(
        recorded, position, position, about=tuple(roots.get(one) for one in recorded.about)
    )


def root_of(connection: Connection, event_id: str) -> int | None:
    """Return the root position of the event called *event_id*, or of one it is a version of."""
    version = (
        select(occurrences.c.root)
        .join(events, events.c.position == occurrences.c.position)
        .where(events.c.id == event_id)
    )
    return connection.scalar(version)


def positions_of(connection: Connection, root: int, *, before: int) -> list[int]:
    """Return the positions of all versions of *root* before *before*, in their order."""
    versions = select(occurrences.c.position).where(
        occurrences.c.root == root, occurrences.c.position < before
    )
    return list(connection.scalars(versions.order_by(occurrences.c.position)))
