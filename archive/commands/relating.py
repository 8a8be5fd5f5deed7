"""When an event occurred that is said to lie after or before others: resolved as it is written."""

from collections.abc import Mapping
from typing import Final

from archive.commands.knowing import Known
from archive.dates import UNTIMED, Bounds, came_later, clock_number, phrase
from archive.errors import BatchError, FieldError, RefusedError
from archive.languages import LOCALES, Words
from archive.projections import Standing
from archive.vocabulary import (
    KINDS,
    UNDATED,
    Event,
    Occurred,
    Raw,
    between,
    is_crossed,
    narrowed,
    notation_of,
    other_event,
    unhung,
)

SIDES: Final = ("after", "before")


class CrossedDatesError(FieldError):
    """A date, or the event before which it lies, leaves no day after the other event."""

    sentence = Words(
        zh="{field}：{value} 与所述先后不合；可接受：{accepted}。",
        en="{field}: {value} contradicts the order that is told; accepted: {accepted}.",
    )

    def __init__(self, *, field: str, value: str, edtf: str, accepted: Words) -> None:
        when = _in_words(edtf)
        said = Words(f"“{value}”（{when.zh}）", f"“{value}” ({when.en})")
        super().__init__(field=field, value=said, accepted=accepted)


def related(raw: Raw, *, known: Known) -> Raw:
    """Return *raw* with its date, and that of an event inside it, resolved once and for ever.

    What names no other event is returned as it is. What the log already has is resolved against
    what was known when it came, so that the same draft twice says the same twice. Raises a
    FieldError for each event that cannot be named, and where no day is left.
    """
    data = raw.get("data")
    inner = data.get("event") if isinstance(data, Mapping) else None
    own, nested = _is_hung(raw), isinstance(inner, Mapping) and _is_hung(inner)
    if not own and not nested:
        return raw
    position = known.position_of(str(raw.get("id", "")))
    at = None if position is None else position - 1
    if own:
        raw = _resolved(raw, known=known, at=at)
    if nested and isinstance(data, Mapping) and isinstance(inner, Mapping):
        raw = {**raw, "data": {**data, "event": _resolved(inner, known=known, at=at)}}
    return raw


def related_anew(raw: Raw, *, known: Known, before: Event, position: int) -> Raw:
    """Return *raw*, a correction of *before*, resolved from what is known now.

    Bounds that *before* had from other events, as known when it was recorded at *position*, give
    way to theirs of today; a date that was typed stays.
    """
    if not _is_hung(raw):
        return raw
    occurred = dict(_occurred(raw))
    if occurred.get("edtf") == before.occurred.edtf:
        then = bounds_of(before.occurred, known=known, at=position - 1)
        hung = before.occurred.after or before.occurred.before
        occurred["edtf"] = unhung(before.occurred.edtf, then) if hung else before.occurred.edtf
    given = {name: one for name, one in occurred.items() if name not in {"earliest", "latest"}}
    return _resolved({**raw, "occurred": given}, known=known, at=None)


def bounds_of(occurred: Occurred, *, known: Known, at: int | None) -> Bounds:
    """Return the bounds that the events named by *occurred* give, as known on *at*, or now."""
    after, before = (
        _when(known.standing(name, at=at)) if name else None
        for name in (occurred.after, occurred.before)
    )
    return between(after, before)


def _is_hung(raw: Raw) -> bool:
    occurred = raw.get("occurred")
    return isinstance(occurred, Mapping) and any(occurred.get(side) for side in SIDES)


def _occurred(raw: Raw) -> Raw:
    occurred = raw.get("occurred")
    return occurred if isinstance(occurred, Mapping) else {}


def _when(standing: Standing | None) -> Occurred | None:
    return standing.occurred if standing else None


def _resolved(raw: Raw, *, known: Known, at: int | None) -> Raw:
    occurred, of = _occurred(raw), str(raw.get("id", ""))
    others: dict[str, Occurred] = {}
    errors: list[RefusedError] = []
    for side in SIDES:
        try:
            name = other_event(occurred, side)
            if name and at is None:
                others[side] = _demanded(name, side=side, of=of, known=known)
            elif name and (then := _when(known.standing(name, at=at))):
                others[side] = then
        except RefusedError as error:
            errors.append(error)
    if errors:
        raise errors[0] if len(errors) == 1 else BatchError(errors)
    return {**raw, "occurred": _dated(occurred, others)}


