"""What people are told to have said: who says it, of whom, and whether it looks ahead."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from archive.proposing.dating import When
from archive.proposing.figures import THINGS, figure
from archive.proposing.guessing import Guess
from archive.proposing.proposals import Filled, Named, Span
from archive.proposing.staging import Stage
from archive.proposing.tables.phrases import OUTLOOK, PRONOUN, SELF, SPEECH

_QUOTED: Final = re.compile(r"[“\"「]([^”\"」]{12,})[”\"」]")


def quotations(stage: Stage, dates: Sequence[When]) -> Iterator[Guess]:
    """Yield what a person is quoted with where no verb tells that it was said."""
    match = _QUOTED.search(stage.plain)
    people = [one for one in stage.named if one.type == "person"]
    if match is None or not people or SPEECH.search(stage.plain):
        return
    place = Span(stage.sentence.start + match.start(), stage.sentence.start + match.end())
    yield _saying(stage, dates, place, people[0], match[1])


def sayings(stage: Stage, dates: Sequence[When]) -> Iterator[Guess]:
    """Yield what someone is told to have said: a statement, or an outlook; once for a speaker."""
    start, seen = stage.sentence.start, set()
    for match in SPEECH.finditer(stage.plain):
        place = Span(start + match.start(), start + match.end())
        speaker = _speaker(stage, place)
        if speaker is None or speaker.id in seen:
            continue
        seen.add(speaker.id)
        yield _saying(stage, dates, place, speaker, stage.plain[match.end() :])


def _saying(stage: Stage, dates: Sequence[When], place: Span, speaker: Named, said: str) -> Guess:
    measure = "outlook" if OUTLOOK.search(said) else "statement"
    measured = Filled("measure", measure, stage.sentence.words_of(place), place)
    about = [one for one in stage.able if one.span.start >= place.start and one.type in THINGS]
    about += [stage.sector] if stage.sector and stage.sector.span.start >= place.start else []
    first = min(about, key=lambda one: one.span, default=stage.sector or speaker)
    subject = speaker if SELF.match(said) else first
    told = [one for one in dates if one.is_carried or one.span.start < place.start]
    when = told or ([stage.since] if stage.since else dates)
    return figure(stage, when, place, (measured,), subject, speaker=speaker, date_kind="announced")


def _speaker(stage: Stage, place: Span) -> Named | None:
    before = [
        one
        for one in stage.named
        if one.span.end <= place.start
        and one.type in {"person", "organization"}
        and not stage.is_addressed(one)
    ]
    people = [one for one in before if one.type == "person"]
    found = next(reversed(people or before), None)
    is_pronoun = found is None and PRONOUN.search(stage.between(stage.sentence.start, place.start))
    return (
        next((one for one in stage.topics[::-1] if one.type == "person"), None)
        if is_pronoun
        else found
    )
