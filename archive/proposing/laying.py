"""A text laid out: its paragraphs, numbered, and their sentences, each where it stands."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from archive.dates import sentences
from archive.proposing.proposals import Span

LONGEST_TEXT: Final = 100_000
LONGEST_SENTENCE: Final = 500  # what is longer is read in pieces
LONGEST_QUOTE: Final = 600
_LINE: Final = re.compile(r"[^\r\n]+")
# Where a thought ends inside a sentence; a comma between digits parts thousands, or a date.
_CLAUSE_END: Final = re.compile(
    r"[，；;：:。！？!?、]|,(?!\d)|\s[-–]\s|—+|(?<=[A-Za-z0-9])\s+(?:and|"
    r"but|while|before|after|which|who)\s+"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, the number of its paragraph, and where it stands in the text."""

    text: str
    start: int
    paragraph: int

    @property
    def span(self) -> Span:
        """Return its place in the text."""
        return Span(self.start, self.start + len(self.text))

    def words_of(self, span: Span) -> str:
        """Return the words of a part of it."""
        return self.text[span.start - self.start : span.end - self.start]

    def clause_at(self, place: int) -> Span:
        """Return the part between two commas in which *place*, counted in the text, lies."""
        at = max(place - self.start, 0)
        starts, ends = _joints(self.text)
        start = starts[bisect_right(starts, at) - 1]
        end = ends[min(bisect_left(ends, at), len(ends) - 1)]
        return Span(self.start + start, self.start + end)


@lru_cache(maxsize=256)
def _joints(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where the clauses of a sentence begin and where they end; looked for only once."""
    marks = [mark for mark in _CLAUSE_END.finditer(text) if mark[0] != "、"]  # it joins names
    return (0, *(mark.end() for mark in marks)), (*(mark.start() for mark in marks), len(text))


def laid_out(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of *text*; a paragraph is a line that is not blank, counted from 1."""
    return tuple(_sentences(text[:LONGEST_TEXT]))


def _sentences(text: str) -> Iterator[Sentence]:
    lines = (line for line in _LINE.finditer(text) if line[0].strip())
    for number, line in enumerate(lines, start=1):
        at = line.start()
        for told in sentences(line[0]):
            at = text.index(told, at)
            for cut in range(0, len(told), LONGEST_SENTENCE):
                piece = told[cut : cut + LONGEST_SENTENCE]
                yield Sentence(piece, at + cut, number)
            at += len(told)