def _demanded(name: str, *, side: str, of: str, known: Known) -> Occurred:
    """Return when the event called *name* occurred, as it stands today, or raise FieldError."""
    field, standing = f"occurred.{side}", known.standing(name)
    if standing is None:
        accepted = Words("档案中的事件", "an event that the archive holds")
        raise FieldError(field=field, value=name, accepted=accepted)
    if name == of:
        raise FieldError(field=field, value=name, accepted=Words("另一个事件", "another event"))
    if standing.kind not in KINDS or not KINDS[standing.kind].is_world:
        accepted = Words(
            "世界中发生的事件，而非更正、来源等档案自身的事件",
            "an event of the world, none of the archive’s own such as a correction or a source",
        )
        raise FieldError(field=field, value=f"{name} ({standing.kind})", accepted=accepted)
    if standing.occurred is None:
        accepted = Words("尚未撤回的事件", "an event that was not retracted")
        raise FieldError(field=field, value=name, accepted=accepted)
    if standing.is_masked:
        accepted = Words("文字未被遮蔽的事件", "an event whose text was not masked")
        raise FieldError(field=field, value=name, accepted=accepted)
    if known.has_event(of) and _rests_on(standing.occurred, of, known):
        accepted = Words(
            "日期不以本事件为依据的事件", "an event whose own date does not rest on this one’s"
        )
        raise FieldError(field=field, value=name, accepted=accepted)
    when: Occurred = standing.occurred
    return when


def _rests_on(occurred: Occurred, of: str, known: Known) -> bool:
    """Tell whether *occurred* names the event called *of*, itself or through others."""
    waiting, seen = [occurred], {""}
    while waiting:
        one = waiting.pop()
        for name in {one.after, one.before} - seen:
            if name == of:
                return True
            seen.add(name)
            if when := _when(known.standing(name)):
                waiting.append(when)
    return False


def _dated(occurred: Raw, others: Mapping[str, Occurred]) -> dict[str, object]:
    """Return *occurred* with the date that its own words and the other events leave."""
    bounds = between(others.get("after"), others.get("before"))
    typed = str(occurred.get("edtf") or "")
    if is_crossed(bounds):
        raise _crossed(occurred, others, bounds)
    edtf = narrowed(typed, bounds)
    if edtf is None:
        lying = _span(bounds)
        accepted = Words(f"{lying.zh}的日期", f"a date that is {lying.en}")
        raise CrossedDatesError(field="occurred.edtf", value=typed, edtf=typed, accepted=accepted)
    _demand_in_turn(occurred, others, edtf)
    if typed in {"", edtf}:
        return {**occurred, "edtf": edtf}
    kept = {name: one for name, one in occurred.items() if name not in {"earliest", "latest"}}
    if typed != UNDATED:
        kept["stated"] = kept.get("stated") or typed
    return {**kept, "edtf": edtf}


def _demand_in_turn(occurred: Raw, others: Mapping[str, Occurred], edtf: str) -> None:
    """Refuse a time that another event's of the same day puts on the wrong side of that event."""
    time = occurred.get("time")
    own = clock_number(time) if isinstance(time, str) else UNTIMED
    for side, other in others.items():
        theirs = clock_number(other.clock) if other.edtf == edtf else UNTIMED
        pair = (theirs, own) if side == "after" else (own, theirs)
        if came_later(*pair):
            turn = Words("之后", "after") if side == "after" else Words("之前", "before")
            accepted = Words(
                f"“{occurred[side]}”（{other.clock}）{turn.zh}的时刻",
                f"a time {turn.en} that of “{occurred[side]}” ({other.clock})",
            )
            raise CrossedDatesError(
                field="occurred.time", value=str(time), edtf=edtf, accepted=accepted
            )


def _crossed(occurred: Raw, others: Mapping[str, Occurred], bounds: Bounds) -> CrossedDatesError:
    first = _span(Bounds(bounds.earliest, None))
    accepted = Words(
        f"{first.zh}的事件（“{occurred['after']}”：{_in_words(others['after'].edtf).zh}）",
        f"an event {first.en} (“{occurred['after']}”: {_in_words(others['after'].edtf).en})",
    )
    return CrossedDatesError(
        field="occurred.before",
        value=str(occurred["before"]),
        edtf=others["before"].edtf,
        accepted=accepted,
    )


def _span(bounds: Bounds) -> Words:
    """Return *bounds* as days in words, not as the part of a month that they may happen to be."""
    if bounds.earliest and bounds.latest:
        one, other = (_in_words(day.isoformat()) for day in (bounds.earliest, bounds.latest))
        return Words(f"{one.zh}至{other.zh}之间", f"between {one.en} and {other.en}")
    return _in_words(notation_of(bounds))


def _in_words(edtf: str) -> Words:
    return Words(*(phrase(edtf, locale=locale) for locale in LOCALES))
