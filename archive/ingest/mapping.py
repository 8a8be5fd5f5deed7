"""Columns of somebody's sheet → the columns that are read here, row by row; TimelineJS's too."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from itertools import chain
from typing import Final

from archive.errors import FieldError, RefusedError
from archive.ingest.csv_rows import COLUMNS, read_csv
from archive.ingest.draft import Draft
from archive.languages import LOCALES, Words
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
# What people call the columns that every sheet has.
_CALLED: Final = {
    "date": "when",
    "日期": "when",
    "时间": "when",
    "时刻": "time",
    "event": "kind",
    "种类": "kind",
    "事件种类": "kind",
    "来源": "source",
    "标题": "title",
    "摘要": "summary",
    "引文": "quote",
    "可信度": "confidence",
}
_KNOWN_TARGET: Final = Words(
    "可读的列名，最接近的是 {nearest}", "a column that is read; the nearest are {nearest}"
)
_MOST_NEAR: Final = 3
_LIKE: Final = 0.4
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


def target_labels() -> Mapping[str, Words]:
    """Return what fields of events a column may be read as, each with its label."""
    found: dict[str, Words] = {}
    for one in chain.from_iterable(kind.fields for kind in KINDS.values()):
        found.setdefault(f"{'entity' if one.is_role else 'data'}:{one.name}", one.label)
    return found


def targets() -> tuple[str, ...]:
    """Return every name that a column may be read as."""
    plain = tuple(name for name in COLUMNS if ":" not in name)
    fields = sorted(target_labels(), key=lambda name: (name.startswith("data:"), name))
    return (*plain, *_TWO_LANGUAGES, *_DATE, *fields)


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
    """Return the mapping that a header suggests: our own names, or those of TimelineJS.

    A column named after a role or a field, by its name or its label, is read as that.
    """
    is_timeline_js = {"year", "headline"} <= {name.casefold() for name in header}
    names = _TIMELINE_JS if is_timeline_js else {}
    known = _by_name() | names
    return ColumnMapping({name: known.get(name.casefold(), IGNORED) for name in header if name})


@cache
def _by_name() -> dict[str, str]:
    """Return what a column is read as by each name that means one thing alone."""
    labelled: dict[str, set[str]] = {}
    for target, label in target_labels().items():
        for said in (label.zh, label.en, target.partition(":")[2]):
            labelled.setdefault(said.casefold(), set()).add(target)
    found = {said: min(meant) for said, meant in labelled.items() if len(meant) == 1}
    # A role and a field may share a name; who it befell is what a sheet has a column for.
    roles = {name.partition(":")[2]: name for name in targets() if name.startswith("entity:")}
    return found | roles | _CALLED | {name.casefold(): name for name in targets()}


def checked_mapping(mapping: ColumnMapping, header: Sequence[str]) -> ColumnMapping:
    """Return *mapping* for the columns of *header*; raises FieldError for an unknown target.

    A role or a field may be given by its name alone, or by its label.
    """
    columns = {name: mapping.columns.get(name, IGNORED) for name in header if name}
    kept = {name: target and _target(name, target) for name, target in columns.items()}
    for name in mapping.constants:
        _target(name, name)
    return replace(mapping, columns=kept)


def _target(column: str, words: str) -> str:
    known = _by_name()
    meant = known.get(words.casefold(), words)
    if meant in known.values() or re.fullmatch(r"(entity|data):[\w.]+", meant):
        return meant
    near = get_close_matches(words.casefold(), known, n=_MOST_NEAR, cutoff=_LIKE) or ["when"]
    names = ", ".join(dict.fromkeys(known[one] for one in near))
    accepted = Words(*(_KNOWN_TARGET.in_language(one).format(nearest=names) for one in LOCALES))
    raise FieldError(field=column, value=words, accepted=accepted)


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
