"""What is done with an import that is planned: the plan carried out, or taken back.

Each step is a short transaction, so nobody waits long for the writer's lock.
"""

import json
from collections.abc import Mapping
from time import sleep
from typing import Final

import msgspec
from sqlalchemy import Connection, Engine, Row, exists, select, update

from archive.commands.correcting import correct
from archive.commands.noting import note
from archive.commands.recording import append_all, checked
from archive.commands.retracting import retract
from archive.commands.supporting import support
from archive.commands.targets import AlreadyRetractedError, as_it_reads, live_target
from archive.errors import RefusedError
from archive.ingest.jobs import (
    ATTACH,
    COMMITTABLE,
    COMMITTING,
    CONFLICT,
    CREATE,
    DONE,
    ERROR,
    MOVED,
    PLANNED,
    SKIP,
    UNDOABLE,
    UNDOING,
    UNDONE,
    MovedError,
    UnplannedError,
    counts_of,
    go_on,
    job_called,
)
from archive.log import Clock, head, hold, now
from archive.storage import writing
from archive.storage.desk import import_rows
from archive.vocabulary import Event

_STANDS: Final = {UnplannedError: PLANNED, MovedError: MOVED}
_AT_ONCE: Final = 300
# Between two pieces others get at the writer's lock, which on SQLite goes to whoever is first.
_PAUSE: Final = 0.1
_CARRIED: Final = frozenset({COMMITTING})
_UNDONE: Final = frozenset({UNDOING})
_MASKED: Final = json.dumps(
    [
        {
            "zh": "其文字此间已被遮蔽，未载入。",
            "en": "Its text was masked meanwhile; it was not taken in.",
        }
    ],
    ensure_ascii=False,
)
_SAYS_SO_TOO: Final = {"zh": "另一来源也这样说。", "en": "Another source says so too."}


def commit(engine: Engine, name: str, *, by: str, clock: Clock = now) -> None:
    """Carry the plan out, piece by piece, and no other.

    Raises MovedError, UnplannedError; LeftError where somebody else ended the job meanwhile.

    Where somebody else records meanwhile, every further piece is checked again, and what is no
    longer as planned stops the job: what it recorded so far can be taken back. A row whose text
    was masked meanwhile is passed over.
    """
    with writing(engine) as connection:
        refusal = _refusal(connection, name)
        status = _STANDS[type(refusal)] if refusal else COMMITTING
        go_on(connection, name, since=COMMITTABLE, status=status)
    if refusal:
        raise refusal
    while True:
        with writing(engine) as connection:
            if not _carry_out(connection, name, by=by, clock=clock):
                # The file has served: a text that is masked later must not live on in it.
                go_on(connection, name, since=_CARRIED, status=DONE, content=b"")
                note(connection, deed="imported", about=name, account=by, now=clock())
                return
        sleep(_PAUSE)


def _refusal(connection: Connection, name: str) -> RefusedError | None:
    """Return why a plan is not carried out; one that has begun goes on from where it is."""
    counts = counts_of(connection, name)
    if counts[ERROR] or counts[CONFLICT]:
        return UnplannedError()
    theirs = (import_rows.c.import_id == name, import_rows.c.is_done != 0)
    has_begun = connection.scalar(select(exists().where(*theirs)))
    is_behind = head(connection)[0] != job_called(connection, name).position
    return MovedError() if is_behind and not has_begun else None


def _carry_out(connection: Connection, name: str, *, by: str, clock: Clock) -> bool:
    """Record the next rows of the plan; tell whether there were any."""
    position, _instant = hold(connection)
    go_on(connection, name, since=_CARRIED)
    job = job_called(connection, name)
    rows = _next_rows(connection, name, is_done=0)
    if not rows:
        return False
    told = [row for row in rows if not _is_emptied(row)]
    events = [msgspec.json.decode(row.draft, type=Event) for row in told if row.fate == CREATE]
    if position != job.position:
        events = checked(connection, [msgspec.to_builtins(one) for one in events])
    if events:
        append_all(connection, events, recorded_by=by, clock=clock)
    for row in told:
        if row.fate == ATTACH:
            _attach(connection, row, by=by, clock=clock)
    _mark(connection, name, rows, is_done=1)
    passed_over = [row for row in rows if _is_emptied(row)]
    _mark(connection, name, passed_over, is_done=1, fate=SKIP, said=_MASKED)
    done, there = job.done + len(rows), head(connection)[0]
    go_on(connection, name, since=_CARRIED, done=done, position=there)
    return True


