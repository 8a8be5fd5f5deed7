"""Columns of somebody's sheet → the columns that are read here, row by row; TimelineJS's too."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from archive.errors import FieldError, RefusedError
from archive.ingest.csv_rows import COLUMNS, read_csv
from archive.ingest.draft import Draft
from archive.languages import Words
from archive.vocabulary import KINDS

IGNORED: Final = ""
_DELIMITERS: Final = (",", ";", "\t")
_DATE: Final = ("year", "month", "day", "end_year", "end_month", "end_day")
_PLAIN_DAY: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_TWO_LANGUAGES: Final = ("title", "summary")
# The header of a TimelineJS sheet, in small letters, and what its columns are here.
_TIMELINE_JS: Final = {
    "year": "year",
    "month": "month",
    "day": "day",
    "end year": "end_year",
    "end month": "end_month",
    "end day": "end_day",
    "display date": "stated",
    "headline": "title",
    "text": "summary",
}
_KNOWN_TARGET: Final = Words("可读的列名", "a column that is read; see the list")
_WELL_FORMED: Final = Words("格式正确的 CSV", "well-formed CSV")
_A_HEADER: Final = Words("带表头的 CSV", "a CSV with a header")
_EACH_ONCE: Final = Words("每列一次", "each column once")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What each column of a sheet is read as, and what every row says besides."""

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The header of a CSV and its first rows, to show to whoever maps it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str


def targets() -> tuple[str, ...]:
    """Return every name that a column may be read as."""
    roles = {f"entity:{one.name}" for kind in KINDS.values() for one in kind.fields if one.is_role}
    data = {
        f"data:{one.name}" for kind in KINDS.values() for one in kind.fields if not one.is_role
    }
    plain = tuple(name for name in COLUMNS if ":" not in name)
    return (*plain, *_TWO_LANGUAGES, *_DATE, *sorted(roles), *sorted(data))


def sheet_of(content: bytes, *, shown: int = 3) -> Sheet:
    """Return the head of a CSV; raises FieldError for one that has none, or names twice."""
    text = io.StringIO(_text(content), newline="")
    line = text.readline()
    delimiter = max(_DELIMITERS, key=line.count)
    text.seek(0)
    try:
        rows = csv.reader(text, delimiter=delimiter)
        header = tuple(cell.strip() for cell in next(rows, []))
        first = tuple(tuple(row) for row, _number in zip(rows, range(shown), strict=False))
    except csv.Error as error:
        raise FieldError(field="csv", value=error, accepted=_A_HEADER) from error
    if not any(header):
        raise FieldError(field="csv", value=line.strip(), accepted=_A_HEADER)
    for name in header:
        if name and header.count(name) > 1:
            raise FieldError(field="csv", value=name, accepted=_EACH_ONCE)
    return Sheet(header, first, delimiter)


def guessed(header: Sequence[str]) -> ColumnMapping:
    """Return the mapping that a header suggests: our own names, or those of TimelineJS."""
    known = frozenset(targets())
    is_timeline_js = {"year", "headline"} <= {name.casefold() for name in header}
    names = _TIMELINE_JS if is_timeline_js else {}
    return ColumnMapping(
        {
            name: names.get(name.casefold(), name if name in known else IGNORED)
            for name in header
            if name
        }
    )


def checked_mapping(mapping: ColumnMapping, header: Sequence[str]) -> ColumnMapping:
    """Return *mapping* for the columns of *header*; raises FieldError for an unknown target."""
    kept = {name: mapping.columns.get(name, IGNORED) for name in header if name}
    for name, target in (*kept.items(), *((one, one) for one in mapping.constants)):
        is_known = target in targets() or re.fullmatch(r"(entity|data):[\w.]+", target)
        if target and not is_known:
            raise FieldError(field=name, value=target, accepted=_KNOWN_TARGET)
    return replace(mapping, columns=kept)


def mapped_drafts(content: bytes, mapping: ColumnMapping, *, name: str) -> Iterator[Draft]:
    """Yield a draft for each row of a CSV whose columns *mapping* names.

    A row that is no CSV is the last, and a bad draft.
    """
    sheet = sheet_of(content, shown=0)
    text = io.StringIO(_text(content), newline="")
    rows = csv.reader(text, delimiter=sheet.delimiter)
    next(rows, None)
    wanted = sorted(_columns(mapping))
    for number, row in enumerate(_until_bad(rows), start=2):
        if isinstance(row, RefusedError):
            yield Draft(f"{name}:{number}", {}, (row,))
            return
        if not any(cell.strip() for cell in row):
            continue
        said = _said(sheet.header, row, mapping)
        line = _line([[*wanted], [said.get(one, "") for one in wanted]])
        for draft in read_csv(io.BytesIO(line), name=name):
            yield replace(draft, place=f"{name}:{number}")


def _until_bad(rows: Iterator[list[str]]) -> Iterator[list[str] | FieldError]:
    try:
        yield from rows
    except csv.Error as error:
        yield FieldError(field="csv", value=error, accepted=_WELL_FORMED)


def _columns(mapping: ColumnMapping) -> set[str]:
    found = set()
    for target in chain(mapping.columns.values(), mapping.constants):
        if target in _DATE:
            found.add("when")
        elif target in _TWO_LANGUAGES:
            found |= {f"{target}_zh", f"{target}_en"}
        elif target:
            found.add(target)
    return found | {"kind", "edtf"}


def _said(header: Sequence[str], row: Sequence[str], mapping: ColumnMapping) -> dict[str, str]:
    said: dict[str, str] = {name: value for name, value in mapping.constants.items() if value}
    parts: dict[str, str] = {}
    for name, cell in zip(header, row, strict=False):
        target, value = mapping.columns.get(name, IGNORED), cell.strip()
        if not target or not value:
            continue
        if target in _DATE:
            parts[target] = value
        elif target in _TWO_LANGUAGES:
            said[f"{target}_{'zh' if _HAN.search(value) else 'en'}"] = value
        else:
            said[target] = f"{said[target]}; {value}" if target in said else value
    if parts:
        said.setdefault("when", _when(parts))
    # A plain day needs no reading of words, which takes a hundred times as long.
    if _PLAIN_DAY.fullmatch(said.get("when", "")):
        said["edtf"] = said.pop("when")
    return said


def _when(parts: Mapping[str, str]) -> str:
    begin, end = (
        _day([parts.get(f"{prefix}{one}", "") for one in ("year", "month", "day")])
        for prefix in ("", "end_")
    )
    return f"{begin}/{end}" if end and end != begin else begin


def _day(parts: Sequence[str]) -> str:
    """Return a year, month and day, as far as given, as one date; what is no number stays."""
    given = []
    for part, width in zip(parts, (4, 2, 2), strict=True):
        if not part:
            break
        given.append(part.zfill(width) if part.isdecimal() else part)
    return "-".join(given)


def _line(rows: Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig")
