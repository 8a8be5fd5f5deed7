"""Suggestions → proposals: only what stands in the text, read as plain proposals are read."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Final

from sqlalchemy import Connection

from archive.dates import Reading
from archive.proposing.assisting.answering import MOST_SUGGESTIONS
from archive.proposing.assisting.assigning import Scene
from archive.proposing.assisting.grounding import Ground
from archive.proposing.assisting.suggesting import Suggestion
from archive.proposing.dating import When, whens
from archive.proposing.guessing import DATE_KINDS
from archive.proposing.laying import laid_out
from archive.proposing.naming import names_of
from archive.proposing.narrating import as_point
from archive.proposing.proposals import Filled, Proposal, Span
from archive.proposing.reading import stages_of
from archive.vocabulary import WORLD_KINDS, Kind

_FIGURE: Final = "figure_reported"


def assisted(
    connection: Connection,
    text: str,
    suggestions: Iterable[Suggestion],
    *,
    published: date,
    language: str | None = None,
) -> tuple[Proposal, ...]:
    """Return the drafts that *suggestions* make of *text*, in its order, each marked as assisted.

    *text* is as ``readable`` leaves it. A field whose words are no part of it, or that no reader
    takes for its value, is dropped; so is a draft without a kind, or without any field.
    """
    told = laid_out(text)
    dates = whens(told, published=published, language=language)
    stages = tuple(stages_of(told, dates, names_of(connection), text))
    if not stages:
        return ()
    scene = Scene(Ground(text), stages, dates, published, language)
    found: dict[tuple[object, ...], Proposal] = {}
    for one in islice(suggestions, MOST_SUGGESTIONS):
        proposal = _proposal(scene, one)
        if proposal is not None:
            key = (proposal.kind, proposal.subject, proposal.edtf, proposal.quote_span)
            found.setdefault(key, proposal)
    return tuple(sorted(found.values(), key=lambda one: (one.quote_span, one.kind)))


def _proposal(scene: Scene, one: Suggestion) -> Proposal | None:
    kind = WORLD_KINDS.get(one.kind)
    quoted = scene.ground.place_of(one.quote)
    cue = scene.ground.place_of(one.kind_words, near=quoted)
    if kind is None or cue is None:
        return None
    stage = scene.stages[scene.at(cue)]
    text, sentence = scene.ground.text, stage.sentence
    place = quoted if quoted and quoted.holds(cue) else sentence.span
    when = scene.when(one.when, near=place)
    roles = tuple(_roles(scene, kind, one, place))
    data = tuple(_data(scene, kind, one, place))
    if not (when or roles or data):
        return None
    reading = _reading(kind, when)
    return Proposal(
        kind=kind.name,
        kind_words=cue.of(text),
        kind_span=cue,
        edtf=reading.edtf if reading else "",
        stated=when.words if when else "",
        when_span=when.span if when else Span(place.start, place.start),
        is_carried=when is not None and not place.holds(when.span),
        date_kind=DATE_KINDS.get(kind.name, "occurred"),
        roles=roles,
        data=data,
        named=tuple(each for each in stage.named if place.holds(each.span)),
        paragraph=sentence.paragraph,
        locator=f"¶{sentence.paragraph}",
        quote=place.of(text),
        quote_span=place,
        is_assisted=True,
    )


def _reading(kind: Kind, when: When | None) -> Reading | None:
    if when is None:
        return None
    return when.reading if kind.name == _FIGURE else as_point(when.reading)


def _roles(scene: Scene, kind: Kind, one: Suggestion, near: Span) -> Iterator[Filled]:
    taken: set[tuple[str, str]] = set()
    given: set[str] = set()
    for name, words in one.fields:
        field = kind.field(name)
        if field is None or not field.is_role or (name in given and not field.is_many):
            continue
        for bearer in scene.bearers(field, words, near=near):
            key = name, str(bearer.value)
            if key not in taken:
                taken.add(key)
                given.add(name)
                yield bearer


def _data(scene: Scene, kind: Kind, one: Suggestion, near: Span) -> Iterator[Filled]:
    given: set[str] = set()
    for name, words in one.fields:
        field = kind.field(name)
        if field is None or field.is_role or name in given:
            continue
        datum = scene.datum(kind, field, words, near=near)
        if datum is not None:
            given.add(name)
            yield datum
