"""The address of the timeline, read into a question; what cannot be read is told, never fatal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_of
from archive.errors import FieldError, RefusedError
from archive.languages import Words
from archive.queries import Choice, Filters
from archive.web.timelines.addresses import Address, AddressWords, Problem
from archive.web.timelines.choosing import choice_of, named

LANES: Final = ("group", "entity", "one")

_LANES: Final = Words("泳道方式", "way to draw lanes")
_FROM, _TO = Words("从", "From"), Words("至", "To")
_AT: Final = Words("跳到", "Go to")
_HELD, _BESIDE = Words("状态日期", "Held on"), Words("比较日期", "Compared with")
_NOT_AFTER: Final = Words("不晚于 {day} 的日期", "a date not after {day}")
_LONGEST_NUMBER: Final = 8


@dataclass(frozen=True, slots=True)
class Question:
    """What the address asks of the timeline; days are None where it leaves them open.

    The list begins ``at`` a day; the state ``held`` on a day may be told, and compared with that
    ``beside`` it. ``is_whole`` asks for all that is to be counted at once.
    """

    first_day: int | None
    last_day: int | None
    choice: Choice
    lanes: str
    known: int
    is_unfolded: bool
    problems: tuple[Problem, ...]
    at: int | None = None
    held: int | None = None
    beside: int | None = None
    is_whole: bool = False

    @property
    def filters(self) -> Filters:
        """Return what is asked for, whatever is excluded."""
        return self.choice.filters


def asked(
    words: AddressWords, *, locale: str, today: date, known: Callable[[str], int]
) -> Question:
    """Return the question that the address asks; *known* finds the position of its words."""
    address = Address(words, locale, today, [])
    first, last = _days(address)
    held = _placed(address) or address.day("held", what=_HELD)
    return Question(
        first_day=first,
        last_day=last,
        choice=choice_of(address),
        lanes=named(address, "lanes", what=_LANES, known=LANES),
        known=_known(address, known),
        is_unfolded=address.one("gaps") == "open",
        at=address.day("at", what=_AT),
        held=held,
        beside=address.day("vs", what=_BESIDE) if held is not None else None,
        is_whole=address.one("all") == "1",
        problems=tuple(address.problems),
    )


def _placed(address: Address) -> int | None:
    """Return the day at which the slider stands, where it is the slider that asks."""
    near = address.one("near")
    if not near.isdecimal() or len(near) > _LONGEST_NUMBER:
        return None
    return min(max(int(near), EARLIEST_DAY), LATEST_DAY)


def _days(address: Address) -> tuple[int | None, int | None]:
    first = address.day("from", what=_FROM)
    last = address.day("to", what=_TO, is_end=True)
    if first is None or last is None or first <= last:
        return first, last
    said, end = address.one("from"), address.one("to")
    accepted = Words(_NOT_AFTER.zh.format(day=end), _NOT_AFTER.en.format(day=end))
    error = FieldError(field=_FROM.in_language(address.locale), value=said, accepted=accepted)
    address.refuse("from", said, error, nearest=end)
    return None, last


def _known(address: Address, known: Callable[[str], int]) -> int:
    said = address.one("known")
    try:
        return known(said)
    except RefusedError as error:
        address.refuse("known", said, error)
        return known("")


def iso(day: int | None) -> str:
    """Return the day as an address writes it; empty for none."""
    return "" if day is None else day_of(day).isoformat()
