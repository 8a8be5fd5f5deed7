"""A text in sentences that can be chosen, and a quote where it stands in its text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from typing import Final

_AROUND: Final = 200
_END: Final = re.compile(r"[。！？!?；;…]+[”’」』\"')）]*|(?<![A-Z0-9])\.(?=\s+[“\"'(A-Z0-9])|\n")
_LONGEST_COMPARED: Final = 2000
_MOST_COMPARED: Final = 8


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text: where it begins and ends, and the paragraph that it stands in."""

    start: int
    end: int
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Quoted words with what stands around them; not found where ``words`` is empty."""

    before: str
    words: str
    after: str


def sentences(text: str) -> tuple[tuple[Sentence, ...], ...]:
    """Return the sentences of *text* by its paragraphs, the lines that are not empty."""
    found: list[tuple[Sentence, ...]] = []
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            found.append(tuple(_of_line(line, offset, len(found) + 1)))
        offset += len(line) + 1
    return tuple(found)


def _of_line(line: str, offset: int, paragraph: int) -> Iterator[Sentence]:
    start = 0
    ends = [match.end() for match in _END.finditer(line)]
    for end in dict.fromkeys((*ends, len(line))):
        words = line[start:end]
        if words.strip():
            left = start + len(words) - len(words.lstrip())
            right = start + len(words.rstrip())
            yield Sentence(offset + left, offset + right, line[left:right], paragraph)
        start = end


def marked(text: str, quote: str) -> Passage:
    """Return *quote* with what stands around it in *text*."""
    start = text.find(quote)
    if start < 0:
        return Passage(quote, "", "")
    end = start + len(quote)
    return Passage(text[max(0, start - _AROUND) : start], quote, text[end : end + _AROUND])


def nearest(text: str, quote: str) -> str:
    """Return the sentence of *text* that comes nearest to a quote that is not in it.

    Only the few that share most signs with it are compared closely: that takes long.
    """
    wanted = Counter(_plain(quote)[:_LONGEST_COMPARED])
    every = (one.text for paragraph in sentences(text) for one in paragraph)
    likely = nlargest(_MOST_COMPARED, every, key=lambda one: _shared(_plain(one), wanted))
    close = SequenceMatcher(b=_plain(quote)[:_LONGEST_COMPARED])

    def likeness(sentence: str) -> float:
        close.set_seq1(_plain(sentence)[:_LONGEST_COMPARED])
        return close.ratio()

    return max(likely, key=likeness, default="")


def _shared(plain: str, wanted: Counter[str]) -> float:
    """Return how many signs of both are the same, in whatever order, as a share of all."""
    given = Counter(plain[:_LONGEST_COMPARED])
    return 2 * (given & wanted).total() / max(given.total() + wanted.total(), 1)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
