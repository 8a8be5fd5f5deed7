"""What else a draft says: choices told by words, and amounts, each with where it stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive.errors import RefusedError
from archive.proposing.counting import Counted
from archive.proposing.proposals import Filled, Span
from archive.proposing.staging import Stage
from archive.proposing.tables.hints import Cue
from archive.proposing.tables.measures import MONEY
from archive.proposing.tables.telling import TELLINGS, Telling
from archive.vocabulary import Field, kind


@dataclass(frozen=True, slots=True)
class Slot:
    """A field that takes an amount of some sort; ``near`` are the words that must stand by it."""

    field: str
    sort: str
    near: re.Pattern[str] | None = None
    away: re.Pattern[str] | None = None


_VALUED: Final = re.compile(r"估值|市值|valuation|valued|valuing|market cap|worth")
_POST: Final = re.compile(r"投后|post-money|估值(?:达|为|约|超|已|$)|valuation|valued at|valuing")
_PRE: Final = re.compile(r"投前|pre-money")
# Words behind an amount that say what it is.
_AFTER: Final = re.compile(r"\s*的?(?:投[前后])?估值|\s*(?:(?:pre|post)-money )?valuation")
_OLD: Final = re.compile(r"(?:由|从|原价为?|\bfrom|\bwas)\s*$")
_PARAMETERS: Final = Slot("parameters", "parameters")
_BUDGET: Final = Slot("budget", MONEY)

SLOTS: Final[dict[str, tuple[Slot, ...]]] = {
    "deal_announced": (Slot("share", "percent"), Slot("amount", MONEY, away=_VALUED)),
    "deal_closed": (Slot("share", "percent"), Slot("amount", MONEY, away=_VALUED)),
    "stake_changed": (Slot("share_changed", "percent"), Slot("amount", MONEY, away=_VALUED)),
    "divested": (Slot("amount", MONEY),),
    "funding_round": (
        Slot("pre_money", MONEY, near=_PRE),
        Slot("post_money", MONEY, near=_POST, away=_PRE),
        Slot("amount", MONEY, away=_VALUED),
    ),
    "valuation_reported": (Slot("amount", MONEY),),
    "org_founded": (Slot("initial_capital", MONEY, away=_VALUED),),
    "model_announced": (_PARAMETERS,),
    "model_released": (_PARAMETERS,),
    "weights_released": (_PARAMETERS,),
    "project_started": (_BUDGET,),
    "price_changed": (Slot("old", MONEY, near=_OLD), Slot("new", MONEY)),
    "capacity_changed": (Slot("quantity", "chips"), Slot("amount", MONEY)),
}
_REACH: Final = 8  # signs before an amount in which the words that name it stand


def filled(
    stage: Stage, cue: Cue, place: Span, amounts: Sequence[Counted], reach: Span
) -> tuple[tuple[Filled, ...], tuple[Counted, ...]]:
    """Return the data of a draft that *place* tells, and the amounts that it took.

    Nothing outside *reach*, the part of the sentence that the draft is about, is looked at.
    """
    given = _given(stage, cue, place)
    told = {one.field: one for one in _told(stage, cue, place, reach)}
    counted, taken = _counted(stage, cue.kind, place, amounts, reach)
    data = {**told, **{one.field: one for one in given}, **{one.field: one for one in counted}}
    order = [field.name for field in kind(cue.kind).fields]
    return tuple(sorted(data.values(), key=lambda one: order.index(one.field))), taken


def _given(stage: Stage, cue: Cue, place: Span) -> list[Filled]:
    fields = {field.name for field in kind(cue.kind).fields}
    words = stage.sentence.words_of(place)
    return [
        Filled(name, value, words, place) for name, value in cue.gives.items() if name in fields
    ]


def _told(stage: Stage, cue: Cue, place: Span, reach: Span) -> Iterator[Filled]:
    """Yield the choices that words tell, those in the clause of the cue before all others."""
    seen: set[str] = set()
    for part in (stage.sentence.clause_at(place.start), reach):
        for row, span in _tellings(stage, cue, place, part):
            field = kind(cue.kind).field(row.field)
            words = stage.sentence.words_of(span)
            value = _read(field, row.value or words.strip()) if field else None
            if value is not None and row.field not in seen:
                seen.add(row.field)
                yield Filled(row.field, value, words, span)


def _tellings(stage: Stage, cue: Cue, place: Span, part: Span) -> list[tuple[Telling, Span]]:
    """Return what the words of *part* tell: a post by the nearest words, else by their rank."""
    plain = stage.between(part.start, part.end)
    found = [
        (row, Span(part.start + match.start(), part.start + match.end()))
        for row in TELLINGS.get(cue.kind, ())
        for match in row.pattern.finditer(plain)
    ]
    return sorted(found, key=lambda pair: _rank(pair[0], pair[1], place))


def _rank(row: Telling, span: Span, place: Span) -> tuple[bool, int]:
    """Return the order of a telling: posts by their words, the mere "joined" last of all."""
    return (row.value == "employee", span.gap(place)) if row.field == "role" else (False, 0)


def _read(field: Field, raw: str) -> str | list[str] | dict[str, object] | None:
    try:
        return field.type.read(raw, field=field.name)  # type: ignore[return-value]  # JSON
    except RefusedError:
        return None


def _counted(
    stage: Stage, kind_name: str, place: Span, amounts: Sequence[Counted], reach: Span
) -> tuple[list[Filled], tuple[Counted, ...]]:
    found: list[Filled] = []
    taken: list[Counted] = []
    for slot in SLOTS.get(kind_name, ()):
        field = kind(kind_name).field(slot.field)
        fitting = [
            one
            for one in amounts
            if one not in taken
            and one.sort == slot.sort
            and reach.holds(one.span)
            and _fits(stage, slot, one)
        ]
        if field is None or not fitting:
            continue
        best = min(fitting, key=lambda one: one.span.gap(place))
        words = stage.sentence.words_of(best.span)
        value = best.read_as(field, words)
        if value is not None:
            found.append(Filled(slot.field, value, words, best.span))  # type: ignore[arg-type]  # canonical JSON
            taken.append(best)
    return found, tuple(taken)


def _fits(stage: Stage, slot: Slot, one: Counted) -> bool:
    near = stage.between(one.span.start - 2 * _REACH, one.span.start)
    close = stage.between(one.span.start - _REACH, one.span.start)
    after = _AFTER.match(stage.between(one.span.end, one.span.end + 2 * _REACH))
    told = after[0] if after else ""
    if slot.near is not None and not slot.near.search(near) and not slot.near.search(told):
        return False
    return slot.away is None or not (slot.away.search(close) or slot.away.search(told))
