"""When the events of a long log occurred: 35 % vaguely, and many before what came before them."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from archive.log.codec import to_day
from archive.vocabulary.occurring import occurred
from tests.benchmarks.making import FIRST_DAY, LAST_DAY, VAGUE

# So that one fact in five is older than the fact before it of the same cell.
_BACKDATED: Final = 0.2
_SPAN: Final = (LAST_DAY - FIRST_DAY).days
_DAYS: Final = [FIRST_DAY + timedelta(days=number) for number in range(_SPAN + 1)]
_VAGUENESS: Final[tuple[Callable[[date], str], ...]] = (
    lambda day: f"{day:%Y-%m}",
    lambda day: f"{day:%Y-%m}",
    lambda day: f"{day:%Y}",
    lambda day: f"{day.year}-{33 + (day.month - 1) // 3}",
    lambda day: f"{day.year}-{21 + (day.month - 3) // 3 % 4}",
    lambda day: f"{day:%Y-%m}~",
    lambda day: f"[..{day}]",
    lambda day: f"[{day}..{day + timedelta(days=20)}]",
    lambda day: f"{day}/{day + timedelta(days=45)}",
)


class When(NamedTuple):
    """A date as the log's envelope has it, as a payload has it, and as a leaf has it."""

    edtf: str
    earliest: int | None
    latest: int | None
    written: tuple[bytes, bytes, bytes]
    fields: bytes


def when(chance: Callable[[], float], progress: float) -> When:
    """Return a date near where the log has come to, or for what came late well before it."""
    reached = progress * _SPAN
    offset = chance() * reached if chance() < _BACKDATED else max(0.0, reached - chance() * 3)
    return _when(int(offset), int(chance() / VAGUE * len(_VAGUENESS)))


def exactly(progress: float) -> When:
    """Return the day to which the log has come."""
    return _when(int(progress * _SPAN), len(_VAGUENESS))


def warm() -> None:
    """Read every date that there may be, so that processes born later know them."""
    for number in range(len(_DAYS)):
        for vagueness in range(len(_VAGUENESS) + 1):
            _when(number, vagueness)


@cache
def _when(number: int, vagueness: int) -> When:
    day = _DAYS[number]
    edtf = _VAGUENESS[vagueness](day) if vagueness < len(_VAGUENESS) else day.isoformat()
    return _spelt(edtf)


@cache
def _spelt(edtf: str) -> When:
    known = occurred({"edtf": edtf})
    earliest, latest = known.earliest, known.latest
    written = (_quoted(earliest), _quoted(edtf), _quoted(latest))
    days = to_day(earliest), to_day(latest)
    told = (None if day is None else str(day) for day in days)
    return When(edtf, *days, written, b"".join(map(field_of, (edtf, *told))))


def field_of(text: str | None) -> bytes:
    """Return *text* as a field of what is hashed."""
    if text is None:
        return b"\xff\xff\xff\xff"
    raw = text.encode()
    return len(raw).to_bytes(4, "big") + raw


def _quoted(text: str | None) -> bytes:
    return b"null" if text is None else f'"{text}"'.encode()
