"""The words of an address as they are read: what cannot be taken is told, never fatal."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final, TypeAlias

from werkzeug.datastructures import MultiDict

from archive.dates import Reading, day_number, describe, read, unreadable
from archive.errors import OutOfScopeError, RefusedError, UnknownNameError
from archive.languages import Words
from archive.vocabulary import kind

_MOST_PARTS: Final = 12
_PART: Final = re.compile(r"\d+|[^\W\d]+")

AddressWords: TypeAlias = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """One word of the address that cannot be taken, and the nearest one that can."""

    field: str
    value: str
    sentence: str
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """The words of an address, and where their problems are collected."""

    words: AddressWords
    locale: str
    today: date
    problems: list[Problem]

    def one(self, name: str) -> str:
        """Return the word given for *name*, without blanks around it."""
        return self.words.get(name, "").strip()

    def all(self, name: str) -> list[str]:
        """Return the words given for *name*, without the empty ones."""
        return [word for word in map(str.strip, self.words.getlist(name)) if word]

    def refuse(self, field: str, value: str, error: RefusedError, *, nearest: str = "") -> None:
        """Note that the word cannot be taken."""
        self.problems.append(Problem(field, value, error.words(self.locale), nearest))

    def checked(self, field: str, name: str, *, what: Words, known: Collection[str]) -> str:
        """Return *name* if it is one of those *known*; else note it and return nothing."""
        if not name or name in known:
            return name
        if field == "kind" and _is_out_of_scope(name):
            self.refuse(field, name, OutOfScopeError(name))
            return ""
        error = UnknownNameError(what=what, name=name, known=known, field=field)
        self.refuse(field, name, error, nearest=error.nearest[0] if error.nearest else "")
        return ""

    def day(self, field: str, *, what: Words, is_end: bool = False) -> int | None:
        """Return the first day that the word of *field* means, or the last; None without one."""
        said = self.one(field)
        if not said:
            return None
        found = self._understood(said)
        day = _end(found, is_end=is_end) if found else None
        if day is None:
            error = unreadable(said, field=what.in_language(self.locale))
            self.refuse(field, said, error, nearest=self._nearest(said))
            return None
        return day_number(day)

    def _understood(self, said: str) -> Reading | None:
        return read(said, ref=self.today, lang=self.locale, whole=True)

    def _nearest(self, said: str) -> str:
        """Return the longest run of whole parts of *said* that is a date, as EDTF, if any is."""
        parts = list(islice(_PART.finditer(said), _MOST_PARTS))
        runs = [
            said[first.start() : last.end()]
            for number, first in enumerate(parts)
            for last in parts[number:]
        ]
        for run in sorted(runs, key=len, reverse=True):
            found = self._understood(run)
            if found is not None and describe(found.edtf).earliest is not None:
                return found.edtf
        return ""


def _end(found: Reading, *, is_end: bool) -> date | None:
    if is_end:
        return found.latest or found.earliest
    return found.earliest or found.latest


def _is_out_of_scope(name: str) -> bool:
    try:
        kind(name)
    except OutOfScopeError:
        return True
    except RefusedError:
        return False
    return False
