"""The plan of an import: what becomes of each row of its file."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, Row, false, func, or_, select, true

from archive.ingest.jobs.standing import ATTACH, CONFLICT, CREATE, ERROR, SKIP
from archive.languages import Words
from archive.storage.desk import import_rows


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of a plan: where it stands, what becomes of it, and why not."""

    number: int
    place: str
    fate: str
    event_id: str
    target: str
    title: Words
    said: tuple[Words, ...]
    is_done: bool


def counts_of(connection: Connection, name: str) -> dict[str, int]:
    """Return how many rows of the plan there are of each fate."""
    query = (
        select(import_rows.c.fate, func.count().label("many"))
        .where(import_rows.c.import_id == name)
        .group_by(import_rows.c.fate)
    )
    found = {row.fate: row.many for row in connection.execute(query)}
    return {fate: found.get(fate, 0) for fate in (CREATE, ATTACH, SKIP, CONFLICT, ERROR)}


def records_any(
    connection: Connection, name: str, kinds: frozenset[str], *, is_undone: bool = False
) -> bool:
    """Tell whether the plan, or its undoing, is about an event of one of *kinds*; ``*`` is all.

    A source that is attached is a correction; what is undone is a retraction besides.
    """
    said = import_rows.c.draft
    asked = [said.contains(f'"kind":"{kind}"', autoescape=True) for kind in sorted(kinds)]
    if "claim_corrected" in kinds:
        asked.append(import_rows.c.fate == ATTACH)
    if "claim_retracted" in kinds and is_undone:
        asked.append(import_rows.c.fate == CREATE)
    wanted = true() if "*" in kinds else or_(false(), *asked)
    theirs = (import_rows.c.import_id == name, import_rows.c.fate.in_((CREATE, ATTACH)))
    query = select(import_rows.c.number).where(*theirs, wanted).limit(1)
    return connection.scalar(query) is not None


def rows_of(
    connection: Connection, name: str, *, fate: str = "", after: int = 0, limit: int = 100
) -> list[PlannedRow]:
    """Return rows of the plan in their order, those of one fate if asked for."""
    wanted = [import_rows.c.import_id == name, import_rows.c.number > after]
    if fate:
        wanted.append(import_rows.c.fate == fate)
    query = select(import_rows).where(*wanted).order_by(import_rows.c.number).limit(limit)
    return [_planned(row) for row in connection.execute(query)]


def _planned(row: Row[tuple[object, ...]]) -> PlannedRow:
    draft = json.loads(row.draft)
    title = draft.get("title", {})
    return PlannedRow(
        number=row.number,
        place=row.place,
        fate=row.fate,
        event_id=row.event_id,
        target=row.target,
        title=Words(title.get("zh", ""), title.get("en", "")),
        said=tuple(Words(one["zh"], one["en"]) for one in json.loads(row.said or "[]")),
        is_done=row.is_done == 1,
    )
