"""Answers as files: a state as CSV, any answer as JSON."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec
from flask import Response

from archive.export import guarded
from archive.languages import Words
from archive.queries import AsOf, StateRow

# Spreadsheets take a file without it for an old local encoding, and Chinese names break.
_BYTE_ORDER_MARK: Final = "\ufeff"
_COLUMNS: Final = (
    "held_on",
    "known_position",
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


def state_document(as_of: AsOf, rows: Iterable[StateRow]) -> object:
    """Return a state as plain values, with the two times that it holds for."""
    return {"held_on": as_of.valid, "known_position": as_of.known, "rows": list(rows)}


def state_lines(as_of: AsOf, rows: Iterable[StateRow]) -> Iterator[str]:
    """Yield a state as lines of CSV, one a value; each bears the two times that it holds for."""
    yield _BYTE_ORDER_MARK + _line(_COLUMNS)
    for row in rows:
        for value in row.values:
            reason = row.reason or _NO_WORDS
            yield _line(
                (
                    as_of.valid.isoformat(),
                    as_of.known,
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


def _line(cells: Iterable[object]) -> str:
    written = io.StringIO()
    safe = [guarded(cell) if isinstance(cell, str) else cell for cell in cells]
    csv.writer(written, lineterminator="\r\n").writerow(safe)
    return written.getvalue()
