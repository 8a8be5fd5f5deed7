"""Imports of the desk as they are kept: the file, its mapping, its plan, and how far it is.

A job lives in the database, so any process may go on with it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    and_,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from archive.commands.recording import new_id
from archive.errors import ArchiveError, NotFoundError, RefusedError, UnknownNameError
from archive.ingest.mapping import ColumnMapping
from archive.languages import Words
from archive.log import now, to_instant, to_microseconds
from archive.storage import writing
from archive.storage.desk import import_mappings, import_rows, imports

MAPPING, WAITING, CHECKING, PLANNED = "mapping", "waiting", "checking", "planned"
COMMITTING, DONE, MOVED, STOPPED = "committing", "done", "moved", "stopped"
UNDOING, UNDONE = "undoing", "undone"
RUNNING: Final = frozenset({CHECKING, COMMITTING, UNDOING})
# What a job may stand as when each thing is begun with it; the running ones to be gone on with.
MAPPABLE: Final = frozenset({MAPPING, WAITING, PLANNED, MOVED})
CHECKABLE: Final = frozenset({WAITING, PLANNED, MOVED, CHECKING})
COMMITTABLE: Final = frozenset({PLANNED, STOPPED, COMMITTING})
UNDOABLE: Final = frozenset({DONE, STOPPED, UNDOING})
# Who works on a job gives a sign of it far more often.
STALE_SECONDS: Final = 120
CREATE, ATTACH, SKIP, CONFLICT, ERROR = "create", "attach", "skip", "conflict", "error"
SHEETS: Final = (".csv",)
LINES: Final = (".jsonl", ".ndjson")
SECTIONS: Final = (".yaml", ".yml")
_JOB: Final = Words("导入", "import")


class MovedError(RefusedError):
    """The archive is no longer what the plan was made for."""

    sentence = Words(
        zh="制定计划之后档案已有变动；请重新核对，再执行。",
        en="The archive moved since the plan was made; check the file again, then take it in.",
    )


class UnplannedError(RefusedError):
    """The plan holds errors or conflicts, or is not in a state to be carried out."""

    sentence = Words(
        zh="此计划不能执行：仍有错误或冲突，或已在处理。",
        en="The plan cannot be carried out: it holds errors or conflicts, or is under way.",
    )


class LeftError(RefusedError):
    """Somebody else went on with the job, or ended it; whoever hears this leaves it alone."""

    sentence = Words(
        zh="此导入已由他人接手，或已结束。",
        en="Somebody else has gone on with this import, or it has ended.",
    )


@dataclass(frozen=True, slots=True)
class Job:
    """One import: how it stands, how far it is, and where the log ended when it was planned."""

    id: str
    account: str
    name: str
    columns: ColumnMapping
    status: str
    position: int
    done: int
    total: int
    said: Words
    created_at: datetime
    seen_at: datetime

    @property
    def is_sheet(self) -> bool:
        """Tell whether the file has columns to be mapped."""
        return Path(self.name).suffix.lower() in SHEETS

    @property
    def is_running(self) -> bool:
        """Tell whether somebody works on it."""
        return self.status in RUNNING


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


def new_job(
    connection: Connection, *, name: str, content: bytes, account: str, at: datetime
) -> str:
    """Keep a file to be taken in and return the job's id; raises UnknownNameError."""
    suffix = Path(name).suffix.lower()
    known = (*SHEETS, *LINES, *SECTIONS)
    if suffix not in known:
        what = Words("可读的文件种类", "kind of file that can be read")
        raise UnknownNameError(what=what, name=Path(name).name, known=known, field="file")
    row = {
        "id": new_id(),
        "account": account,
        "name": Path(name).name[:200],
        "content": content,
        "status": MAPPING if suffix in SHEETS else WAITING,
        "created_at": to_microseconds(at),
    }
    connection.execute(insert(imports), row)
    return str(row["id"])


def job_called(connection: Connection, name: str) -> Job:
    """Return the job called *name*; raises NotFoundError."""
    columns = [one for one in imports.c if one.name != "content"]
    row = connection.execute(select(*columns).where(imports.c.id == name)).one_or_none()
    if row is None:
        raise NotFoundError(what=_JOB, name=name)
    return _job(row)


def jobs_of(connection: Connection, *, limit: int = 30) -> list[Job]:
    """Return the latest imports, the newest first."""
    columns = [one for one in imports.c if one.name != "content"]
    query = select(*columns).order_by(imports.c.created_at.desc(), imports.c.id.desc())
    return [_job(row) for row in connection.execute(query.limit(limit))]