def _attach(
    connection: Connection, row: Row[tuple[object, ...]], *, by: str, clock: Clock
) -> None:
    event = msgspec.json.decode(row.draft, type=Event)
    for claim in event.claims:
        said = {name: value for name, value in msgspec.to_builtins(claim).items() if value}
        support(
            connection,
            target=row.target,
            claim=said,
            reason=_SAYS_SO_TOO,
            recorded_by=by,
            event_id=row.event_id,
            clock=clock,
        )


def undo(engine: Engine, name: str, *, by: str, clock: Clock = now) -> None:
    """Take back what an import recorded, the last first: a retraction of each event.

    Raises LeftError where the job is not one to be taken back, or somebody else ended it.
    """
    with writing(engine) as connection:
        go_on(connection, name, since=UNDOABLE, status=UNDOING)
        job = job_called(connection, name)
    reason = {"zh": f"撤销导入：{job.name}", "en": f"The import was undone: {job.name}"}
    while True:
        with writing(engine) as connection:
            hold(connection)
            go_on(connection, name, since=_UNDONE)
            rows = _next_rows(connection, name, is_done=1, is_backwards=True)
            if not rows:
                go_on(connection, name, since=_UNDONE, status=UNDONE, done=0)
                note(connection, deed="undone", about=name, account=by, now=clock())
                return
            for row in rows:
                _take_back(connection, row, reason=reason, by=by, clock=clock)
            _mark(connection, name, rows, is_done=2)
            left = job_called(connection, name).done - len(rows)
            go_on(connection, name, since=_UNDONE, done=left)
        sleep(_PAUSE)


def _take_back(
    connection: Connection,
    row: Row[tuple[object, ...]],
    *,
    reason: Mapping[str, str],
    by: str,
    clock: Clock,
) -> None:
    try:
        if row.fate == CREATE:
            retract(connection, target=row.event_id, reason=reason, recorded_by=by, clock=clock)
        elif row.fate == ATTACH and not _is_emptied(row):
            _detach(connection, row, reason=reason, by=by, clock=clock)
    except AlreadyRetractedError:
        return


def _detach(
    connection: Connection,
    row: Row[tuple[object, ...]],
    *,
    reason: Mapping[str, str],
    by: str,
    clock: Clock,
) -> None:
    """Take the claims of a row from the event that they were added to."""
    added = msgspec.json.decode(row.draft, type=Event).claims
    _original, version = live_target(connection, row.target)
    claims = as_it_reads(version).claims
    kept = [one for one in claims if one not in added]
    if kept and len(kept) < len(claims):
        correct(
            connection,
            target=row.target,
            raw={"claims": msgspec.to_builtins(kept)},
            reason_kind="source_error",
            reason=reason,
            recorded_by=by,
            clock=clock,
        )


def _next_rows(
    connection: Connection, name: str, *, is_done: int, is_backwards: bool = False
) -> list[Row[tuple[object, ...]]]:
    number = import_rows.c.number
    query = select(import_rows).where(
        import_rows.c.import_id == name, import_rows.c.is_done == is_done
    )
    order = number.desc() if is_backwards else number
    return list(connection.execute(query.order_by(order).limit(_AT_ONCE)))


def _is_emptied(row: Row[tuple[object, ...]]) -> bool:
    """Tell whether the text of a row went, with a masking of what it is about: its kind stays."""
    return "id" not in msgspec.json.decode(str(row.draft))


def _mark(
    connection: Connection, name: str, rows: list[Row[tuple[object, ...]]], **values: object
) -> None:
    numbers = [row.number for row in rows]
    theirs = (import_rows.c.import_id == name, import_rows.c.number.in_(numbers))
    connection.execute(update(import_rows).where(*theirs).values(**values))
