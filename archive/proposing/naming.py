"""The names that the archive holds, found in a text: the longest at each place, in any script."""

import re
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind
from sqlalchemy import Connection

from archive.proposing.calling import Called, called, folded
from archive.proposing.proposals import Named, Span
from archive.queries import head

_MOST_LISTS: Final = 4
_WORD: Final = re.compile(r"[a-z0-9]")
_COUNTED: Final = re.compile(r"[.,%\d年月日万亿元个家人米度]")
_LATIN_BEFORE: Final = re.compile(r"[a-z][,;]? $")
_LATIN_AFTER: Final = re.compile(r"[,;]? [a-z]")
# How many names back, and how many signs, the owner of a short name may stand.
_NEAR: Final = 4
_REACH: Final = 60


@dataclass(frozen=True, slots=True)
class Names:
    """An automaton over all names, and whom each of them may mean."""

    automaton: AhoCorasick
    names: tuple[str, ...]
    called: Called

    def found_in(self, text: str) -> tuple[Named, ...]:
        """Return whom *text* names, in order; of names that overlap, the longest from the left."""
        plain = folded(text)
        matches = self.automaton.find_matches_as_indexes(plain, overlapping=True)
        places = [
            Span(start, end)
            for number, start, end in matches
            if _stands_alone(plain, self.names[number], start, end)
            and not self._is_mere_word(text, plain, start, end)
        ]
        full = _longest(one for one in places if one.of(plain) in self.called.bearers)
        named = [self._named(text, plain, place) for place in full]
        short = _longest(one for one in places if one.of(plain) in self.called.owned)
        return tuple(self._with_short(text, plain, named, short))

    def sector_in(self, plain: str, *, start: int, text: str) -> Named | None:
        """Return the trade that a sentence at *start* speaks of by its wares, if it is known."""
        spoken = [one for one in self.called.sectors if one.wares in plain]
        best = min(spoken, key=lambda one: one.rank(plain), default=None)
        if best is None:
            return None
        at = plain.index(best.wares)
        place = Span(at, at + len(best.wares))
        return Named(best.id, best.type, place.of(text), Span(start + at, start + place.end))

    def _named(self, text: str, plain: str, place: Span) -> Named:
        (one, of_type), *others = self.called.bearers[place.of(plain)]
        rivals = tuple(rival for rival, _type in others)
        return Named(one, of_type, place.of(text), place, rivals)

    def _with_short(
        self, text: str, plain: str, named: Sequence[Named], short: Iterable[Span]
    ) -> list[Named]:
        """Return *named* and those called by the rest of their name near its owner."""
        found = list(named)
        starts = [one.span.start for one in named]
        for place in short:
            at = bisect_right(starts, place.start)
            if any(one.span.meets(place) for one in named[max(0, at - 1) : at + 1]):
                continue
            before = named[max(0, at - _NEAR) : at]
            near = {one.id for one in before if one.span.gap(place) < _REACH}
            bearers = [one for one, owner in self.called.owned[place.of(plain)] if owner in near]
            if len(bearers) == 1:
                found.append(Named(*bearers[0], place.of(text), place))
        return sorted(found, key=lambda one: one.span)

    def _is_mere_word(self, text: str, plain: str, start: int, end: int) -> bool:
        """Tell whether a name with a capital stands as a small word among English words."""
        words = text[start:end]
        if not (words.isascii() and words.isalpha() and words.islower()):
            return False
        if plain[start:end] in self.called.small:
            return False
        before, after = plain[max(0, start - 3) : start], plain[end : end + 3]
        return bool(_LATIN_BEFORE.search(before) or _LATIN_AFTER.match(after))


_LISTS: Final[OrderedDict[tuple[str, int, datetime | None], Names]] = OrderedDict()
_LOCK: Final = Lock()


def names_of(connection: Connection) -> Names:
    """Return the names as known now; built once for each position of the log."""
    now = head(connection)
    key = str(connection.engine.url), now.position, now.recorded_at
    with _LOCK:
        if key in _LISTS:
            _LISTS.move_to_end(key)
            return _LISTS[key]
    made = _names(called(connection, known=now.position))
    with _LOCK:
        _LISTS[key] = made
        while len(_LISTS) > _MOST_LISTS:
            _LISTS.popitem(last=False)
    return made


def names_in(connection: Connection, text: str) -> tuple[Named, ...]:
    """Return the entities of the archive that *text* names, in the order of the text."""
    return names_of(connection).found_in(text)


def _names(known: Called) -> Names:
    names = tuple({**known.bearers, **known.owned})
    return Names(AhoCorasick(names, matchkind=MatchKind.Standard), names, known)


def _stands_alone(text: str, name: str, start: int, end: int) -> bool:
    """Tell whether a Latin name is a word of its own there; signs of Chinese need no gap."""
    before = text[start - 1] if start else ""
    if _WORD.match(name[0]) and (_WORD.match(before) or _is_joined(text, start)):
        return False
    if _WORD.match(name[-1]) and _WORD.match(text, end):
        return False
    # A name of mere digits must not count anything.
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return not (name.isdigit() and _COUNTED.search(around))


def _is_joined(text: str, start: int) -> bool:
    """Tell whether a point or a dash joins what stands there to a word before it."""
    return text[start - 1 : start] in {".", "-"} and bool(_WORD.match(text[start - 2 : start - 1]))


def _longest(places: Iterable[Span]) -> Iterator[Span]:
    at = 0
    for place in sorted(places, key=lambda one: (one.start, -one.end)):
        if place.start >= at:
            yield place
            at = place.end
