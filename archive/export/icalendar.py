"""The timeline as a calendar (RFC 5545): whole days, from the earliest to the latest."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from archive.export.walking import every_event
from archive.queries import EventRow

_LONGEST_LINE: Final = 75
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar(
    connection: Connection, *, locale: str, progress: Callable[[int], None] | None = None
) -> Iterator[bytes]:
    """Yield a calendar of the events with a first and a last day, in the words of *locale*."""
    yield _lines("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//archive//timeline//EN")
    for number, row in enumerate(every_event(connection), start=1):
        if row.occurred.earliest and row.occurred.latest:
            yield _event(row, row.occurred.earliest, row.occurred.latest, locale)
        if progress:
            progress(number)
    yield _lines("END:VCALENDAR")


def _event(row: EventRow, earliest: str, latest: str, locale: str) -> bytes:
    end = date.fromisoformat(latest)
    after = end + timedelta(days=1) if end < date.max else end
    stamp = row.recorded_at.strftime("%Y%m%dT%H%M%SZ")
    return _lines(
        "BEGIN:VEVENT",
        f"UID:{row.id}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{_day(date.fromisoformat(earliest))}",
        f"DTEND;VALUE=DATE:{_day(after)}",
        f"SUMMARY:{_escaped(row.title.in_language(locale))}",
        f"DESCRIPTION:{_escaped(row.summary.in_language(locale))}",
        f"CATEGORIES:{_escaped(row.kind)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _lines(*lines: str) -> bytes:
    return b"".join(_folded(line) for line in lines)


def _folded(line: str) -> bytes:
    """Return *line* folded so that no part is longer than allowed, and no character is split."""
    parts: list[bytes] = [b""]
    for letter in line:
        raw = letter.encode()
        if len(parts[-1]) + len(raw) > _LONGEST_LINE:
            parts.append(b" ")
        parts[-1] += raw
    return b"\r\n".join(parts) + b"\r\n"
