"""How late the archive came to know of an event: from the day it happened to its record."""

from typing import Final

from flask_babel import gettext

from archive.dates import LATEST_DAY, day_number
from archive.queries import EventAnswer
from archive.vocabulary import kind
from archive.web.frame.durations import duration

# What is recorded within a month is not late enough to be told of.
_LATE: Final = 31


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
        return str(gettext("Recorded %(time)s after the day it happened.", time=duration(days)))
    return str(gettext("Recorded at least %(time)s after it happened.", time=duration(days)))
