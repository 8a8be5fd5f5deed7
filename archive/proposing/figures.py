"""The figures of a sentence: what is counted and of whom; and the least that it may tell."""

from collections.abc import Iterator, Sequence
from typing import Final

from archive.proposing.counting import Counted
from archive.proposing.dating import When
from archive.proposing.filling import filled
from archive.proposing.guessing import Guess, date_for, reach_of
from archive.proposing.narrating import as_measured
from archive.proposing.proposals import Filled, Named, Span
from archive.proposing.staging import Stage, joined
from archive.proposing.tables.hints import Cue
from archive.proposing.tables.measures import MEASURES, WORDED, Measured
from archive.proposing.tables.phrases import FALLING, SPEECH
from archive.vocabulary import kind

_TAIL: Final = 12
_KIND: Final = "figure_reported"
_VALUE: Final = kind(_KIND).field("value")
_AT_CLOSE: Final = frozenset({"share_price", "index_level", "share_price_high"})
_PERSONAL: Final = frozenset({"pay", "age"})
THINGS: Final = frozenset({"organization", "model", "product"})
_FIGURE: Final = Cue(_KIND, SPEECH, 1)


def figures(stage: Stage, dates: Sequence[When], amounts: Sequence[Counted]) -> Iterator[Guess]:
    """Yield a figure for each amount whose measure is told, and for each subject of it."""
    told: set[str] = set()
    for one in amounts:
        found = _measure(stage, one)
        if found is None or _VALUE is None:
            continue
        row, cue = found
        words = stage.sentence.words_of(one.span)
        is_fall = row.measure.endswith("_growth") and _falls(stage, one)
        value = (one.negated() if is_fall else one).read_as(_VALUE, words)
        if value is None:
            continue
        measured = Filled("measure", row.measure, stage.sentence.words_of(cue), cue)
        number = Filled("value", value, words, one.span)  # type: ignore[arg-type]  # canonical JSON
        told.add(row.measure)
        for subject in _subjects(stage, one.span, measure=row.measure):
            yield figure(stage, dates, one.span, (measured, number), subject)
    yield from _worded(stage, dates, told)


def _falls(stage: Stage, one: Counted) -> bool:
    """Tell whether an amount is by how much something went down."""
    before = stage.between(one.span.start - _TAIL, one.span.start)
    return one.sort == "percent" and FALLING.search(before) is not None


def _worded(stage: Stage, dates: Sequence[When], told: set[str]) -> Iterator[Guess]:
    for row in WORDED:
        is_told = {row.measure, f"{row.measure}_growth"} & told
        match = None if is_told else row.pattern.search(stage.plain)
        if match is None:
            continue
        place = Span(stage.sentence.start + match.start(), stage.sentence.start + match.end())
        measured = Filled("measure", row.measure, stage.sentence.words_of(place), place)
        for subject in _subjects(stage, place, measure=row.measure)[:1]:
            yield figure(stage, dates, place, (measured,), subject)


def _measure(stage: Stage, one: Counted) -> tuple[Measured, Span] | None:
    """Return the measure whose words stand nearest to the amount, in its clause or before it."""
    clause = stage.sentence.clause_at(one.span.start)
    whole = stage.sentence.span
    part = Span(clause.start, max(clause.end, min(one.span.end + _TAIL, whole.end)))
    for reach in (part, Span(whole.start, one.span.end), whole):
        best: tuple[int, int, Measured, Span] | None = None
        for order, row in enumerate(MEASURES):
            if one.sort not in row.units:
                continue
            for match in row.pattern.finditer(stage.between(reach.start, reach.end)):
                span = Span(reach.start + match.start(), reach.start + match.end())
                far = span.gap(one.span)
                if best is None or (far, order) < best[:2]:
                    best = (far, order, row, span)
        if best is not None:
            return best[2], best[3]
    return None


def _subjects(stage: Stage, place: Span, *, measure: str) -> list[Named | None]:
    """Return of whom it is told: named in the clause, in the sentence, or spoken of last."""
    clause = stage.sentence.clause_at(place.start)
    able = stage.able
    things = [one for one in able if one.type in THINGS or measure in _PERSONAL]
    before = [one for one in things if one.span.end <= place.start]
    inside = [one for one in before if one.span.start >= clause.start]
    after = [one for one in things if one.span.start >= place.end]
    near = [one for one in after if one.span.end <= clause.end]
    for some in (inside[-1:], near[:1] if not before else [], before[-1:], after[:1]):
        if some:
            return list(joined(stage, some[0], things))
    return [next((one for one in stage.spare if one.type in THINGS), None)]


def figure(
    stage: Stage,
    dates: Sequence[When],
    place: Span,
    data: tuple[Filled, ...],
    subject: Named | None,
    *,
    speaker: Named | None = None,
    date_kind: str = "occurred",
    weight: int = 1,
) -> Guess:
    """Return what a sentence tells of *subject* in figures or words, dated as it is at *place*."""
    when = date_for(stage, place, dates)
    reading = when.reading
    if data[0].value in _AT_CLOSE:
        reading = as_measured(reading, words=when.words, around=stage.plain)
    cited = speaker or next((one for one in stage.named if stage.is_cited(one)), None)
    roles = [("subject", subject), ("speaker", cited)]
    more, _taken = filled(stage, _FIGURE, place, (), reach_of(stage, when, dates))
    return Guess(
        kind=_KIND,
        cue=data[0].span,
        when=when,
        edtf=reading.edtf,
        date_kind=date_kind,
        roles=tuple(Filled(role, one.id, one.words, one.span) for role, one in roles if one),
        data=(*data, *(one for one in more if one.field not in {row.field for row in data})),
        weight=weight,
    )


def milestones(stage: Stage, when: When) -> Iterator[Guess]:
    """Yield the least that a dated sentence tells: that something came to pass."""
    place = when.span if stage.sentence.span.holds(when.span) else stage.sentence.span
    measured = Filled("measure", "milestone", stage.sentence.words_of(place), place)
    able = stage.able
    clause = stage.sentence.clause_at(when.span.start)
    inside = [one for one in able if when.span.start <= one.span.start or clause.holds(one.span)]
    first = next(iter(inside or able or stage.spare), None)
    for subject in joined(stage, first, able) if first else [None]:
        yield figure(stage, [when], place, (measured,), subject, weight=0)
