"""How long something took, or is ago, in the reader's language: by days, by months, by years."""

from typing import Final

from flask_babel import gettext, ngettext

_TWO_MONTHS: Final = 60
_TWO_YEARS: Final = 730
_MONTH_DAYS: Final = 30.44
_YEAR_DAYS: Final = 365.25


def duration(days: int) -> str:
    """Return so many days in words: days below two months, months below two years, else years."""
    if days < _TWO_MONTHS:
        return str(ngettext("%(num)s day", "%(num)s days", days))
    if days < _TWO_YEARS:
        return str(gettext("%(months)s months", months=round(days / _MONTH_DAYS)))
    return str(gettext("%(years)s years", years=f"{days / _YEAR_DAYS:.1f}"))
