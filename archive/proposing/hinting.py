"""Which kinds of event the words of a sentence hint at, and which kind suits what it is about."""

from dataclasses import dataclass, replace
from typing import Final

from archive.proposing.proposals import Span
from archive.proposing.staging import Stage
from archive.proposing.tables.cues import CUES
from archive.proposing.tables.hints import Cue
from archive.proposing.tables.phrases import DOCUMENT_NOUN, MODEL_NOUN, NEGATED, PRODUCT_NOUN

_UNKNOWN_WEIGHT: Final = 4
# What was brought out: its type says which kind of event that is.
_BY_TYPE: Final = {
    ("model_released", "product"): "product_launched",
    ("model_announced", "product"): "product_launched",
}
_MAKERS: Final = frozenset({"organization", "person"})
_THINGS: Final = frozenset({"model", "product"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A hint, and where its words stand."""

    cue: Cue
    span: Span


def hits(stage: Stage) -> list[Hit]:
    """Return the hints of a sentence in its order, without what is denied, named or outdone."""
    start = stage.sentence.start
    every = [
        Hit(cue, Span(start + match.start(), start + match.end()))
        for cue in CUES
        for match in cue.pattern.finditer(stage.plain)
        if not NEGATED.search(stage.plain, max(0, match.start() - 12), match.start())
    ]
    every = [hit for hit in every if not any(name.span.holds(hit.span) for name in stage.named)]
    kept = [hit for hit in every if not any(_hides(stage, other, hit) for other in every)]
    return sorted(kept, key=lambda hit: hit.span)


def _hides(stage: Stage, one: Hit, other: Hit) -> bool:
    """Tell whether a weightier hint of the same group, or over the same words, outdoes another."""
    if one.cue.weight <= other.cue.weight:
        return False
    is_near = stage.sentence.clause_at(one.span.start).holds(
        Span(other.span.start, other.span.start)
    )
    return one.span.meets(other.span) or (one.cue.group == other.cue.group and is_near)


def suited(stage: Stage, hit: Hit) -> Cue | None:
    """Return the cue with the kind that suits what it is about; None where none does."""
    cue = hit.cue
    if cue.group != "release":
        return cue
    clause = stage.sentence.clause_at(hit.span.start)
    things = [one for one in stage.named if one.type in _THINGS and clause.holds(one.span)]
    things.sort(key=lambda one: (one.span.start < hit.span.end, one.span.gap(hit.span)))
    if not things and not stage.named:
        things = [one for one in stage.spare if one.type in _THINGS]
    if not things:
        return _by_noun(stage, hit)
    name = _BY_TYPE.get((cue.kind, things[0].type), cue.kind)
    return replace(cue, kind=name)


def _by_noun(stage: Stage, hit: Hit) -> Cue | None:
    """Return the cue where a model or product that the archive does not know was brought out."""
    clause = stage.sentence.clause_at(hit.span.start)
    after, whole = stage.between(hit.span.end, clause.end), stage.between(clause.start, clause.end)
    if DOCUMENT_NOUN.search(after) or not any(one.type in _MAKERS for one in stage.named):
        return None
    model, product = (
        noun.search(after) or noun.search(whole) for noun in (MODEL_NOUN, PRODUCT_NOUN)
    )
    if model is None and product is None:
        return _by_thing_before(stage, hit)
    is_model = product is None or (model is not None and model.start() < product.start())
    name = hit.cue.kind if is_model else _BY_TYPE[hit.cue.kind, "product"]
    return replace(hit.cue, kind=name, weight=_UNKNOWN_WEIGHT)


def _by_thing_before(stage: Stage, hit: Hit) -> Cue | None:
    """Return the cue of what the sentence named last: the object goes without saying."""
    things = [one for one in stage.named if one.type in _THINGS and one.span.end <= hit.span.start]
    if not things:
        return None
    name = _BY_TYPE.get((hit.cue.kind, things[-1].type), hit.cue.kind)
    return replace(hit.cue, kind=name)
