"""The file of an import checked into a plan: what becomes of each of its rows.

Each step is a short transaction, so nobody waits long for the writer's lock.
"""

import io
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Engine, delete, insert

from archive.commands.noting import note
from archive.ingest.admission import refusals
from archive.ingest.batch import judge
from archive.ingest.csv_rows import read_csv
from archive.ingest.draft import Draft
from archive.ingest.jobs import (
    ATTACH,
    CHECKABLE,
    CHECKING,
    CONFLICT,
    CREATE,
    ERROR,
    LINES,
    PLANNED,
    SECTIONS,
    SKIP,
    Job,
    content_of,
    go_on,
    in_both,
    job_called,
)
from archive.ingest.json_lines import read_json_lines
from archive.ingest.judging import Fate, Judged
from archive.ingest.mapping import mapped_drafts
from archive.ingest.matching import like_events, same_events
from archive.ingest.yaml_sections import read_yaml
from archive.languages import LOCALES, Words
from archive.log import Clock, head, now
from archive.storage import reading, writing
from archive.storage.desk import import_rows
from archive.vocabulary import Event

_FATES: Final = {
    Fate.CREATE: CREATE,
    Fate.ALREADY: SKIP,
    Fate.CONFLICT: CONFLICT,
    Fate.ERROR: ERROR,
}
_SEEMS: Final = Words(
    "似与“{title}”为同一事件；若是，请删去此行，或为那一事件添加来源。",
    "This seems to be “{title}”; if so, take the row out, or add its source to that event.",
)
_AT_ONCE: Final = 300
_CHECKED: Final = frozenset({CHECKING})


def check(engine: Engine, name: str, *, clock: Clock = now) -> None:
    """Plan what becomes of every row of the file; all its errors are found at once.

    Raises LeftError where somebody else took the job up meanwhile.
    """
    with writing(engine) as connection:
        seen = go_on(connection, name, since=CHECKABLE, status=CHECKING, done=0, total=0, said="")
        connection.execute(delete(import_rows).where(import_rows.c.import_id == name))
    with reading(engine) as connection:
        position, _instant = head(connection)
        job = job_called(connection, name)
        judged = judge(connection, _drafts(job, content_of(connection, name)), clock=clock)
        number = 0
        while some := list(islice(judged, _AT_ONCE)):
            events = [one.event for one in some if one.event]
            same = same_events(connection, events)
            like = like_events(connection, events)
            rows = [
                _plan(name, at, one, same, like) for at, one in enumerate(some, start=number + 1)
            ]
            number += len(some)
            with writing(engine) as writer:
                seen = go_on(writer, name, since=_CHECKED, seen=seen, done=number, total=number)
                writer.execute(insert(import_rows), rows)
    with writing(engine) as connection:
        last = {"status": PLANNED, "position": position, "done": 0, "total": number}
        go_on(connection, name, since=_CHECKED, seen=seen, **last)
        note(connection, deed="checked", about=name, account=job.account, now=clock())


def _plan(
    name: str,
    number: int,
    one: Judged,
    same: Mapping[str, str],
    like: Mapping[str, tuple[str, Event]],
) -> dict[str, object]:
    refused = refusals(one)
    said = [in_both(error) for error in (*refused, *one.errors)]
    fate, target = ERROR if refused else _FATES[one.fate], ""
    if fate == CREATE and one.event and one.id in same:
        fate, target = ATTACH, same[one.id]
    elif fate == CREATE and one.event and one.id in like:
        target, held = like[one.id]
        said.append(_repeating(held))
    return {
        "import_id": name,
        "number": number,
        "place": one.place[:300],
        "fate": fate,
        "event_id": one.id,
        "target": target,
        "draft": msgspec.json.encode(one.event).decode() if one.event else "{}",
        "said": json.dumps(said, ensure_ascii=False),
    }


def _repeating(held: Event) -> dict[str, str]:
    """Return the caution about a row that is new, but may say again what is held."""
    return {one: _SEEMS.in_language(one).format(title=held.title.get(one, "")) for one in LOCALES}


def _drafts(job: Job, content: bytes) -> Iterator[Draft]:
    suffix = Path(job.name).suffix.lower()
    if suffix in SECTIONS:
        sections = read_yaml(io.BytesIO(content), name=job.name)
        yield from (*sections.sources, *sections.entities, *sections.events)
    elif suffix in LINES:
        yield from read_json_lines(io.BytesIO(content), name=job.name)
    elif any(job.columns.columns.values()):
        yield from mapped_drafts(content, job.columns, name=job.name)
    else:
        yield from read_csv(io.BytesIO(content), name=job.name)
