"""An article read for drafts: every dated sentence becomes one or more; nothing is recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import Connection

from archive.proposing.calling import folded
from archive.proposing.dating import When, before_publication, whens
from archive.proposing.figures import figures, milestones
from archive.proposing.guessing import Guess, amounts_of, guesses
from archive.proposing.laying import LONGEST_QUOTE, LONGEST_TEXT, Sentence, laid_out
from archive.proposing.naming import Names, names_of
from archive.proposing.proposals import Named, Proposal, Span
from archive.proposing.sayings import quotations, sayings
from archive.proposing.staging import Stage
from archive.proposing.tables.phrases import ANAPHOR

MOST_DRAFTS: Final = 200
_MOST_FROM_ONE: Final = 12
_CARRIED_WEIGHT: Final = 3
_MOST_TOPICS: Final = 8


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the drafts that a text proposes; ``onward`` is where the rest begin, if any do."""

    found: tuple[Proposal, ...]
    onward: int | None = None


def propose(
    connection: Connection, text: str, *, published: date, language: str | None = None
) -> tuple[Proposal, ...]:
    """Return the drafts that *text*, which came out on *published*, proposes, in its order.

    Every sentence that names a date gives at least one; one without gives one only where it goes
    on with a dated one and plainly tells a kind of event.
    """
    return propose_some(connection, text, published=published, language=language, most=None).found


def propose_some(
    connection: Connection,
    text: str,
    *,
    published: date,
    language: str | None = None,
    since: int = 0,
    most: int | None = MOST_DRAFTS,
) -> Part:
    """Return the drafts of the sentences from the place *since* on, as ``propose`` has them.

    It ends behind the sentence with which there are *most*, so that a long text costs no more
    than what is shown of it; the part tells where to go on.
    """
    told = laid_out(text)
    dates = whens(told, published=published, language=language)
    found: list[Proposal] = []
    for stage, of_it in zip(
        stages_of(told, dates, names_of(connection), text), dates, strict=True
    ):
        if stage.sentence.span.end <= since or not of_it:
            continue
        more = tuple(_proposals(stage, of_it))
        if more and most is not None and len(found) >= most:
            return Part(tuple(found), onward=stage.sentence.start)
        found += more
    return Part(tuple(found))


def propose_at(
    connection: Connection,
    text: str,
    *,
    span: Span,
    published: date,
    language: str | None = None,
) -> Proposal | None:
    """Return the best draft for a part of *text* that a person selected; None for mere blanks.

    Where neither it nor what goes before names a date, it is bounded by the day of publication.
    """
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    if not words.strip():
        return None
    told = laid_out(text)
    dates = whens(told, published=published, language=language)
    stages = list(stages_of(told, dates, names_of(connection), text))
    at = next((n for n, one in enumerate(told) if one.span.start <= start < one.span.end), None)
    if at is None:
        return None
    spare = When(before_publication(published), "", Span(start, start), is_carried=True)
    own = dates[at] or (spare,)
    found = _drafts(stages[at], own, is_sparing=False, least=own)
    wanted = Span(start, span.start + len(words.rstrip()))
    best = max(found, key=lambda one: (_overlap(one.cue, wanted), bool(one.subject), one.weight))
    place = Span(wanted.start, min(wanted.end, wanted.start + LONGEST_QUOTE))
    return replace(_proposal(stages[at], best), quote=place.of(text), quote_span=place)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def stages_of(
    told: Sequence[Sentence], dates: Sequence[Sequence[When]], names: Names, text: str
) -> Iterator[Stage]:
    """Yield each sentence with whom it names, and whom its paragraph spoke of before it."""
    named = names.found_in(text[:LONGEST_TEXT])
    at, paragraph = 0, 0
    topics: tuple[Named, ...] = ()
    last: Named | None = None
    since: When | None = None
    for sentence, of_it in zip(told, dates, strict=True):
        inside: list[Named] = []
        while at < len(named) and named[at].span.start < sentence.span.end:
            if sentence.span.holds(named[at].span):
                inside.append(named[at])
            at += 1
        if sentence.paragraph != paragraph:
            topics, since = (), None
        paragraph = sentence.paragraph
        plain = folded(sentence.text)
        antecedent = last if ANAPHOR.search(plain) else None
        sector = names.sector_in(plain, start=sentence.start, text=sentence.text)
        stage = Stage(sentence, plain, tuple(inside), topics, sector, antecedent, since)
        yield stage
        spoken = [one for one in inside if not stage.is_cited(one)]
        topics = (*topics, *([antecedent] if antecedent else []), *spoken)[-_MOST_TOPICS:]
        since = replace(of_it[-1], is_carried=True) if of_it else since
        last = next((one for one in spoken if one.type == "organization"), last)


def _proposals(stage: Stage, dates: Sequence[When]) -> Iterator[Proposal]:
    # They are told in the order of their dates, and each date gives one at least.
    first = dates[:_MOST_FROM_ONE]
    told = _drafts(stage, dates, is_sparing=dates[0].is_carried, least=first)
    yield from (_proposal(stage, guess) for guess in told[:_MOST_FROM_ONE])


def _drafts(
    stage: Stage, dates: Sequence[When], *, is_sparing: bool, least: Sequence[When]
) -> list[Guess]:
    """Return what a sentence tells; if *is_sparing*, only what is plain, and maybe nothing.

    The dates *least* are each told of, if only that something came to pass.
    """
    amounts = amounts_of(stage, dates)
    events = guesses(stage, dates, amounts)
    taken = {one for guess in events for one in guess.amounts}
    left = [one for one in amounts if one not in taken]
    told = [*events, *figures(stage, dates, left)]
    told += [*sayings(stage, dates), *quotations(stage, dates)]
    if is_sparing:
        return [one for one in told if _is_plain(stage, one)]
    met = {one.when.span for one in told}
    told += [one for when in least if when.span not in met for one in milestones(stage, when)]
    return sorted(told, key=lambda one: (one.when.span, -one.weight, one.cue))


def _is_plain(stage: Stage, guess: Guess) -> bool:
    """Tell whether a sentence without a date of its own tells this in so many words."""
    subject = guess.subject
    if subject is None or not stage.sentence.span.holds(subject.span):
        return False
    is_counted = any(one.field == "value" for one in guess.data)
    is_said = any(
        one.field == "speaker" and stage.sentence.span.holds(one.span) for one in guess.roles
    )
    return guess.weight >= _CARRIED_WEIGHT or is_counted or is_said


def _proposal(stage: Stage, guess: Guess) -> Proposal:
    place = stage.sentence.span
    return Proposal(
        kind=guess.kind,
        kind_words=stage.sentence.words_of(guess.cue),
        kind_span=guess.cue,
        edtf=guess.edtf,
        stated=guess.when.words,
        when_span=guess.when.span,
        is_carried=guess.when.is_carried,
        date_kind=guess.date_kind,
        roles=guess.roles,
        data=guess.data,
        named=stage.named,
        paragraph=stage.sentence.paragraph,
        locator=f"¶{stage.sentence.paragraph}",
        quote=stage.sentence.text,
        quote_span=place,
    )
