"""The seal of a state: one hash for all that a citation pins, in its versioned format.

Format 2. The text hashed is UTF-8; each line is canonical JSON (keys in order of their code
points, no blanks) and a line feed. The first line is the question:

    definition, entity, format (2), held_on (ISO day), known_position, possible (whether what is
    only possible is among the rows), tab ("" for all facts), type, where (sorted pairs of
    attribute and value)

Then comes a line for each row of the whole answer, however pages cut it, the lines in the order
of their bytes:

    attribute, changed_today, disputed, entity, member, standing, type, values

values is a list in the answer's own order, best first: basis, confidence, event, interim, key,
preferred, set_aside, since (EDTF), sources (ids). Words for people are left out, labels, names and
reasons: a better translation changes no seal. A seal is written ``sha256:`` and 64 hexadecimal
digits.

Format 1, in which states were cited before, has the number 1 in its first line, and of each value
event, key, preferred, since and sources alone: not how far a value is to be trusted, what it rests
on, whether a post is held for the time being and whether a claim was set aside. What was cited so
is held against it still.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import msgspec
from sqlalchemy import Connection

from archive.log.tiles import Tree
from archive.queries.as_of import AsOf
from archive.queries.held.phrasing import StateRow
from archive.queries.held.states import state
from archive.queries.held.telling import StateValue

SEAL_FORMAT: Final = 2
# In which states may have been cited, the newest first.
SEAL_FORMATS: Final = (SEAL_FORMAT, 1)
_ENTITIES_AT_A_TIME: Final = 5000
_ENCODER: Final = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True, slots=True)
class Asked:
    """One state that is asked for: its two times, and all that narrows it."""

    as_of: AsOf
    tab: str = ""
    entity: str = ""
    entity_type: str = ""
    where: tuple[tuple[str, str], ...] = ()
    with_possible: bool = True
    definition: str = ""


def whole(connection: Connection, asked: Asked) -> tuple[StateRow, ...]:
    """Return every row of the state asked for, in order."""
    rows: list[StateRow] = []
    after: str | None = None
    while True:
        answer = state(
            connection,
            as_of=asked.as_of,
            entity=asked.entity,
            entity_type=asked.entity_type,
            tab=asked.tab,
            where=asked.where,
            limit=_ENTITIES_AT_A_TIME,
            after=after,
        )
        rows += answer.rows
        after = answer.next
        if after is None:
            break
    return tuple(row for row in rows if asked.with_possible or row.standing != "possible")


def seal(asked: Asked, rows: Iterable[StateRow], *, form: int = SEAL_FORMAT) -> str:
    """Return the seal of the state asked for, of which *rows* are the whole answer.

    It is that of the format *form*, one of SEAL_FORMATS.
    """
    digest = sha256(_line(_question(asked, form)))
    for line in sorted(_line(_row(row, form)) for row in rows):
        digest.update(line)
    return f"sha256:{digest.hexdigest()}"


def log_root(connection: Connection, *, position: int) -> str:
    """Return the root of the log's Merkle tree over the events up to *position*.

    A later log has the same root there, or it is not the same log; a signed checkpoint at or
    above the position vouches for it. Where tiles are kept it costs few reads.
    """
    return f"sha256:{Tree(connection).root(position).hex()}"


def _line(value: object) -> bytes:
    return _ENCODER.encode(value) + b"\n"


def _question(asked: Asked, form: int) -> dict[str, object]:
    return {
        "definition": asked.definition,
        "entity": asked.entity,
        "format": form,
        "held_on": asked.as_of.valid.isoformat(),
        "known_position": asked.as_of.known,
        "possible": asked.with_possible,
        "tab": asked.tab,
        "type": asked.entity_type,
        "where": sorted(set(asked.where)),
    }


def _row(row: StateRow, form: int) -> dict[str, object]:
    return {
        "attribute": row.attribute,
        "changed_today": row.changed_today,
        "disputed": row.is_disputed,
        "entity": row.entity.id,
        "member": row.member,
        "standing": row.standing,
        "type": row.entity.type,
        "values": [_value(value, form) for value in row.values],
    }


def _value(value: StateValue, form: int) -> dict[str, object]:
    said: dict[str, object] = {
        "event": value.event_id,
        "key": value.key,
        "preferred": value.is_preferred,
        "since": value.since,
        "sources": [source.id for source in value.sources],
    }
    if form == 1:
        return said
    return said | {
        "basis": value.basis,
        "confidence": value.confidence,
        "interim": value.is_interim,
        "set_aside": value.is_set_aside,
    }
