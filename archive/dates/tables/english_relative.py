"""English dates counted from the day of reading, or from the date said before."""

from dataclasses import replace
from typing import Final

from archive.dates.calendar import periods
from archive.dates.calendar.periods import Period, Scale
from archive.dates.meaning import parts, reckoning
from archive.dates.meaning.members import Choice, Context, Member, Side, chosen
from archive.dates.tables.rows import (
    MONTH_NAMES,
    SEASONS,
    WEEKDAY_NAMES,
    Builder,
    Gaps,
    Row,
    english,
    place_of,
)

_SCALES: Final = {
    "day": Scale.DAY, "week": Scale.WEEK, "weekend": Scale.WEEKEND, "month": Scale.MONTH,
    "quarter": Scale.QUARTER, "half": Scale.HALF, "year": Scale.YEAR, "decade": Scale.DECADE,
    "century": Scale.CENTURY,
}  # fmt: skip
_PLURALS: Final = {f"{name}s": scale for name, scale in _SCALES.items()} | {
    "centuries": Scale.CENTURY
}
_ALL_SCALES: Final = _SCALES | _PLURALS
_WEEKS_OF: Final = {"fortnight": 2, "fortnights": 2}
_UNIT: Final = (
    r"(?P<unit>days?|weeks?|fortnights?|months?|quarters?|years?|decades?|century|centuries)"
)

# Words that mean one period counted from the day of reading.
_FROM_TODAY: Final[tuple[tuple[str, Scale, int], ...]] = (
    ("today|earlier today|later today|tonight|this (?:morning|afternoon|evening)", Scale.DAY, 0),
    ("yesterday|last (?:night|evening)", Scale.DAY, -1),
    ("tomorrow|tomorrow night", Scale.DAY, 1),
    ("the day before yesterday", Scale.DAY, -2),
    ("the day after tomorrow", Scale.DAY, 2),
    ("(?:the )?week before last", Scale.WEEK, -2),
    ("(?:the )?month before last", Scale.MONTH, -2),
    ("(?:the )?quarter before last", Scale.QUARTER, -2),
    ("(?:the )?year before last", Scale.YEAR, -2),
    ("(?:the )?week after next", Scale.WEEK, 2),
    ("(?:the )?month after next", Scale.MONTH, 2),
    ("(?:the )?year after next", Scale.YEAR, 2),
    ("(?:last|this past)(?: calendar)? week", Scale.WEEK, -1),
    ("(?:last|this past)(?: calendar)? month", Scale.MONTH, -1),
    ("last(?: calendar)? quarter", Scale.QUARTER, -1),
    ("last half", Scale.HALF, -1),
    ("(?:last|this past)(?: calendar)? year", Scale.YEAR, -1),
    ("last decade", Scale.DECADE, -1),
    ("last century", Scale.CENTURY, -1),
    ("(?:last|this past) weekend", Scale.WEEKEND, -1),
    ("(?:this|the current)(?: calendar)? (?:very )?week", Scale.WEEK, 0),
    ("(?:this|the current)(?: calendar)? month", Scale.MONTH, 0),
    ("(?:this|the current)(?: calendar)? quarter", Scale.QUARTER, 0),
    ("(?:this|the current) half", Scale.HALF, 0),
    ("(?:this|the current)(?: calendar)? year", Scale.YEAR, 0),
    ("(?:this|the current) decade", Scale.DECADE, 0),
    ("(?:this|the current) century", Scale.CENTURY, 0),
    ("this(?: coming)? weekend", Scale.WEEKEND, 0),
    ("(?:next|the coming)(?: calendar)? week", Scale.WEEK, 1),
    ("(?:next|the coming)(?: calendar)? month", Scale.MONTH, 1),
    ("(?:next|the coming)(?: calendar)? quarter", Scale.QUARTER, 1),
    ("next half", Scale.HALF, 1),
    ("(?:next|the coming)(?: calendar)? year", Scale.YEAR, 1),
    ("next decade", Scale.DECADE, 1),
    ("next century", Scale.CENTURY, 1),
    ("next weekend", Scale.WEEKEND, 1),
)
# Words that mean one period counted from the date said before.
_FOLLOWING: Final = "the (?:following|next|ensuing|subsequent)"
_PREVIOUS: Final = "the (?:previous|preceding|prior)"
_SAME: Final = "(?:that(?: very| same)?|(?:on |in )?the (?:very )?same)"
_PART_OF_DAY: Final = "(?:morning|afternoon|evening|night)"
_ANAPHORIC_UNITS: Final = ("day", "week", "weekend", "month", "quarter", "year", "decade")


def _distance(gaps: Gaps) -> tuple[Scale, int]:
    """Return the unit and how many of it; halves of a year are counted in months."""
    unit, count = gaps.text("unit").lower(), gaps.number("count")
    if unit in _WEEKS_OF:
        return Scale.WEEK, _WEEKS_OF[unit] * count
    scale = _ALL_SCALES[unit]
    if gaps.text("half") or gaps.text("halved"):
        return _halved(scale, count)
    return scale, count


