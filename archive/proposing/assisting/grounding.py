"""Words found in a text as they stand there, or not at all."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from archive.commands.articles import readable
from archive.proposing.laying import LONGEST_QUOTE, LONGEST_TEXT
from archive.proposing.proposals import Span

_MOST_TRIED: Final = 50
_EASTERN: Final = "\u2e80"  # from here on, signs stand for words by themselves


@dataclass(frozen=True, slots=True)
class Ground:
    """A text as it is kept, of which other words are either a part or nothing."""

    text: str

    def place_of(self, words: str, *, near: Span | None = None) -> Span | None:
        """Return where *words* stand character by character: in *near*, else the nearest to it.

        None where they stand nowhere, are too long for a quote, or cut a word or a number in two.
        """
        plain = readable(words).strip()
        if len(plain) > LONGEST_QUOTE or not any(map(str.isalnum, plain)):
            return None
        whole = Span(0, min(len(self.text), LONGEST_TEXT))
        inside = near or whole
        first = next(self._after(plain, inside.start, inside.end), None)
        if first is not None or near is None:
            return first
        around = [self._before(plain, near.start), self._after(plain, near.end, whole.end)]
        nearest = [one for found in around for one in islice(found, 1)]
        return min(nearest, key=near.gap, default=None)

    def _after(self, words: str, start: int, end: int) -> Iterator[Span]:
        at = self.text.find(words, start, end)
        for _try in range(_MOST_TRIED):
            if at < 0:
                return
            yield from self._whole(Span(at, at + len(words)))
            at = self.text.find(words, at + 1, end)

    def _before(self, words: str, end: int) -> Iterator[Span]:
        at = self.text.rfind(words, 0, end)
        for _try in range(_MOST_TRIED):
            if at < 0:
                return
            yield from self._whole(Span(at, at + len(words)))
            at = self.text.rfind(words, 0, at + len(words) - 1)

    def _whole(self, place: Span) -> Iterator[Span]:
        if not (_is_cut(self.text, place.start) or _is_cut(self.text, place.end)):
            yield place


def _is_cut(text: str, at: int) -> bool:
    """Tell whether a word, a number or a composed letter goes on across *at*."""
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    if not before or not after:
        return False
    if unicodedata.category(after)[0] == "M":
        return True
    if _is_lettered(before) and _is_lettered(after):
        return True
    if after in ".,":  # "20.65" is one number
        return before.isdecimal() and text[at + 1 : at + 2].isdecimal()
    return before in ".," and after.isdecimal() and text[at - 2 : at - 1].isdecimal()


def _is_lettered(sign: str) -> bool:
    return sign.isalnum() and sign < _EASTERN
