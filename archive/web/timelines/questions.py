"""The address of the timeline, read into a question; what cannot be read is told, never fatal."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from werkzeug.datastructures import MultiDict

from archive.dates import Reading, day_number, describe, read
from archive.errors import (
    FieldError,
    OutOfScopeError,
    RefusedError,
    UnknownNameError,
    UnreadableDateError,
)
from archive.languages import Words
from archive.queries import Filters
from archive.vocabulary import CONFIDENCE, GROUPS, IMPORTANCE, KINDS, kind

LANES: Final = ("group", "entity", "one")
LONGEST_TEXT: Final = 200
_MOST_GUESSES: Final = 12
_PART: Final = re.compile(r"\d+|[^\W\d]+")

_KIND: Final = Words("事件类型", "kind of event")
_GROUP: Final = Words("分组", "group")
_IMPORTANCE: Final = Words("重要性", "importance")
_CONFIDENCE: Final = Words("可信度", "confidence")
_LANES: Final = Words("泳道方式", "way to draw lanes")
_FIELDS: Final = {"from": Words("从", "From"), "to": Words("至", "To")}
_NOT_AFTER: Final = Words("不晚于 {day} 的日期", "a date not after {day}")

AddressWords: TypeAlias = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """One word of the address that cannot be taken, and the nearest one that can."""

    field: str
    value: str
    sentence: str
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What the address asks of the timeline; the days are None where it leaves them open."""

    first_day: int | None
    last_day: int | None
    filters: Filters
    lanes: str
    known: int
    is_unfolded: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Address:
    """The words of an address, and where their problems are collected."""

    words: AddressWords
    locale: str
    today: date
    problems: list[Problem]

    def one(self, name: str) -> str:
        """Return the word given for *name*, without blanks around it."""
        return self.words.get(name, "").strip()

    def refuse(self, field: str, value: str, error: RefusedError, *, nearest: str = "") -> None:
        """Note that the word cannot be taken."""
        self.problems.append(Problem(field, value, error.words(self.locale), nearest))


def asked(
    words: AddressWords, *, locale: str, today: date, known: Callable[[str], int]
) -> Question:
    """Return the question that the address asks; *known* finds the position of its words."""
    address = _Address(words, locale, today, [])
    first, last = _days(address)
    return Question(
        first_day=first,
        last_day=last,
        filters=_filters(address),
        lanes=_named(address, "lanes", _LANES, LANES),
        known=_known(address, known),
        is_unfolded=address.one("gaps") == "open",
        problems=tuple(address.problems),
    )


def _days(address: _Address) -> tuple[int | None, int | None]:
    first, last = _day(address, "from"), _day(address, "to")
    if first is None or last is None or first <= last:
        return first, last
    said, end = address.one("from"), address.one("to")
    accepted = Words(_NOT_AFTER.zh.format(day=end), _NOT_AFTER.en.format(day=end))
    error = FieldError(
        field=_FIELDS["from"].in_language(address.locale), value=said, accepted=accepted
    )
    address.refuse("from", said, error, nearest=end)
    return None, last


def _filters(address: _Address) -> Filters:
    return Filters(
        kinds=_names(address, "kind", _KIND, KINDS),
        groups=_names(address, "group", _GROUP, [str(group) for group in GROUPS]),
        entity=address.one("entity"),
        source=address.one("source"),
        text=address.one("q")[:LONGEST_TEXT],
        importance=_named(address, "importance", _IMPORTANCE, IMPORTANCE),
        confidence=_named(address, "confidence", _CONFIDENCE, CONFIDENCE),
        disputed=address.one("disputed") == "1",
        retracted=address.one("retracted") == "1",
    )


def _known(address: _Address, known: Callable[[str], int]) -> int:
    said = address.one("known")
    try:
        return known(said)
    except RefusedError as error:
        address.refuse("known", said, error)
        return known("")


def _day(address: _Address, field: str) -> int | None:
    """Return the first day that *field* means, or for ``to`` the last."""
    said = address.one(field)
    if not said:
        return None
    found = _understood(address, said)
    day = _end(found, field) if found else None
    if day is None:
        error = UnreadableDateError(said, field=_FIELDS[field].in_language(address.locale))
        address.refuse(field, said, error, nearest=_nearest(address, said))
        return None
    return day_number(day)


def _end(found: Reading, field: str) -> date | None:
    if field == "from":
        return found.earliest or found.latest
    return found.latest or found.earliest


def _understood(address: _Address, said: str) -> Reading | None:
    return read(said, ref=address.today, lang=address.locale)


def _nearest(address: _Address, said: str) -> str:
    """Return the longest run of whole parts of *said* that is a date, as EDTF; empty if none."""
    ends = [part.end() for part in _PART.finditer(said)][:-1]
    for end in reversed(ends[:_MOST_GUESSES]):
        found = _understood(address, said[:end])
        if found is not None and describe(found.edtf).earliest is not None:
            return found.edtf
    return ""


def _names(address: _Address, field: str, what: Words, known: Collection[str]) -> frozenset[str]:
    said = [name for name in address.words.getlist(field) if name]
    return frozenset(filter(None, (_checked(address, field, what, name, known) for name in said)))


def _named(address: _Address, field: str, what: Words, known: Collection[str]) -> str:
    said = address.one(field)
    return _checked(address, field, what, said, known) if said else ""


def _checked(address: _Address, field: str, what: Words, name: str, known: Collection[str]) -> str:
    if name in known:
        return name
    if field == "kind" and _is_out_of_scope(name):
        address.refuse(field, name, OutOfScopeError(name))
        return ""
    error = UnknownNameError(what=what, name=name, known=known, field=field)
    address.refuse(field, name, error, nearest=error.nearest[0] if error.nearest else "")
    return ""


def _is_out_of_scope(name: str) -> bool:
    try:
        kind(name)
    except OutOfScopeError:
        return True
    except RefusedError:
        return False
    return False
