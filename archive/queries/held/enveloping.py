"""What is read of the events behind an answer: their addresses, dates, trust, and whom they cite.

Of an event no more is read than its envelope and whom it cites: the log's text is opened only of
corrections, which tell their date in it, of events that cite several sources, whose order is in
it, and of whoever takes up a post for whether that is for the time being. So an answer costs
little more in words than in keys.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection, Select, case, select

from archive.log import read_by_positions
from archive.log.tables import events as log_events
from archive.projections import CONFIDENCES
from archive.projections.tables import occurrence_sources, occurrences
from archive.queries.answers import SourceRef
from archive.queries.known.asking import among, asked, is_own
from archive.queries.known.ground import Ground
from archive.queries.known.nesting import is_server
from archive.queries.known.rows import said_at, source_refs


class _Envelope(NamedTuple):
    """A line of what is read: of an event, and of one of the sources that it cites."""

    position: int
    id: str
    edtf: str
    is_about: bool
    is_masked: bool
    post: bytes | None
    rank: int | None
    source: str | None
    kind: str


_NAMES: Final = tuple(CONFIDENCES)
TAKES_UP: Final = "role_started"


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the event behind a fact: its address, kind, since when, whom it cites.

    ``confidence`` is that of the claim to be trusted most; ``is_interim`` tells that it is of a
    post taken up for the time being.
    """

    event_id: str
    kind: str
    since: str
    sources: tuple[SourceRef, ...]
    confidence: str
    is_interim: bool


class _Post(msgspec.Struct):
    interim: bool | str = False


class _Version(msgspec.Struct):
    data: _Post


class _Data(msgspec.Struct):
    interim: bool | str = False
    event: _Version | None = None


class _Text(msgspec.Struct):
    """Of the text of whoever takes up a post no more than that; a correction has it within."""

    data: _Data


_TEXT: Final = msgspec.json.Decoder(_Text)


def addresses(connection: Connection, positions: Iterable[int]) -> dict[int, str]:
    """Return the id of the event that each of *positions* is a version of."""
    asked_of = sorted(positions)
    if not asked_of:
        return {}
    query = _addresses(on_server=is_server(connection))
    return dict(asked(connection, query, {"positions": asked_of}))


@cache
def _addresses(*, on_server: bool) -> Select[Any]:
    return (
        select(occurrences.c.position, log_events.c.id)
        .join(log_events, log_events.c.position == occurrences.c.root)
        .where(among(occurrences.c.position, "positions", on_server=on_server))
    )


@cache
def _envelopes_at(*, on_server: bool) -> Select[Any]:
    """Return the query for what the envelopes at positions tell, a line for each source cited."""
    return (
        select(
            log_events.c.position,
            log_events.c.id,
            log_events.c.edtf,
            log_events.c.about.is_not(None),
            log_events.c.payload.is_(None),
            case((is_own(occurrences.c.kind, [TAKES_UP]), log_events.c.payload)).label("post"),
            occurrences.c.confidence,
            occurrence_sources.c.source,
            occurrences.c.kind,
        )
        .outerjoin(occurrences, occurrences.c.position == log_events.c.position)
        .outerjoin(occurrence_sources, occurrence_sources.c.position == log_events.c.position)
        .where(among(log_events.c.position, "positions", on_server=on_server))
    )


def told_of(connection: Connection, positions: set[int], ground: Ground) -> dict[int, Told]:
    """Return what is told of the version of an event at each of *positions*."""
    query = _envelopes_at(on_server=is_server(connection))
    rows = [_Envelope(*row) for row in asked(connection, query, {"positions": sorted(positions)})]
    ids, since, cited = _envelopes(rows)
    kinds = {row.position: row.kind for row in rows}
    ranks = {row.position: 0 if row.is_masked else row.rank or 0 for row in rows}
    interim = {row.position for row in rows if row.post and is_interim(row.post)}
    corrected = [row.position for row in rows if row.is_about]
    ids |= addresses(connection, corrected)
    opened = {*corrected, *(position for position, some in cited.items() if len(some) > 1)}
    for position, recorded in read_by_positions(connection, opened).items():
        said = said_at(recorded)
        since[position] = said.occurred.edtf
        cited[position] = [claim.source for claim in said.claims]
    known = {slug for some in cited.values() for slug in some}
    sources = source_refs(connection, known, known=ground.known)
    return {
        position: Told(
            event_id,
            kinds[position],
            since[position],
            tuple(sources[slug] for slug in dict.fromkeys(cited[position])),
            _NAMES[ranks[position]],
            position in interim,
        )
        for position, event_id in ids.items()
    }


def is_interim(payload: bytes) -> bool:
    """Tell whether the text of who takes up a post, or of its correction, calls it interim."""
    data = _TEXT.decode(bytes(payload)).data
    return (data.event.data if data.event else data).interim is True


def _envelopes(
    rows: Iterable[_Envelope],
) -> tuple[dict[int, str], dict[int, str], dict[int, list[str]]]:
    """Return the address, the date and the sources of each position; a masked one cites none."""
    ids: dict[int, str] = {}
    since: dict[int, str] = {}
    cited: dict[int, list[str]] = {}
    for row in rows:
        ids[row.position], since[row.position] = row.id, row.edtf
        some = cited.setdefault(row.position, [])
        some += [row.source] if row.source and not row.is_masked else []
    return ids, since, cited
