"""Words read to a date: EDTF as typed, the grammar, and dateparser for other languages."""

import re
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Final

from archive.dates import dialects
from archive.dates.bounding import describe
from archive.dates.calendar import periods
from archive.dates.grammar.chains import Scan
from archive.dates.grammar.expressions import Understood, expression
from archive.dates.meaning.members import Context
from archive.dates.prose.cleaning import evened
from archive.dates.prose.cues import speaks_of_future
from archive.dates.prose.framing import (
    FRAME_AFTER,
    FRAME_BEFORE,
    KNOWN_AFTER,
    KNOWN_BEFORE,
    MERE_VERBS,
    NEVER,
    SPEAKS_OF_TIME,
)
from archive.dates.prose.guarding import is_bare_name
from archive.dates.prose.names import names_in
from archive.dates.readings import Reading
from archive.dates.spotting import Told, both, dates_in, described
from archive.dates.tables.dressing import DRESS
from archive.dates.tables.figures import AMBIGUOUS
from archive.errors import UnreadableDateError

LONGEST_WORDS: Final = 200
_NOTATION: Final = re.compile(r"[\[{]?[?~%]?(?:[0-9X]{4}|\.\.|/)[0-9XS?~%./,\-\s\]}..]*")
# A dash between blanks; "May-be" holds none.
_DASH: Final = re.compile(r"-(?=[\s-])|(?<=[\s-])-")
_TRAILING: Final = " \t\r\n。．.,，、;；!！:：)）]】\"'”」』"
_LEADING: Final = " \t\r\n,，(（[【\"'“「『:：·|•/"
# A sign at either end may mean something: a minus, an end left open.
_HANGING: Final = re.compile(r"\A[-+/|·•@]|(?:[-+/|·•@]|\.\.)\Z")
# Signs that dateparser passes over without a word.
_ODD: Final = re.compile(r"[#$%&*+<=>\\^_`{|}~≠≤≥±]")


def read(
    words: str,
    *,
    ref: date,
    lang: str | None = None,
    day_first: bool | None = None,
    whole: bool = False,
) -> Reading | None:
    """Return the date that *words* mean on the day *ref*; ``None`` where they are no date.

    *day_first* decides 02/08/2022; where it is None, the reading keeps both. Words that say more
    than one date are read as prose is, unless they have to be the date as a *whole*: for a box.
    """
    if len(words) > LONGEST_WORDS:
        return None
    typed = words.strip()
    return _typed(typed) or _worded(evened(typed), ref, lang, day_first, whole=whole)


def order_told(words: str, *, edtf: str) -> bool | None:
    """Tell whether *words* that were taken for *edtf* put the day first.

    None where they hold no ambiguous numbers, or mean something else.
    """
    if not edtf or len(words) > LONGEST_WORDS:
        return None
    if AMBIGUOUS.search(evened(words.strip())) is None:
        return None
    known = describe(edtf)
    ref = known.latest or known.earliest or date.max
    readings = {order: read(words, ref=ref, day_first=order) for order in (False, True)}
    orders = [order for order, found in readings.items() if found and found.edtf == edtf]
    return orders[0] if len(orders) == 1 else None


def _typed(words: str) -> Reading | None:
    if not _NOTATION.fullmatch(words):
        return None
    is_bare_span = ".." in words and "/" not in words and words[:1] not in {"[", "{"}
    try:
        return describe(f"[{words}]" if is_bare_span else words)
    except UnreadableDateError:
        return None


def _worded(
    words: str,
    ref: date,
    lang: str | None,
    day_first: bool | None,  # noqa: FBT001 - as read has it
    *,
    whole: bool,
) -> Reading | None:
    if NEVER.search(words) or (whole and _HANGING.search(words)):
        return None
    today = periods.day(ref)
    anchors = (today,) if today else ()
    future = speaks_of_future(words)
    context = Context(ref, anchors, future=future, day_first=bool(day_first))
    found = _in_frame(words, context, whole=whole)
    if found is None:
        if whole:
            return None if _ODD.search(words) else dialects.read(words, context, lang=lang)
        return _only_one(words, context) or dialects.read(words, context, lang=lang)
    if day_first is not None or AMBIGUOUS.search(words) is None:
        return described(found)
    other = _in_frame(words, replace(context, day_first=True), whole=whole)
    return both(described(found), described(other))


def _only_one(words: str, context: Context) -> Reading | None:
    """Return the date of words that say more, when they hold but one."""
    told = Told(words, names_in([words]))
    found = list(islice(dates_in(told, context), 2))
    if len(found) != 1:
        return None
    place, reading = found[0]
    rest = f"{place.before} {DRESS.sub(' ', place.after, count=1)}"
    return None if is_bare_name(place) or SPEAKS_OF_TIME.search(rest) else reading


def _in_frame(words: str, context: Context, *, whole: bool) -> Understood | None:
    """Return the date when nothing but its frame stands around it: bylines, hours, verbs.

    As a *whole* it bears known words alone around it, no names and no deeds of any kind.
    """
    scan, at = Scan(words, context), 0
    while at < len(words):
        at = _skipped(words, at, _LEADING)
        found = expression(scan, at)
        if found is not None and _only_frame(words, found.end, FRAME_AFTER):
            bare = at == 0 and not found.introduced and words[: found.end] in MERE_VERBS
            known = not whole or _among_known_words(words, at, found.end)
            return found if known and not bare else None
        frame = FRAME_BEFORE.match(words, at)
        if frame is None or frame.end() == at:
            return None
        at = frame.end()
    return None


def _among_known_words(words: str, start: int, end: int) -> bool:
    before = words[:start]
    return _only_frame(before, 0, KNOWN_BEFORE) and _only_frame(words, end, KNOWN_AFTER)


def _only_frame(words: str, at: int, frame: re.Pattern[str]) -> bool:
    while at < len(words):
        known = frame.match(words, at)
        after = known.end() if known else at
        if after == at:
            after = _skipped(words[: at + 1], at, _TRAILING + _LEADING)
        if after == at:
            return False
        at = after
    return True


def _skipped(words: str, at: int, signs: str) -> int:
    while at < len(words) and (words[at] in signs or _DASH.match(words, at)):
        at += 1
    return at