def _halved(scale: Scale, count: int) -> tuple[Scale, int]:
    if scale is Scale.YEAR:
        return Scale.MONTH, 12 * count + 6
    if scale is Scale.DECADE:
        return Scale.YEAR, 10 * count + 5
    return scale, count


def _ago(gaps: Gaps, context: Context) -> Period | None:
    scale, count = _distance(gaps)
    return _with_year(reckoning.away(scale, -count, of=context.ref))


def _ahead(gaps: Gaps, context: Context) -> Period | None:
    scale, count = _distance(gaps)
    return _with_year(reckoning.away(scale, count, of=context.ref))


def _later(gaps: Gaps, context: Context) -> Period | None:
    scale, count = _distance(gaps)
    return reckoning.distant(scale, count)(gaps, context)


def _earlier(gaps: Gaps, context: Context) -> Period | None:
    scale, count = _distance(gaps)
    return reckoning.distant(scale, -count)(gaps, context)


def _with_year(period: Period | None) -> Period | None:
    yearly = {Scale.YEAR, Scale.DECADE, Scale.CENTURY}
    return periods.dated(period) if period and period.scale in yearly else period


def _ago_today(gaps: Gaps, context: Context) -> Period | None:
    scale, count = _distance(gaps)
    return reckoning.same_day(scale, -count, of=context.ref)


def _hence_today(gaps: Gaps, context: Context) -> Period | None:
    scale, count = _distance(gaps)
    return reckoning.same_day(scale, count, of=context.ref)


def _ago_this(gaps: Gaps, context: Context) -> Period | None:
    scale, count = _distance(gaps)
    there = reckoning.same_day(scale, -count, of=context.ref)
    return reckoning.here(_SCALES[gaps.text("this").lower()], there.first) if there else None


def _half_a_year_ago(_gaps: Gaps, context: Context) -> Period | None:
    return reckoning.away(Scale.MONTH, -6, of=context.ref)


def _half_a_year_later(gaps: Gaps, context: Context) -> Period | None:
    return reckoning.distant(Scale.MONTH, 6)(gaps, context)


def _a_year_ago_today(_gaps: Gaps, context: Context) -> Period | None:
    return reckoning.same_day(Scale.YEAR, -1, of=context.ref)


def _one_away(sign: int) -> Builder:
    def meaning(gaps: Gaps, context: Context) -> Period | None:
        return reckoning.anaphoric(_SCALES[gaps.text("one").lower()], sign)(gaps, context)

    return meaning


def _the_weekend(_gaps: Gaps, context: Context) -> Period | None:
    choice = Choice.COMING if context.future else Choice.LATEST
    return chosen(reckoning.weekend_of_week(), context.ref, choice)


def _the_running(gaps: Gaps, context: Context) -> Period | None:
    """Return "the year" in "the end of the year": the one that runs on the day of reading."""
    found = reckoning.here(_SCALES[gaps.text("this").lower()], context.ref)
    return replace(found, unsaid=True) if found else None


def _same_feast(gaps: Gaps, context: Context) -> Period | None:
    """Return "that March", "the following spring": the nearest to the date said before."""
    anchor = context.anchor()
    if anchor is None:
        return None
    word = gaps.text("which").lower()
    if word in {"that", "the same"}:
        whole = reckoning.here(Scale.YEAR, anchor.first)
        return (
            _named(gaps).of(whole)
            if whole and _named(gaps).cycle is Scale.YEAR
            else chosen(_named(gaps), anchor.first, Choice.THIS)
        )
    forward = word not in {"the previous", "the preceding", "the prior"}
    return chosen(_named(gaps), anchor.last if forward else anchor.first, _CHOICE[forward])


_CHOICE: Final = {True: Choice.NEXT, False: Choice.LAST}


def _named(gaps: Gaps) -> Member:
    if gaps.text("month_name"):
        return reckoning.month_of_year(place_of(gaps.text("month_name"), MONTH_NAMES))
    if gaps.text("season"):
        return reckoning.season_of_year(place_of(gaps.text("season"), SEASONS))
    return reckoning.weekday_of_week(place_of(gaps.text("weekday_name"), WEEKDAY_NAMES))


def _shifted_from(scale: Scale, count: int) -> Member:
    def of(period: Period) -> Period | None:
        return reckoning.away(scale, count, of=period.last if count > 0 else period.first)

    return Member(parts.PARTED | {Scale.PART}, scale, of, side=Side.LEADS)


def _from_event(sign: int) -> Builder:
    """Return "three days after …": counted from a date that follows."""

    def meaning(gaps: Gaps, _context: Context) -> Member:
        scale, count = _distance(gaps)
        return _shifted_from(scale, sign * count)

    return meaning


def _one_from_event(sign: int) -> Builder:
    """Return "the week before …": counted from a date that follows."""
    return lambda gaps, _context: _shifted_from(_SCALES[gaps.text("one").lower()], sign)


