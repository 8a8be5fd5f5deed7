"""The timeline as a spreadsheet, corrections applied, in order of occurrence."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Final

from sqlalchemy import Connection

from archive.export.walking import every_event
from archive.queries import EventRow

_COLUMNS: Final = (
    "id", "position", "kind", "edtf", "earliest", "latest", "stated", "date_kind", "place",
    "after", "before", "time",
    "title_zh", "title_en", "summary_zh", "summary_en", "entities", "sources", "confidence",
    "importance", "corrected", "disputed", "recorded_at", "recorded_by",
    "machine_proposed",
)  # fmt: skip
# A spreadsheet takes a cell that begins so for a formula, and would run it.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet(
    connection: Connection, *, progress: Callable[[int], None] | None = None
) -> Iterator[bytes]:
    """Yield the header and a row for each event, in UTF-8 with the mark that spreadsheets want."""
    yield "\ufeff".encode() + _line(_COLUMNS)
    for number, row in enumerate(every_event(connection), start=1):
        yield _line(_cells(row))
        if progress:
            progress(number)


def guarded(cell: str) -> str:
    """Return *cell* so that no spreadsheet runs it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _line(cells: tuple[str, ...]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return line.getvalue().encode()


def _cells(row: EventRow) -> tuple[str, ...]:
    occurred = row.occurred
    entities = "; ".join(f"{one.role}={one.id}" for one in row.entities)
    sources = "; ".join(f"{one.source.id} {one.locator}".strip() for one in row.claims)
    return (
        row.id, str(row.position), row.kind, occurred.edtf, occurred.earliest or "",
        occurred.latest or "", occurred.stated, occurred.date_kind, occurred.place,
        occurred.after, occurred.before, occurred.clock,
        row.title.zh, row.title.en, row.summary.zh, row.summary.en, entities, sources,
        row.confidence, row.importance, _yes(is_so=row.is_corrected), _yes(is_so=row.is_disputed),
        row.recorded_at.isoformat().replace("+00:00", "Z"), row.recorded_by,
        _yes(is_so=row.is_machine_proposed),
    )  # fmt: skip


def _yes(*, is_so: bool) -> str:
    return "yes" if is_so else "no"
