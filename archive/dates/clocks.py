"""A time of day as stated beside a day: its notation, its words, and which of two came later.

A time never moves a day. Two times of one day can be told apart only where both have an offset
from UTC or neither has one; those with offsets are told apart by their instants. A time to the
minute stands for all of that minute.
"""

import re
import unicodedata
from typing import Final

from archive.errors import FieldError
from archive.languages import Words

UNTIMED: Final = 0
_TIME: Final = re.compile(
    r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
    r"(?: ?(?P<offset>Z|(?:UTC ?)?(?P<sign>[+-])(?P<ahead>0?\d|1[0-4])(?::?(?P<past>[0-5]\d))?))?"
)
_LAST_MINUTE: Final = 59
# Numbers of times with an offset lie beyond all of those without one.
_WITH_OFFSET: Final = 1_000_000
_BETWEEN: Final = _WITH_OFFSET // 2
_FARTHEST: Final = 14 * 60
_LONGEST: Final = 40


class UnreadableTimeError(FieldError):
    """What is no time of day."""

    def __init__(self, value: object, *, field: str) -> None:
        accepted = Words(
            "时刻，如 14:30、14:30:05、14:30+08:00、06:30Z",
            "a time of day: 14:30, 14:30:05, 14:30+08:00, 06:30Z",
        )
        super().__init__(field=field, value=value, accepted=accepted)


def read_time(text: str, *, field: str = "time") -> str:
    """Return the notation of the time of day that *text* is; raises UnreadableTimeError.

    The notation is HH:MM or HH:MM:SS, and Z or ±HH:MM where an offset from UTC was told.
    """
    match = _matched(text)
    if match is None:
        raise UnreadableTimeError(text, field=field)
    second = f":{match['second']}" if match["second"] else ""
    return f"{int(match['hour']):02}:{match['minute']}{second}{_offset(match)}"


def _matched(text: str) -> re.Match[str] | None:
    if len(text) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").strip().upper()
    match = _TIME.fullmatch(plain)
    return None if match is None or abs(_minutes(match)) > _FARTHEST else match


def _minutes(match: re.Match[str]) -> int:
    """Return by how many minutes a time is ahead of UTC."""
    ahead = int(match["ahead"] or 0) * 60 + int(match["past"] or 0)
    return -ahead if match["sign"] == "-" else ahead


def _offset(match: re.Match[str]) -> str:
    if not match["offset"]:
        return ""
    if not _minutes(match):
        return "Z"
    return f"{match['sign']}{int(match['ahead']):02}:{match['past'] or '00'}"


def clock_number(notation: str) -> int:
    """Return the number of a time, ``UNTIMED`` for none: what surely came later has a greater one.

    See ``came_later``; that a number is greater does not tell that its time came later.
    """
    match = _matched(notation) if notation else None
    if match is None:
        return UNTIMED
    seconds = int(match["hour"]) * 3600 + int(match["minute"]) * 60 + int(match["second"] or 0)
    is_exact = int(match["second"] is not None)
    if not match["offset"]:
        return 2 + 2 * seconds + is_exact
    return _WITH_OFFSET + 2 * (seconds - 60 * _minutes(match)) + is_exact


def came_later(one: int, other: int) -> bool:
    """Tell whether the time of number *one* surely came after that of *other* on the same day."""
    if UNTIMED in (one, other) or (one > _BETWEEN) is not (other > _BETWEEN):
        return False
    return one // 2 > other // 2 + (0 if other % 2 else _LAST_MINUTE)


def time_in_words(notation: str) -> Words:
    """Return a time as it is shown beside its day, with its offset where it has one."""
    match = _matched(notation) if notation else None
    if match is None:
        return Words("", "")
    time, offset = notation.removesuffix(_offset(match)), _offset(match)
    if not offset:
        return Words(time, time)
    zone = "UTC" if offset == "Z" else f"UTC{offset}"
    return Words(f"{time}（{zone}）", f"{time} ({zone})")