def _eve_of(_gaps: Gaps, _context: Context) -> Member:
    def of(period: Period) -> Period | None:
        return reckoning.away(Scale.DAY, -1, of=period.first)

    return Member(parts.PARTED, Scale.DAY, of, side=Side.LEADS)


def _so_far(_gaps: Gaps, context: Context) -> Member:
    return Member(parts.PARTED, Scale.PART, parts.so_far(context), side=Side.LEADS)


def _to_come(_gaps: Gaps, context: Context) -> Member:
    return Member(parts.PARTED, Scale.PART, parts.to_come(context), side=Side.LEADS)


_COUNTED: Final = (
    rf"{{count}}(?P<half> and a half)? (?:full |calendar )?{_UNIT}(?P<halved> and a half)?"
)
_ONE: Final = "(?P<one>day|week|month|quarter|year|decade)"
_THIS: Final = "(?P<this>day|week|month|quarter|year)"
_NAMES: Final = "(?:{month_name}|{season}|{weekday_name})"

ENGLISH_RELATIVE_ROWS: Final[tuple[Row, ...]] = (
    *(english(words, reckoning.relative(scale, count)) for words, scale, count in _FROM_TODAY),
    *(
        english(f"{_FOLLOWING} {name}", reckoning.anaphoric(_SCALES[name], 1))
        for name in _ANAPHORIC_UNITS
    ),
    *(
        english(f"{_PREVIOUS} {name}", reckoning.anaphoric(_SCALES[name], -1))
        for name in _ANAPHORIC_UNITS
    ),
    *(
        english(f"{_SAME} {name}", reckoning.anaphoric(_SCALES[name], 0))
        for name in _ANAPHORIC_UNITS
    ),
    *(
        english(f"{lead} {_PART_OF_DAY}", reckoning.anaphoric(Scale.DAY, count))
        for lead, count in ((_FOLLOWING, 1), (_PREVIOUS, -1), (_SAME, 0))
    ),
    english(f"[Nn]ext {_PART_OF_DAY}", reckoning.anaphoric(Scale.DAY, 1)),
    english("the (?:day|night) before(?! [A-Za-z0-9])", reckoning.anaphoric(Scale.DAY, -1)),
    english("the day after(?! [A-Za-z0-9])", reckoning.anaphoric(Scale.DAY, 1)),
    english("the (?P<one>week|month|quarter|year) before(?! [A-Za-z0-9])", _one_away(-1)),
    english("the (?P<one>week|month|quarter|year) after(?! [A-Za-z0-9])", _one_away(1)),
    english(f"the {_ONE} (?:before|preceding) that", _one_away(-1)),
    english(f"the {_ONE} (?:after|following) that", _one_away(1)),
    english("(?:over the )?the weekend|over the weekend", _the_weekend),
    english("the (?:current )?(?P<this>month|quarter|year|decade|week)(?! to)", _the_running),
    # Distances.
    english(f"{_COUNTED} (?:ago|back)", _ago),
    english("(?P<from_today>half a year ago|half-a-year ago)", _half_a_year_ago),
    english("half a year (?:later|on|after)(?P<from_today>)", _half_a_year_later),
    english(
        f"{_COUNTED} (?:earlier(?! than)|previously|beforehand|(?:before|prior)(?! ?[A-Za-z0-9]))",
        _earlier,
    ),
    english(f"{_COUNTED} (?:later(?! than)|afterwards?|hence|after(?! ?[A-Za-z0-9]))", _later),
    english(f"(?:in )?{_COUNTED} (?:from now|from today|hence)", _ahead),
    english(f"in {_COUNTED}(?:['’]s?)?(?: time)?", _ahead),
    english(f"{_COUNTED} ago (?:today|to the day)", _ago_today),
    english(f"{_COUNTED} (?:from|after) today", _hence_today),
    english(f"(?P<from_today>)this day {_COUNTED} ago", _ago_today),
    english(f"{_COUNTED} ago this {_THIS}", _ago_this),
    english("this (?:day|time|date) last year", _a_year_ago_today),
    # Near a date that follows.
    english(f"(?:the )?{_COUNTED} (?:after|following|from|past)(?= )", _from_event(1)),
    english(f"(?:the )?{_COUNTED} (?:before|ahead of|prior to)(?= )", _from_event(-1)),
    english(f"the {_ONE} (?:after|following)(?= )", _one_from_event(1)),
    english(f"the {_ONE} (?:before|ahead of|prior to)(?= )", _one_from_event(-1)),
    english("(?:on )?the eve of", _eve_of),
    # Names near the date said before.
    english(
        f"(?P<which>that|the same|the following|the next|the previous|the prior) {_NAMES}",
        _same_feast,
    ),
    # From or to the day of reading.
    english("(?:a (?:bit|little) )?earlier(?: in| on)?(?=[ ])", _so_far),
    english(
        "(?:a (?:bit|little) )?later(?: in| on)?(?=[ ])|(?:in )?the rest of|the remainder of|"
        "(?:the )?balance of",
        _to_come,
    ),
)
