"""JSON lines answered one for one: a bad line costs nothing but itself, and is said on stderr."""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import date
from typing import IO, Final, TypeAlias

from archive.cli.reading import today
from archive.cli.speaking import tell
from archive.dates import Reading
from archive.errors import ArchiveError, FieldError, RefusedError
from archive.languages import LOCALES, Words

Row: TypeAlias = Mapping[str, object]
Answer: TypeAlias = dict[str, object]
Complain: TypeAlias = Callable[[RefusedError], None]

TEXT: Final = Words("文字", "text")
_DAY: Final = Words("YYYY-MM-DD，例如 2023-07-28", "YYYY-MM-DD, for example 2023-07-28")
_OBJECT: Final = Words("一个 JSON 对象，UTF-8 编码", "one JSON object, in UTF-8")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class UnansweredError(RefusedError):
    """A line at which the archive itself failed."""

    sentence = Words(
        zh="未能回答，这是程序的错误（{fault}）。",
        en="not answered, by a fault of the program ({fault}).",
    )


class NoLineReadError(ArchiveError):
    """Not one of the lines could be taken."""

    sentence = Words(
        zh="{count} 行中没有一行可读；可接受：每行一个 JSON 对象。",
        en="None of the {count} lines could be read; accepted: one JSON object a line.",
    )


def answer_lines(
    stream: IO[bytes],
    answer: Callable[[Row, Complain], Answer],
    nothing: Callable[[object], Answer],
) -> None:
    """Print one answer for each line of *stream* that is not blank, whatever that holds.

    A line that cannot be taken is answered with *nothing* and told on stderr, in one sentence;
    it leaves the exit status at 0. Only where there were lines and not one could be taken is the
    whole refused, as a file is by ``ingest``: then, every line answered, `NoLineReadError` is
    raised.
    """
    lines = refused = 0
    for number, raw in enumerate(stream, start=1):
        line = raw.removeprefix(_BYTE_ORDER_MARK).strip()
        if line:
            answered, is_taken = _answered(line, _complaint(number), answer, nothing)
            lines, refused = lines + 1, refused + (not is_taken)
            sys.stdout.buffer.write(answered.encode() + b"\n")
    sys.stdout.buffer.flush()
    if lines and refused == lines:
        raise NoLineReadError(count=lines)


def bounds_of(found: Reading | None) -> Answer:
    """Return ``edtf``, ``earliest`` and ``latest``; all null where there is no date."""
    if found is None:
        return {"edtf": None, "earliest": None, "latest": None}
    return {
        "edtf": found.edtf,
        "earliest": found.earliest.isoformat() if found.earliest else None,
        "latest": found.latest.isoformat() if found.latest else None,
    }


def day_given(row: Row) -> date:
    """Return the row's ``ref``, today where it gives none; raise FieldError for nonsense."""
    ref = row.get("ref")
    if not ref:
        return today()
    try:
        return date.fromisoformat(str(ref)[: len("2023-07-28")])
    except ValueError as error:
        raise FieldError(field="ref", value=ref, accepted=_DAY) from error


def language_given(row: Row) -> str | None:
    """Return the row's ``lang`` as one of the archive's languages, None for any other."""
    lang = str(row.get("lang") or "")[:2].casefold()
    return lang if lang in LOCALES else None


def _answered(
    line: bytes,
    complain: Complain,
    answer: Callable[[Row, Complain], Answer],
    nothing: Callable[[object], Answer],
) -> tuple[str, bool]:
    """Return the answer as JSON, and whether the line could be taken."""
    identity: object = None
    try:
        row = _row(line)
        identity = row.get("id")
        return json.dumps(answer(row, complain), allow_nan=False), True
    except RefusedError as error:
        complain(error)
    except Exception as error:  # noqa: BLE001 - one bad line must not cost the lines after it
        complain(UnansweredError(fault=type(error).__name__))
    return json.dumps(nothing(identity if isinstance(identity, str | int) else None)), False


def _row(line: bytes) -> Row:
    try:
        row = json.loads(line, parse_constant=str)
    except (ValueError, RecursionError):
        row = None
    if isinstance(row, dict):
        return row
    raise FieldError(field="JSON", value=line.decode(errors="replace"), accepted=_OBJECT)


def _complaint(number: int) -> Complain:
    """Return what says on stderr, on one line, what is wrong with line *number*."""

    def complain(error: RefusedError) -> None:
        zh, en = (_on_one_line(error.words(locale)) for locale in LOCALES)
        tell(Words(f"第 {number} 行：{zh}", f"line {number}: {en}"))

    return complain


def _on_one_line(text: str) -> str:
    """Return *text* without the breaks and control signs that a bad value may bring."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
