"""What can hardly be: an event long before all that is held, or told before it happened."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from sqlalchemy import Connection

from archive.dates import day_number, day_of, describe, phrase
from archive.errors import ArchiveError
from archive.languages import LOCALES, Words
from archive.proposing.cautions import Caution
from archive.proposing.rows import Draft
from archive.queries import head, published
from archive.queries.events.counting import covered_days
from archive.vocabulary import Raw

_FAR: Final = 3653  # days, ten years
# Where it is a day later already, an event of tomorrow is told today.
_NEXT_DAY: Final = 1
_DAYS_OF_A_YEAR: Final = 365.2425
# Terms and prices are told before the day from which they hold.
_TOLD_BEFORE: Final = frozenset({"in_force"})
_TOO_EARLY: Final = Words(
    "比档案所收最早的事件（{day}）还早约 {years} 年；请核对年份。",
    "This lies about {years} years before the first event that is held ({day}); check the year.",
)
_FORETOLD: Final = Words(
    "来源发表于{day}，早于此事发生；它如何得知？请核对日期与来源。",
    "The source came out on {day}, before this happened; check the date and the source.",
)


def far_before_all(connection: Connection, draft: Draft) -> Iterator[Caution]:
    """Yield a doubt where the draft lies ten years or more before every event that is held."""
    covered = covered_days(connection, known=head(connection).position)
    if draft.latest is None or covered is None:
        return
    gap = covered[0] - day_number(draft.latest)
    if gap >= _FAR:
        years = str(round(gap / _DAYS_OF_A_YEAR))
        yield Caution("far_before", _said(_TOO_EARLY, day_of(covered[0]), years), field="when")


def foretold(connection: Connection, draft: Draft, raw: Raw) -> Iterator[Caution]:
    """Yield a doubt for each source that came out before the draft can have happened."""
    if draft.earliest is None or draft.date_kind in _TOLD_BEFORE:
        return
    known = head(connection).position
    for source in dict.fromkeys(_sources(raw.get("claims"))):
        day = _last_day(published(connection, source=source, known=known))
        if day is not None and day_number(day) + _NEXT_DAY < day_number(draft.earliest):
            yield Caution("foretold", _said(_FORETOLD, day), field="source")


def _said(sentence: Words, day: date | None, years: str = "") -> Words:
    shown = {one: phrase(day.isoformat(), locale=one) if day else "" for one in LOCALES}
    return Words(
        *(sentence.in_language(one).format(day=shown[one], years=years) for one in LOCALES)
    )


def _sources(claims: object) -> Iterator[str]:
    for one in claims if isinstance(claims, list | tuple) else ():
        if isinstance(one, Mapping) and one.get("source"):
            yield str(one["source"])


def _last_day(words: str) -> date | None:
    try:
        return describe(words).latest if words else None
    except ArchiveError:
        return None
