"""A spreadsheet saved as CSV → drafts, one row at a time."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Final

from archive.errors import FieldError, RefusedError, UnknownNameError
from archive.ingest.draft import Draft
from archive.ingest.notation import read_mentions
from archive.ingest.reading import text_lines
from archive.languages import Words

_PLAIN: Final = ("id", "kind", "stream", "importance")
_DAY: Final = ("edtf", "when", "ref", "time", "stated", "date_kind", "place")
_OCCURRED: Final = (*_DAY, "after", "before")
_CLAIM: Final = ("source", "locator", "confidence", "reason", "grade", "quote", "quote_language")
_WORDS: Final = ("title_zh", "title_en", "summary_zh", "summary_en")
COLUMNS: Final = (*_PLAIN, "tags", *_OCCURRED, *_CLAIM, *_WORDS, "entity:ROLE", "data:FIELD")
_DELIMITERS: Final = (",", ";", "\t")


@dataclass(slots=True)
class _Lines:
    """The lines that ``csv`` reads, which remember the first that is no UTF-8."""

    stream: IO[bytes]
    number: int = 0
    wrong: RefusedError | None = None

    def __iter__(self) -> Iterator[str]:
        for number, line in text_lines(self.stream):
            self.number = number
            if isinstance(line, RefusedError):
                self.wrong = line
                return
            yield line


def read_csv(stream: IO[bytes], *, name: str) -> Iterator[Draft]:
    """Yield a draft for each row under the header; a header that is none is one bad draft."""
    lines = _Lines(stream)
    source = iter(lines)
    try:
        header = _header(source)
        if header is None:
            if lines.wrong:
                yield Draft(f"{name}:{lines.number}", {}, (lines.wrong,))
            return
        columns, delimiter = header
    except (csv.Error, RefusedError) as error:
        yield _bad(error, f"{name}:1")
        return
    rows = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        place = f"{name}:{lines.number + 1}"
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield _bad(error, place)
            return
        if lines.wrong:
            yield Draft(f"{name}:{lines.number}", {}, (lines.wrong,))
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield _row(columns, cells, place)


def _bad(error: csv.Error | RefusedError, place: str) -> Draft:
    if isinstance(error, RefusedError):
        return Draft(place, {}, (error,))
    accepted = Words("格式正确的 CSV", "well-formed CSV")
    return Draft(place, {}, (FieldError(field="csv", value=error, accepted=accepted),))


def _header(source: Iterator[str]) -> tuple[list[str], str] | None:
    line = next(source, None)
    if line is None:
        return None
    delimiter = max(_DELIMITERS, key=line.count)
    columns = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    for column in columns:
        if column not in COLUMNS and not column.startswith(("entity:", "data:")):
            what = Words("列", "column")
            raise UnknownNameError(what=what, name=column, known=COLUMNS, field="csv")
    twice = [column for column in columns if columns.count(column) > 1]
    if twice:
        raise FieldError(
            field="csv", value=twice[0], accepted=Words("每列一次", "each column once")
        )
    if "kind" not in columns:
        accepted = Words("含 kind 列的表头", "a header with a column kind")
        raise FieldError(field="csv", value=line.strip(), accepted=accepted)
    return columns, delimiter


def _row(columns: list[str], cells: list[str], place: str) -> Draft:
    if len(cells) > len(columns):
        accepted = Words(f"{len(columns)} 格", f"{len(columns)} cells")
        error = FieldError(field="csv", value=f"{len(cells)}", accepted=accepted)
        return Draft(place, {}, (error,))
    given = {
        column: cell.strip() for column, cell in zip(columns, cells, strict=False) if cell.strip()
    }
    try:
        return Draft(place, {name: make(given) for name, make in _PARTS.items()} | _plain(given))
    except RefusedError as error:
        return Draft(place, {}, (error,))


def _plain(given: Mapping[str, str]) -> dict[str, object]:
    return {name: given[name] for name in _PLAIN if name in given}


def _some(given: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: given[name] for name in names if name in given}


def _entities(given: Mapping[str, str]) -> list[dict[str, object]]:
    roles = [column for column in given if column.startswith("entity:")]
    return [
        mention
        for column in roles
        for mention in read_mentions(given[column], role=column.removeprefix("entity:"), joint=";")
    ]


def _data(given: Mapping[str, str]) -> dict[str, object]:
    data: dict[str, object] = {}
    for column, cell in given.items():
        if not column.startswith("data:"):
            continue
        name, dot, language = column.removeprefix("data:").partition(".")
        if not dot:
            data[name] = cell
            continue
        both = data.setdefault(name, {})
        if isinstance(both, dict):
            both[language] = cell
    return data


def _in_two_languages(given: Mapping[str, str], name: str) -> dict[str, str] | None:
    texts = {language: given.get(f"{name}_{language}", "") for language in ("zh", "en")}
    return {language: text for language, text in texts.items() if text} or None


def _claims(given: Mapping[str, str]) -> list[dict[str, str]] | None:
    claim = _some(given, _CLAIM)
    return [claim] if claim else None


_PARTS: Final[Mapping[str, Callable[[Mapping[str, str]], object]]] = {
    "occurred": lambda given: _some(given, _OCCURRED),
    "entities": _entities,
    "data": _data,
    "title": lambda given: _in_two_languages(given, "title"),
    "summary": lambda given: _in_two_languages(given, "summary"),
    "claims": _claims,
    "tags": lambda given: [one.strip() for one in given.get("tags", "").split(";") if one.strip()],
}
