"""How an import goes from one standing to the next, whoever works on it."""

import json

from sqlalchemy import Connection, Engine, and_, delete, or_, update

from archive.errors import ArchiveError
from archive.ingest.jobs.keeping import job_called
from archive.ingest.jobs.standing import (
    CHECKING,
    RUNNING,
    STALE_SECONDS,
    STOPPED,
    WAITING,
    LeftError,
    UnplannedError,
)
from archive.log import now, to_microseconds
from archive.storage import writing
from archive.storage.desk import import_rows, imports


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
