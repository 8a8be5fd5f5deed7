"""A state as files: CSV, JSON, JSON Lines and Parquet.

Each says what it answers: both times, what narrows the state, the definition, the hash that a
citation pins, and the root of the log that it was computed from. JSON says so in fields before the
rows, Parquet in the file's own metadata. CSV says so in columns on every line, for a comment above
the head would be no CSV, and a second file gets lost; JSON Lines does the same in fields.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from archive.export.csv_rows import guarded
from archive.export.parquet_tables import parquet
from archive.languages import Words
from archive.queries import SEAL_FORMAT, Asked, StateRow, StateValue

# Spreadsheets take a file without it for an old local encoding, and Chinese names break.
_BYTE_ORDER_MARK: Final = "\ufeff"
_ABOUT: Final = ("held_on", "known_position", "filters", "definition", "hash", "log_root")
_TEXT, _YES, _LIST = str, bool, list
_COLUMNS: Final = {
    "entity": _TEXT,
    "entity_type": _TEXT,
    "entity_zh": _TEXT,
    "entity_en": _TEXT,
    "attribute": _TEXT,
    "member": _TEXT,
    "member_zh": _TEXT,
    "member_en": _TEXT,
    "value": _TEXT,
    "value_zh": _TEXT,
    "value_en": _TEXT,
    "since": _TEXT,
    "standing": _TEXT,
    "reason_zh": _TEXT,
    "reason_en": _TEXT,
    "is_disputed": _YES,
    "is_preferred": _YES,
    "is_set_aside": _YES,
    "event": _TEXT,
    "confidence": _TEXT,
    "basis": _TEXT,
    "is_interim": _YES,
    "sources": _LIST,
}
_NO_WORDS: Final = Words("", "")
# How a line stands whose value holds in no reading: a settlement chose another.
_SET_ASIDE: Final = "set_aside"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A whole state: what was asked, its rows, its hash, and the root of the log it rests on."""

    asked: Asked
    rows: Sequence[StateRow]
    hash: str
    root: str

    @property
    def name(self) -> str:
        """Return what a file of it is called, without an ending."""
        return f"state-{self.asked.as_of.valid}-{self.asked.as_of.known}"

    @property
    def about(self) -> dict[str, object]:
        """Return all that it answers, in the order of the columns of a file."""
        asked = self.asked
        said = (
            asked.as_of.valid.isoformat(),
            asked.as_of.known,
            _filters(asked),
            asked.definition,
            self.hash,
            self.root,
        )
        return dict(zip(_ABOUT, said, strict=True))


def state_document(state: Sealed) -> object:
    """Return a state as plain values, after all that it answers."""
    asked = state.asked
    return {
        "held_on": asked.as_of.valid,
        "known_position": asked.as_of.known,
        "tab": asked.tab,
        "type": asked.entity_type,
        "entity": asked.entity,
        "where": [f"{attribute}={value}" for attribute, value in asked.where],
        "possible": asked.with_possible,
        "definition": asked.definition,
        "hash": state.hash,
        "hash_format": SEAL_FORMAT,
        "log_root": state.root,
        "rows": list(state.rows),
    }


def state_lines(state: Sealed) -> Iterator[str]:
    """Yield a state as lines of CSV, one a value; each bears all that it answers."""
    about = state.about
    yield _BYTE_ORDER_MARK + _line((*about, *_COLUMNS))
    for row in state.rows:
        for value in row.values:
            *cells, sources = _cells(row, value)
            yield _line((*about.values(), *cells, " ".join(sources)))


def state_json_lines(state: Sealed) -> Iterator[bytes]:
    """Yield a state as lines of JSON, one a row of the document; each says what it answers."""
    about = state.about
    for row in state.rows:
        yield msgspec.json.encode(about | msgspec.structs.asdict(row)) + b"\n"


def state_parquet(state: Sealed) -> bytes:
    """Return a state as a Parquet file, a row a value; its metadata says what it answers."""
    rows = [_cells(row, value) for row in state.rows for value in row.values]
    about = {name: str(said) for name, said in state.about.items()}
    return parquet(rows, columns=_COLUMNS, about=about)


def _filters(asked: Asked) -> str:
    """Return what narrows the state as an address writes it."""
    pairs = [("tab", asked.tab), ("type", asked.entity_type), ("entity", asked.entity)]
    pairs += [("where", f"{attribute}={value}") for attribute, value in asked.where]
    pairs += [] if asked.with_possible else [("possible", "hide")]
    return "&".join(f"{name}={value}" for name, value in pairs if value)


def _cells(row: StateRow, value: StateValue) -> tuple[Any, ...]:
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
        _SET_ASIDE if value.is_set_aside else row.standing,
        reason.zh,
        reason.en,
        row.is_disputed,
        value.is_preferred,
        value.is_set_aside,
        value.event_id,
        value.confidence,
        value.basis,
        value.is_interim,
        [source.id for source in value.sources],
    )


def _line(cells: Iterable[object]) -> str:
    written = io.StringIO()
    safe = [guarded(cell) if isinstance(cell, str) else cell for cell in cells]
    csv.writer(written, lineterminator="\r\n").writerow(safe)
    return written.getvalue()
