"""What was recorded lately: the archive's own history, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from archive.languages import Words
from archive.log import RecordedEvent, read_backwards, read_by_ids
from archive.queries.answers import words_of
from archive.queries.known.rows import MASKED
from archive.vocabulary import Event, Mention

CORRECTIONS = (
    "claim_corrected",
    "claim_retracted",
    "claim_disputed",
    "dispute_settled",
    "entities_merged",
    "entity_split",
    "text_masked",
)

# The role of the entity that a kind of event makes another of.
_RESHAPED: Final = {"entities_merged": "into", "entity_split": "entity"}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One event of the log as recorded.

    ``target`` is the event that it is about first of all, and ``about`` what that was called when
    it was recorded; ``entity`` is the one that it merges others into or splits; empty where there
    is none.
    """

    position: int
    event_id: str
    kind: str
    title: Words
    recorded_at: datetime
    recorded_by: str
    target: str
    about: Words
    entity: str


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """A page of the log, newest first; the next page lies before the position ``next``."""

    rows: tuple[ChangeRow, ...]
    next: int | None


def changes(
    connection: Connection,
    *,
    before: int | None = None,
    limit: int,
    only_corrections: bool = False,
) -> ChangesPage:
    """Return the newest *limit* events before position *before*."""
    found = read_backwards(
        connection,
        before=before,
        limit=limit + 1,
        of_kinds=CORRECTIONS if only_corrections else (),
    )
    rows = change_rows(connection, found[:limit])
    return ChangesPage(rows, rows[-1].position if len(found) > limit else None)


def change_rows(
    connection: Connection, recorded: Sequence[RecordedEvent]
) -> tuple[ChangeRow, ...]:
    """Return what is told of events of the log; of what was masked no title."""
    targets = read_by_ids(connection, list({one.about[0]: None for one in recorded if one.about}))
    return tuple(_change_row(one, targets) for one in recorded)


def _change_row(one: RecordedEvent, targets: Mapping[str, RecordedEvent]) -> ChangeRow:
    target = one.about[0] if one.about else ""
    return ChangeRow(
        one.position,
        one.event.id,
        one.event.kind,
        _title(one),
        one.recorded_at,
        one.recorded_by,
        target,
        _title(targets[target]) if target in targets else Words("", ""),
        next((mention.id for mention in _reshaped(one.event)), ""),
    )


def _title(one: RecordedEvent) -> Words:
    return MASKED if one.is_masked else words_of(one.event.title)


def _reshaped(event: Event) -> tuple[Mention, ...]:
    role = _RESHAPED.get(event.kind)
    return event.in_role(role) if role else ()
