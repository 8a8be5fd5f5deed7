"""The quiet stretches of a drawing, folded into narrow breaks that say how long they are."""

from dataclasses import dataclass
from typing import Final

from archive.dates import day_of
from archive.languages import Words
from archive.web.drawing.marking import events_in_words, in_words
from archive.web.drawing.scales import Scale

_FOLD: Final = Words("{count} 个月", "{count} mo")
_FOLDED_YEARS: Final = Words("{count} 年", "{count} yr")
_MANY_MONTHS, _OF_A_YEAR = 60, 12
_UNFOLD: Final = Words(
    "{first}至{last}：{count} 个月无事件；展开",
    "{first} to {last}: {count} months in which no event begins; unfold",
)
_VAGUE: Final = Words(
    "{first}至{last}：{count} 个月无事件，{events}日期较粗；展开",
    "{first} to {last}: {count} months without an event, {events} known less exactly; unfold",
)
_PART: Final = Words(
    "{first}至{last}：{count} 个月，其间有 {events}未在此处画出；展开",
    "{first} to {last}: {count} months with {events} not drawn there; unfold",
)


@dataclass(frozen=True, slots=True)
class DrawnFold:
    """A quiet stretch folded into a narrow break, and the words for its length."""

    x: str
    width: str
    middle: str
    text: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Begun:
    """How many events begin in each month, by its first day.

    Not all of them are there to be drawn if ``is_part``; else all whose dates are exact enough.
    """

    months: tuple[tuple[int, int], ...] = ()
    is_part: bool = False

    def within(self, first_day: int, last_day: int) -> int:
        """Return how many begin in the months between the two days."""
        return sum(number for day, number in self.months if first_day <= day <= last_day)


def folds_of(scale: Scale, locale: str, *, begun: Begun) -> tuple[DrawnFold, ...]:
    """Return each fold of *scale*, in the order of time; its words tell of what is not drawn."""
    found = []
    for quiet in scale.folds:
        left = scale.x(quiet.first_day)
        held = begun.within(quiet.first_day, quiet.last_day)
        words = (_PART if begun.is_part else _VAGUE) if held else _UNFOLD
        first, last = (day_of(day).isoformat()[:7] for day in (quiet.first_day, quiet.last_day))
        spoken = words.in_language(locale).format(
            first=in_words(first, locale),
            last=in_words(last, locale),
            count=quiet.months,
            events=events_in_words(held, locale),
        )
        text = _length(quiet.months, locale)
        middle, width = scale.percent(left + scale.fold_width / 2), scale.percent(scale.fold_width)
        found.append(DrawnFold(scale.percent(left), width, middle, text, spoken))
    return tuple(found)


def _length(months: int, locale: str) -> str:
    """Return so many months in few words: what lasts five years and more, in years."""
    if months >= _MANY_MONTHS:
        return _FOLDED_YEARS.in_language(locale).format(count=round(months / _OF_A_YEAR))
    return _FOLD.in_language(locale).format(count=months)
