"""How late the archive came to know of an event: from the day it happened to its record."""

from typing import Final

from flask_babel import gettext, ngettext

from archive.dates import LATEST_DAY, day_number
from archive.queries import EventAnswer
from archive.vocabulary import kind

# What is recorded within a month is not late enough to be told of.
_LATE: Final = 31
_TWO_MONTHS: Final = 62
_TWO_YEARS: Final = 730
_MONTH_DAYS: Final = 30.44
_YEAR_DAYS: Final = 365.25


def lateness(answer: EventAnswer) -> str:
    """Return in a sentence how late the event was first recorded; nothing where it was soon.

    It is counted from the last day on which it may have happened, and is the least it can be where
    the days are several.
    """
    row = answer.row
    if row.last_day == LATEST_DAY or not kind(row.kind).is_world:
        return ""
    days = day_number(answer.versions[0].recorded.recorded_at.date()) - row.last_day
    if days <= _LATE:
        return ""
    if row.first_day == row.last_day:
        return str(gettext("Recorded %(time)s after the day it happened.", time=_in_words(days)))
    return str(gettext("Recorded at least %(time)s after it happened.", time=_in_words(days)))


def _in_words(days: int) -> str:
    if days < _TWO_MONTHS:
        return str(ngettext("%(num)s day", "%(num)s days", days))
    if days < _TWO_YEARS:
        return str(gettext("%(months)s months", months=round(days / _MONTH_DAYS)))
    return str(gettext("%(years)s years", years=f"{days / _YEAR_DAYS:.1f}"))