def content_of(connection: Connection, name: str) -> bytes:
    """Return the file of a job."""
    found = connection.scalar(select(imports.c.content).where(imports.c.id == name))
    return bytes(found or b"")


def map_columns(connection: Connection, name: str, mapping: ColumnMapping) -> None:
    """Keep what the columns of a job's sheet are read as; it waits to be checked.

    Raises UnplannedError for a job that is worked on, or that recorded anything.
    """
    said = json.dumps(
        {"columns": dict(mapping.columns), "constants": dict(mapping.constants)},
        ensure_ascii=False,
    )
    standing = (imports.c.id == name, imports.c.status.in_(MAPPABLE))
    changed = update(imports).where(*standing).values(columns=said, status=WAITING)
    if not connection.execute(changed).rowcount:
        raise UnplannedError


def save_mapping(
    connection: Connection, mapping: ColumnMapping, *, name: str, account: str, at: datetime
) -> None:
    """Keep a mapping under a name, for the next sheet of its sort."""
    said = {"columns": dict(mapping.columns), "constants": dict(mapping.constants)}
    row = {
        "columns": json.dumps(said, ensure_ascii=False),
        "account": account,
        "saved_at": to_microseconds(at),
    }
    same = import_mappings.c.name == name
    if not connection.execute(update(import_mappings).where(same).values(row)).rowcount:
        connection.execute(insert(import_mappings), {"name": name, **row})


def saved_mappings(connection: Connection) -> dict[str, ColumnMapping]:
    """Return the mappings kept, by name."""
    query = select(import_mappings).order_by(import_mappings.c.name)
    return {row.name: _mapping(row.columns) for row in connection.execute(query)}


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


def begin(connection: Connection, name: str, *, status: str, since: frozenset[str]) -> None:
    """Let a job stand as *status*; raises UnplannedError unless it stands as one of *since*.

    What somebody works on is begun again only where no sign of that came for long.
    """
    at = _seen_now()
    is_stale = imports.c.seen_at < at - STALE_SECONDS * 1_000_000
    may = or_(
        imports.c.status.in_(since - RUNNING),
        and_(imports.c.status.in_(since & RUNNING), is_stale),
    )
    changed = update(imports).where(imports.c.id == name, may)
    if not connection.execute(changed.values(status=status, said="", seen_at=at)).rowcount:
        raise UnplannedError


def go_on(
    connection: Connection,
    name: str,
    *,
    since: frozenset[str],
    seen: int | None = None,
    **values: object,
) -> int:
    """Note how far a job is and return the sign that this was seen; raises LeftError.

    It was left where it stands as none of *since*, or where another sign than *seen* is on it.
    """
    at = _seen_now()
    mine = [imports.c.id == name, imports.c.status.in_(since)]
    if seen is not None:
        mine.append(imports.c.seen_at == seen)
    changed = update(imports).where(*mine).values(seen_at=at, **values)
    if not connection.execute(changed).rowcount:
        raise LeftError
    return at


def stop(engine: Engine, name: str, error: ArchiveError) -> None:
    """Note why a job stopped; what it recorded so far stays, and can be taken back.

    Of a check that failed nothing stays but its words: a plan is whole or is none.
    """
    if isinstance(error, LeftError):
        return
    said = json.dumps(in_both(error), ensure_ascii=False)
    with writing(engine) as connection:
        status = job_called(connection, name).status
        if status == CHECKING:
            connection.execute(delete(import_rows).where(import_rows.c.import_id == name))
            values: dict[str, object] = {"status": WAITING, "done": 0, "total": 0}
        else:
            values = {"status": STOPPED}
        still = (imports.c.id == name, imports.c.status == status, imports.c.status.in_(RUNNING))
        connection.execute(update(imports).where(*still).values(said=said, **values))


def _seen_now() -> int:
    return to_microseconds(now())


def in_both(error: ArchiveError) -> dict[str, str]:
    """Return the sentence of *error* in both languages, as it is kept."""
    return {"zh": error.words("zh"), "en": error.words("en")}


def _mapping(text: str) -> ColumnMapping:
    said = json.loads(text or "{}")
    return ColumnMapping(said.get("columns", {}), said.get("constants", {}))


def _job(row: Row[tuple[object, ...]]) -> Job:
    said = json.loads(row.said) if row.said else {"zh": "", "en": ""}
    return Job(
        id=row.id,
        account=row.account,
        name=row.name,
        columns=_mapping(row.columns),
        status=row.status,
        position=row.position,
        done=row.done,
        total=row.total,
        said=Words(said["zh"], said["en"]),
        created_at=to_instant(row.created_at),
        seen_at=to_instant(row.seen_at),
    )


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
