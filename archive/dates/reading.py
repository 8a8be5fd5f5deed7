"""Words read to a date: EDTF as typed, the grammar, and dateparser for other languages."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from archive.dates import dialects
from archive.dates.bounding import describe
from archive.dates.calendar import periods
from archive.dates.grammar.chains import Scan
from archive.dates.grammar.expressions import Understood, expression
from archive.dates.meaning.members import Context
from archive.dates.prose.cleaning import evened
from archive.dates.prose.cues import speaks_of_future
from archive.dates.prose.framing import FRAME, MERE_VERBS, NEVER
from archive.dates.readings import Reading
from archive.dates.tables.figures import AMBIGUOUS
from archive.errors import UnreadableDateError

LONGEST_WORDS: Final = 200
_NOTATION: Final = re.compile(r"[\[{]?[?~%]?(?:[0-9X]{4}|\.\.|/)[0-9XS?~%./,\-\s\]}..]*")
_AMBIGUOUS: Final = re.compile(AMBIGUOUS)
# A dash between blanks; "May-be" holds none.
_DASH: Final = re.compile(r"-(?=\s)|(?<=\s)-")
_TRAILING: Final = " \t\r\n。．.,，、;；!！:：)）]】\"'”」』"
_LEADING: Final = " \t\r\n,，(（[【\"'“「『:：·|•"


def read(words: str, *, ref: date, lang: str | None = None) -> Reading | None:
    """Return the date that *words* mean on the day *ref*; ``None`` where they are no date."""
    if len(words) > LONGEST_WORDS:
        return None
    typed = words.strip()
    return _typed(typed) or _worded(evened(typed), ref, lang)


def _typed(words: str) -> Reading | None:
    if not _NOTATION.fullmatch(words):
        return None
    try:
        return describe(words)
    except UnreadableDateError:
        return None


def _worded(words: str, ref: date, lang: str | None) -> Reading | None:
    if NEVER.search(words):
        return None
    today = periods.day(ref)
    context = Context(ref, (today,) if today else (), future=speaks_of_future(words))
    found = _in_frame(words, context)
    if found is None:
        return dialects.read(words, context, lang=lang)
    if _AMBIGUOUS.search(words) is None:
        return _described(found)
    other = _in_frame(words, replace(context, day_first=True))
    return both(_described(found), _described(other))


def both(one: Reading | None, other: Reading | None) -> Reading | None:
    """Return one reading that keeps two, where day and month may be either."""
    if one is None or other is None or one.edtf == other.edtf:
        return one or other
    early, late = sorted(
        (one, other), key=lambda found: (found.earliest or date.min, found.latest or date.max)
    )
    if {len(one.edtf), len(other.edtf)} == {len("2022-02-08")}:
        whole = describe(f"[{early.edtf},{late.edtf}]")
    else:
        # No set holds two open ends: the wider of both stands, the form asks.
        whole = late if early.earliest is None else early
    return replace(whole, alternatives=(early, late))


def _described(found: Understood | None) -> Reading | None:
    if found is None:
        return None
    try:
        return describe(found.edtf)
    except UnreadableDateError:
        return None


def _in_frame(words: str, context: Context) -> Understood | None:
    """Return the date when nothing but its frame stands around it: bylines, hours, verbs."""
    scan, at = Scan(words, context), 0
    while at < len(words):
        at = _skipped(words, at, _LEADING)
        found = expression(scan, at)
        if found is not None and _only_frame(words, found.end):
            bare = at == 0 and not found.introduced and words[: found.end] in MERE_VERBS
            return None if bare else found
        frame = FRAME.match(words, at)
        if frame is None or frame.end() == at:
            return None
        at = frame.end()
    return None


def _only_frame(words: str, at: int) -> bool:
    while at < len(words):
        frame = FRAME.match(words, at)
        after = frame.end() if frame else at
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
