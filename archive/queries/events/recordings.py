"""What was recorded lately: the archive's own history, newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from archive.languages import Words
from archive.log import read_backwards
from archive.queries.answers import words_of
from archive.queries.known.rows import MASKED

CORRECTIONS = (
    "claim_corrected",
    "claim_retracted",
    "claim_disputed",
    "dispute_settled",
    "entities_merged",
    "entity_split",
    "text_masked",
)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One event of the log as recorded; ``target`` is the event that it is about, if any."""

    position: int
    event_id: str
    kind: str
    title: Words
    recorded_at: datetime
    recorded_by: str
    target: str


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
    rows = tuple(
        ChangeRow(
            one.position,
            one.event.id,
            one.event.kind,
            MASKED if one.is_masked else words_of(one.event.title),
            one.recorded_at,
            one.recorded_by,
            str(one.event.data.get("target", "")),
        )
        for one in found[:limit]
    )
    return ChangesPage(rows, rows[-1].position if len(found) > limit else None)
