"""Running text read for its dates, sentence by sentence, each read against those before it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from archive.dates.bounding import describe
from archive.dates.calendar import periods
from archive.dates.calendar.periods import Period
from archive.dates.grammar.chains import Scan
from archive.dates.grammar.expressions import Understood, expression
from archive.dates.meaning.members import Context
from archive.dates.prose.cleaning import folded
from archive.dates.prose.cues import clauses, speaks_of_future
from archive.dates.prose.guarding import Place, is_date
from archive.dates.reading import both
from archive.dates.readings import Found, Reading
from archive.dates.tables.figures import AMBIGUOUS
from archive.errors import UnreadableDateError

LONGEST_SENTENCE: Final = 500
_REMEMBERED: Final = 8
_AMBIGUOUS: Final = re.compile(AMBIGUOUS)
# Where a date may begin: at a word, a number, or one of the Chinese signs that open one.
_OPENINGS: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z0-9'~]|(?<=[\u3400-\u9fff])[A-Za-z0-9]|"
    r"[〇零一二三四五六七八九十两半廿上下本这那该今明昨去前后次翌当同隔第转年月周星礼春夏秋冬初仲盛深晚大末首最公农阴正腊早即来"
    r"除元端清中国七重五三妇六建教万双平圣感黑网母父复劳儿青光春情愚"
    r"约可或也截不至自从由到直迄介在于是为持赶先差将接疑估似据恐很有以之是就]"
)


def read_article(sentences: Sequence[str], *, ref: date, lang: str | None = None) -> list[Found]:
    """Return every date of a text published on *ref*, in order, each with its place."""
    del lang  # the grammar reads both languages at once; the face keeps the word for callers
    today = periods.day(ref)
    ground = Context(ref, (today,) if today else ())
    found: list[Found] = []
    for number, sentence in enumerate(sentences):
        ground = replace(ground, sentence=())
        for place, reading in _of_sentence(folded(sentence[:LONGEST_SENTENCE]), ground):
            start = place.found.opening
            found.append(Found(sentence=number, start=start, end=place.found.end, reading=reading))
            ground = _remembering(ground, place.found.periods)
    return found


def _of_sentence(text: str, ground: Context) -> Iterator[tuple[Place, Reading]]:
    at = 0
    for start, end in clauses(text):
        at = max(at, start)
        while (opening := _OPENINGS.search(text, at, end)) is not None:
            at = opening.start() + 1
            future = speaks_of_future(text[start:end], at=opening.start() - start)
            context = replace(ground, future=future)
            place = _place(text, opening.start(), context)
            if place is None:
                continue
            # What is refused is refused whole: no "Thursday" out of "every Tuesday and Thursday".
            at = max(at, place.found.end)
            reading = _reading(text, opening.start(), place, context)
            if reading is None:
                continue
            yield place, reading
            ground = _remembering(ground, place.found.periods)


def _place(text: str, at: int, context: Context) -> Place | None:
    found = expression(Scan(text, context), at)
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
    )


def _reading(text: str, at: int, place: Place, context: Context) -> Reading | None:
    if not is_date(place):
        return None
    reading = _described(place.found)
    if reading is None or not _AMBIGUOUS.search(place.words):
        return reading
    other = expression(Scan(text, replace(context, day_first=True)), at)
    return both(reading, _described(other) if other else None)


def _described(found: Understood) -> Reading | None:
    try:
        return describe(found.edtf)
    except UnreadableDateError:
        return None


def _remembering(context: Context, said: tuple[Period, ...]) -> Context:
    latest = said[::-1]
    return replace(
        context,
        anchors=(*latest, *context.anchors)[:_REMEMBERED],
        sentence=(*latest, *context.sentence)[:_REMEMBERED],
    )
