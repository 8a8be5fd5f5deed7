"""The dates in one sentence, each where it stands, told from what only looks like one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from archive.dates.bounding import describe
from archive.dates.calendar.periods import Period
from archive.dates.grammar.chains import Matches, Scan, longest_form
from archive.dates.grammar.expressions import Understood, expression
from archive.dates.meaning.members import Context
from archive.dates.prose.as_numbers import is_measure
from archive.dates.prose.cues import clauses, looks_forward
from archive.dates.prose.guarding import is_date
from archive.dates.prose.places import Place
from archive.dates.readings import Reading, Shape
from archive.dates.tables.dressing import BRACKETED_WEEKDAY
from archive.dates.tables.figures import AMBIGUOUS
from archive.errors import UnreadableDateError

_REMEMBERED: Final = 8
_MOST_PLACES: Final = 80
# Where a date may begin: at a word, a number, or one of the Chinese signs that open one.
_OPENINGS: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z0-9'~]|(?<=[\u3400-\u9fff])[A-Za-z0-9]|"
    r"[〇零一二三四五六七八九十两半廿上下本这那该今明昨去前后次翌当同隔第转年月周星礼春夏秋冬初仲盛深晚大末首最公农阴正腊早即来"
    r"除元端清中国七重五三妇六建教万双平圣感黑网母父复劳儿青光春情愚"
    r"约可或也截不至自从由到直迄介在于是为持赶先差将接疑估似据恐很有以之是就]"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence: its text, the months and weekdays that are names in it, and what matched."""

    text: str
    called: frozenset[str] = frozenset()
    matches: dict[int, Matches] = field(default_factory=dict)


def both(one: Reading | None, other: Reading | None) -> Reading | None:
    """Return one reading that keeps two, where day and month may be either."""
    if one is None or other is None or one.edtf == other.edtf:
        return one or other
    early, late = sorted(
        (one, other), key=lambda found: (found.earliest or date.min, found.latest or date.max)
    )
    if one.shape is Shape.UNIT and other.shape is Shape.UNIT:
        whole = describe(f"[{early.edtf},{late.edtf}]")
    else:
        # No set holds two open ends: the wider of both stands, the form asks.
        whole = late if early.earliest is None else early
    return replace(whole, alternatives=(early, late))


def dates_in(told: Told, ground: Context) -> Iterator[tuple[Place, Reading]]:
    """Return the dates of a sentence read on its ground, in order.

    What looks like more than 80 of them is no sentence: the rest is left out.
    """
    text, at, left = told.text, 0, _MOST_PLACES
    for start, end in clauses(text):
        at, is_future = max(at, start), looks_forward(text[start:end])
        while (opening := _OPENINGS.search(text, at, end)) is not None:
            at = opening.start() + 1
            context = replace(ground, future=is_future(opening.start() - start))
            place = _place(told, opening.start(), context)
            if place is None:
                at = max(at, longest_form(Scan(text, context, told.matches), opening.start()))
                continue
            left -= 1
            if not left:
                return
            # What is refused is refused whole: no "Thursday" out of "every Tuesday and Thursday".
            at = max(at, opening.end() if is_measure(place) else _behind(text, place))
            reading = _reading(told, opening.start(), place, context)
            if reading is None:
                continue
            yield place, reading
            ground = remembering(ground, place.found.periods)


def _behind(text: str, place: Place) -> int:
    """Return where to look further: behind the date, and a weekday in brackets."""
    weekday = BRACKETED_WEEKDAY.match(text, place.found.end)
    return weekday.end() if weekday else place.found.end


def _place(told: Told, at: int, context: Context) -> Place | None:
    text = told.text
    found = expression(Scan(text, context, told.matches), at)
    if found is None:
        return None
    return Place(
        found=found,
        words=text[found.start : found.end],
        before=text[:at],
        introduced=text[at : found.start],
        after=text[found.end :],
        future=context.future,
        anchored=bool(context.sentence),
        names=told.called,
    )


def _reading(told: Told, at: int, place: Place, context: Context) -> Reading | None:
    if not is_date(place):
        return None
    reading = described(place.found)
    if reading is None or not AMBIGUOUS.search(place.words):
        return reading
    other = expression(Scan(told.text, replace(context, day_first=True), told.matches), at)
    return both(reading, described(other))


def described(found: Understood | None) -> Reading | None:
    """Return the reading of what was understood; None where no calendar holds it."""
    if found is None:
        return None
    try:
        return describe(found.edtf)
    except UnreadableDateError:
        return None


def remembering(context: Context, said: tuple[Period, ...]) -> Context:
    """Return the ground of what follows: *said* are the dates mentioned last."""
    latest = said[::-1]
    return replace(
        context,
        anchors=(*latest, *context.anchors)[:_REMEMBERED],
        sentence=(*latest, *context.sentence)[:_REMEMBERED],
    )
