"""Answers as files: a state as CSV and as JSON Lines, any answer as JSON.

Each says what it answers: both times, what narrows the state, the definition, and the hash that a
citation pins. JSON says so in fields before the rows. CSV says so in columns on every line, for a
comment above the head would be no CSV, and a second file gets lost; JSON Lines does the same in
fields.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Final

import msgspec
from flask import Response

from archive.export import guarded
from archive.languages import Words
from archive.queries import SEAL_FORMAT, Asked, StateRow, StateValue

# Spreadsheets take a file without it for an old local encoding, and Chinese names break.
_BYTE_ORDER_MARK: Final = "\ufeff"
_COLUMNS: Final = (
    "held_on",
    "known_position",
    "filters",
    "definition",
    "hash",
    "entity",
    "entity_type",
    "entity_zh",
    "entity_en",
    "attribute",
    "member",
    "member_zh",
    "member_en",
    "value",
    "value_zh",
    "value_en",
    "since",
    "standing",
    "reason_zh",
    "reason_en",
    "is_disputed",
    "is_preferred",
    "event",
    "sources",
)
_NO_WORDS: Final = Words("", "")


def state_document(asked: Asked, rows: Iterable[StateRow], *, seal: str) -> object:
    """Return a state as plain values, after all that it answers."""
    return {
        "held_on": asked.as_of.valid,
        "known_position": asked.as_of.known,
        "tab": asked.tab,
        "type": asked.entity_type,
        "entity": asked.entity,
        "where": [f"{attribute}={value}" for attribute, value in asked.where],
        "possible": asked.with_possible,
        "definition": asked.definition,
        "hash": seal,
        "hash_format": SEAL_FORMAT,
        "rows": list(rows),
    }


def state_lines(asked: Asked, rows: Iterable[StateRow], *, seal: str) -> Iterator[str]:
    """Yield a state as lines of CSV, one a value; each bears all that it answers."""
    yield _BYTE_ORDER_MARK + _line(_COLUMNS)
    about = (
        asked.as_of.valid.isoformat(),
        asked.as_of.known,
        _filters(asked),
        asked.definition,
        seal,
    )
    for row in rows:
        for value in row.values:
            yield _line((*about, *_cells(row, value)))


def state_json_lines(asked: Asked, rows: Iterable[StateRow], *, seal: str) -> Iterator[bytes]:
    """Yield a state as lines of JSON, one a row of the document; each says what it answers."""
    about = {
        "held_on": asked.as_of.valid,
        "known_position": asked.as_of.known,
        "filters": _filters(asked),
        "definition": asked.definition,
        "hash": seal,
    }
    for row in rows:
        told = {field.name: getattr(row, field.name) for field in fields(row)}
        yield msgspec.json.encode(about | told) + b"\n"


def _filters(asked: Asked) -> str:
    """Return what narrows the state as an address writes it."""
    pairs = [("tab", asked.tab), ("type", asked.entity_type), ("entity", asked.entity)]
    pairs += [("where", f"{attribute}={value}") for attribute, value in asked.where]
    pairs += [] if asked.with_possible else [("possible", "hide")]
    return "&".join(f"{name}={value}" for name, value in pairs if value)


def _cells(row: StateRow, value: StateValue) -> tuple[object, ...]:
    reason = row.reason or _NO_WORDS
    return (
        row.entity.id,
        row.entity.type,
        row.entity.names.zh,
        row.entity.names.en,
        row.attribute,
        row.member,
        row.member_words.zh,
        row.member_words.en,
        value.key,
        value.words.zh,
        value.words.en,
        value.since,
        row.standing,
        reason.zh,
        reason.en,
        row.is_disputed,
        value.is_preferred,
        value.event_id,
        " ".join(source.id for source in value.sources),
    )


def json_file(document: object) -> Response:
    """Answer *document* as indented JSON."""
    body = msgspec.json.format(msgspec.json.encode(document), indent=2)
    return Response(body, mimetype="application/json")


def csv_file(lines: Iterable[str], *, name: str) -> Response:
    """Answer *lines* as a file that a browser keeps under *name*."""
    response = Response(lines, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def json_lines_file(lines: Iterable[bytes], *, name: str) -> Response:
    """Answer *lines* of JSON as a file that a browser keeps under *name*."""
    response = Response(lines, mimetype="application/jsonl")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.jsonl"'
    return response


def _line(cells: Iterable[object]) -> str:
    written = io.StringIO()
    safe = [guarded(cell) if isinstance(cell, str) else cell for cell in cells]
    csv.writer(written, lineterminator="\r\n").writerow(safe)
    return written.getvalue()
