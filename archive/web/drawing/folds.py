"""The quiet stretches of a drawing, folded into narrow breaks that say how long they are."""

from dataclasses import dataclass
from typing import Final

from archive.dates import day_of
from archive.languages import Words
from archive.web.drawing.marking import in_words
from archive.web.drawing.scales import Scale

_FOLD: Final = Words("{count} 个月", "{count} mo")
_FOLDED_YEARS: Final = Words("{count} 年", "{count} yr")
_MANY_MONTHS, _OF_A_YEAR = 60, 12
_UNFOLD: Final = Words(
    "{first}至{last}：{count} 个月没有事件；展开",
    "{first} to {last}: {count} months without events; unfold",
)


@dataclass(frozen=True, slots=True)
class DrawnFold:
    """A quiet stretch folded into a narrow break, and the words for its length."""

    x: str
    width: str
    middle: str
    text: str
    spoken: str


def folds_of(scale: Scale, locale: str) -> tuple[DrawnFold, ...]:
    """Return each fold of *scale*, in the order of time."""
    found = []
    for quiet in scale.folds:
        left = scale.x(quiet.first_day)
        first, last = (day_of(day).isoformat()[:7] for day in (quiet.first_day, quiet.last_day))
        spoken = _UNFOLD.in_language(locale).format(
            first=in_words(first, locale), last=in_words(last, locale), count=quiet.months
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
