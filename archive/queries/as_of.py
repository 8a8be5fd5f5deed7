"""The two times of every question: held on X, known on K."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection

from archive import log
from archive.dates import read
from archive.errors import FieldError
from archive.languages import Words
from archive.log import to_instant, to_microseconds


@dataclass(frozen=True, slots=True)
class AsOf:
    """How it was on ``valid``, at the end of that civil day, as the log knew it at ``known``."""

    valid: date
    known: int


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the log; ``recorded_at`` is None for an empty one."""

    position: int
    recorded_at: datetime | None


def head(connection: Connection) -> Head:
    """Return where the log ends now."""
    position, microseconds = log.head(connection)
    return Head(position, to_instant(microseconds) if position else None)


def recorded_at(connection: Connection, position: int) -> datetime | None:
    """Return the instant at which *position* was recorded, if the log has it."""
    found = log.read_by_positions(connection, [position]).get(position)
    return found.recorded_at if found else None


_ACCEPTED = Words(
    "日志位置、ISO 日期或时刻，或留空表示现在",
    "a position, an ISO date or instant, or nothing for now",
)


def _instant(words: str, *, today: date) -> datetime | None:
    """Return the instant that *words* mean: as typed, or the end of the last day they may mean."""
    try:
        typed = datetime.fromisoformat(words)
    except ValueError:
        typed = None
    if typed is not None and len(words) > len("2023-01-01"):
        return typed if typed.tzinfo else typed.replace(tzinfo=UTC)
    reading = read(words, ref=today, whole=True)
    if reading is None or reading.latest is None:
        return None
    return datetime.combine(reading.latest, time.max, tzinfo=UTC)


def known_position(connection: Connection, *, words: str | None) -> int:
    """Return the position that *words* mean as "known on".

    Nothing means now; digits a position; a date or instant the last position recorded by then.
    Raises FieldError for what is unreadable, before the archive's start, or in the future.
    """
    now = head(connection)
    text = (words or "").strip()
    if not text or now.recorded_at is None:
        return now.position
    if text.isdecimal() and len(text) < len("20230101") and not _is_year(text, now.position):
        return _within(int(text), text, now)
    instant = _instant(text, today=now.recorded_at.date())
    if instant is None:
        raise FieldError(field="known", value=text, accepted=_ACCEPTED)
    if instant.date() > now.recorded_at.date() and instant > datetime.now(UTC):
        accepted = Words("不晚于现在", "no later than now")
        if instant.date() > datetime.now(UTC).date():
            raise FieldError(field="known", value=text, accepted=accepted)
    return _within(log.position_at(connection, to_microseconds(instant)), text, now)


def _is_year(text: str, newest: int) -> bool:
    return len(text) == len("2023") and int(text) > newest


def _within(position: int, text: str, now: Head) -> int:
    if 1 <= position <= now.position:
        return position
    accepted = Words(
        f"1 至 {now.position} 的位置，或档案开始之后的日期",
        f"a position from 1 to {now.position}, or a date since the archive began",
    )
    raise FieldError(field="known", value=text, accepted=accepted)
