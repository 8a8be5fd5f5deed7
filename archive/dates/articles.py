"""Running text read for its dates, sentence by sentence, each read against those before it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from archive.dates.calendar import periods
from archive.dates.meaning.members import Context
from archive.dates.prose.cleaning import folded
from archive.dates.prose.names import names_in
from archive.dates.readings import Found
from archive.dates.spotting import Told, dates_in, remembering

LONGEST_SENTENCE: Final = 500


def read_article(sentences: Sequence[str], *, ref: date, lang: str | None = None) -> list[Found]:
    """Return every date of a text published on *ref*, in order, each with its place."""
    del lang  # the grammar reads both languages at once; the face keeps the word for callers
    today = periods.day(ref)
    ground = Context(ref, (today,) if today else ())
    called = names_in(sentence[:LONGEST_SENTENCE] for sentence in sentences)
    found: list[Found] = []
    for number, sentence in enumerate(sentences):
        ground = replace(ground, sentence=())
        told = Told(folded(sentence[:LONGEST_SENTENCE]), called)
        for place, reading in dates_in(told, ground):
            start = place.found.opening
            found.append(Found(sentence=number, start=start, end=place.found.end, reading=reading))
            ground = remembering(ground, place.found.periods)
    return found
