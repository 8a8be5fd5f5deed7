"""Rows of the grammar: a template of words with named gaps, and what it means.

They are patterns of the package `regex`, which alone tells with what sign a match may begin.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import regex

from archive.dates.calendar.periods import Period
from archive.dates.meaning.members import Context, Member, Run
from archive.dates.tables.numerals import ENGLISH_NUMBERS, ENGLISH_ORDINALS, number

Node = Period | Member | Run
Builder = Callable[["Gaps", Context], Node | None]

MONTH_NAMES: Final = (
    "January|Jan", "February|Feb", "March|Mar", "April|Apr", "May", "June|Jun", "July|Jul",
    "August|Aug", "September|Sept|Sep", "October|Oct", "November|Nov", "December|Dec",
)  # fmt: skip
WEEKDAY_NAMES: Final = (
    "Monday|Mon", "Tuesday|Tues|Tue", "Wednesday|Wed", "Thursday|Thurs|Thur|Thu",
    "Friday|Fri", "Saturday|Sat", "Sunday|Sun",
)  # fmt: skip
CHINESE_WEEKDAYS: Final = "一二三四五六日"
SEASONS: Final = ("spring", "summer", "autumn|fall", "winter")
CHINESE_SEASONS: Final = "春夏秋冬"


def _named(names: tuple[str, ...]) -> str:
    """Whole names, or short ones that may end in a full stop."""
    whole = "|".join(name.partition("|")[0] for name in names)
    short = "|".join(name.partition("|")[2] or "May" for name in names)
    return rf"(?:(?:{whole})(?![a-z])|(?:{short})(?![a-z])\.?)"


_ENGLISH_COUNT: Final = "|".join(sorted(ENGLISH_NUMBERS, key=len, reverse=True))
_ENGLISH_ORDINAL: Final = "|".join(sorted(ENGLISH_ORDINALS, key=len, reverse=True))
_CHINESE_NUMBER: Final = "[〇零○一二两三四五六七八九十百廿卅]"

# What may stand in a gap. A gap is `{name}`, or `{other:name}` where one name comes twice.
GAPS: Final = {
    "year": r"(?:[12]\d{3}|[一二][〇零○一二三四五六七八九]{3})(?!\d)",
    "short_year": r"\d\d(?!\d)",
    "short_chinese_year": r"(?:\d\d|[〇零○一二三四五六七八九]{2})",
    "month": r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])",
    "day": r"(?:3[01]|[12]\d|0?[1-9]|三十一?|[廿二]?十[一二三四五六七八九]?|"
    r"廿[一二三四五六七八九]|[一二三四五六七八九])",
    "number": rf"(?:\d{{1,4}}|{_CHINESE_NUMBER}{{1,5}})",
    "quarter": r"[1-4一二三四]",
    "half": r"[12]",
    "month_name": _named(MONTH_NAMES),
    "weekday_name": _named(WEEKDAY_NAMES),
    "weekday": r"[一二三四五六日天]",
    "season": rf"(?:{'|'.join(SEASONS)})(?![a-z])",
    "english_day": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\da-z])(?! ?(?:[ap]\.?m\b|:\d))",
    "ordinal_day": rf"(?:(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)|{_ENGLISH_ORDINAL})(?![\da-z])",
    "ordinal": rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{_ENGLISH_ORDINAL})(?![\da-z])",
    "count": rf"(?:\d{{1,4}}(?![.,]?\d)|(?:{_ENGLISH_COUNT})(?![a-z]))",
}
_GAP: Final = re.compile(r"\{(?:(\w+):)?([a-z_]+)\}")
# A blank, optional or not, but not one inside a class of signs.
_BLANK: Final = re.compile(r"(?P<class>\[(?:\\.|[^\]])*\])|(?P<optional> \?)| ")


class Gaps:
    """What stood in the gaps of a row."""

    def __init__(self, match: regex.Match[str]) -> None:
        self._match = match

    def text(self, name: str) -> str:
        """Return the words in a gap; empty where it was left out."""
        return (self._match[name] or "") if name in self._match.re.groupindex else ""

    def number(self, name: str) -> int:
        """Return the number in a gap; 0 where there is none."""
        return number(self.text(name)) or 0

    def whole(self) -> str:
        """Return all that the row matched."""
        return self._match[0]


@dataclass(frozen=True, slots=True)
class Row:
    """One form that a date may take, and what it means."""

    pattern: regex.Pattern[str]
    meaning: Builder

    def may_begin_with(self, signs: str) -> bool:
        """Return whether some words of this form begin with those signs."""
        return self.pattern.match(signs, partial=True) is not None


def compiled(template: str, *, space: str) -> regex.Pattern[str]:
    """Return the pattern of a template, in which a blank stands for *space*."""

    def blank(match: re.Match[str]) -> str:
        return match["class"] or (r"[ \t]*" if match["optional"] else space)

    def gap(match: re.Match[str]) -> str:
        return f"(?P<{match[1] or match[2]}>{GAPS[match[2]]})"

    return regex.compile(_GAP.sub(gap, _BLANK.sub(blank, template)), regex.IGNORECASE)


def chinese(template: str, meaning: Builder) -> Row:
    """Return a row of Chinese words, between which blanks may stand or not."""
    return Row(compiled(template, space=r"[ \t]?"), meaning)


def english(template: str, meaning: Builder) -> Row:
    """Return a row of English words, apart by blanks and ended by no letter."""
    return Row(compiled(rf"(?:{template})(?![A-Za-z])", space=r"[ \t]+"), meaning)


def always(node: Node) -> Builder:
    """Return the meaning of a row that always means the same."""
    return lambda _gaps, _context: node


def numbered(make: Callable[[int], Node | None], *gaps: str) -> Builder:
    """Return the meaning of a row that is made from its number, in the first gap filled."""
    return lambda said, _context: make(next(filter(None, map(said.number, gaps)), 0))


def any_of(*words: str) -> str:
    """Return the pattern of any of *words*, each a pattern itself."""
    return f"(?:{'|'.join(words)})"


def place_of(word: str, names: tuple[str, ...]) -> int:
    """Return which of *names*, each a list of variants, holds the word, counted from 1."""
    said = word.lower().rstrip(".")
    return next(n for n, name in enumerate(names, 1) if said in name.lower().split("|"))
