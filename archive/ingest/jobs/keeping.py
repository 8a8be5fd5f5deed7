"""The imports that are kept: the file of each, and how far it is."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from archive.commands.recording import new_id
from archive.errors import NotFoundError, UnknownNameError
from archive.ingest.jobs.mapped import mapping_of
from archive.ingest.jobs.standing import (
    LINES,
    MAPPABLE,
    MAPPING,
    RUNNING,
    SECTIONS,
    SHEETS,
    WAITING,
    UnplannedError,
)
from archive.ingest.mapping import ColumnMapping
from archive.languages import Words
from archive.log import to_instant, to_microseconds
from archive.storage.desk import import_rows, imports

_JOB: Final = Words("导入", "import")


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


def remove_file(connection: Connection, name: str) -> None:
    """Let the file of a job go; what it recorded stays, and can still be taken back.

    A job that recorded nothing goes with its file. UnplannedError where somebody works on it.
    """
    mine = imports.c.id == name
    unused = delete(imports).where(mine, imports.c.status.in_(MAPPABLE))
    if connection.execute(unused).rowcount:
        connection.execute(delete(import_rows).where(import_rows.c.import_id == name))
        return
    kept = update(imports).where(mine, imports.c.status.not_in(RUNNING))
    if not connection.execute(kept.values(content=b"")).rowcount:
        raise UnplannedError


def content_of(connection: Connection, name: str) -> bytes:
    """Return the file of a job."""
    found = connection.scalar(select(imports.c.content).where(imports.c.id == name))
    return bytes(found or b"")


def _job(row: Row[tuple[object, ...]]) -> Job:
    said = json.loads(row.said) if row.said else {"zh": "", "en": ""}
    return Job(
        id=row.id,
        account=row.account,
        name=row.name,
        columns=mapping_of(row.columns),
        status=row.status,
        position=row.position,
        done=row.done,
        total=row.total,
        said=Words(said["zh"], said["en"]),
        created_at=to_instant(row.created_at),
        seen_at=to_instant(row.seen_at),
    )
