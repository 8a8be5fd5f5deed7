"""What may have held: every way in which the true days of one cell may have fallen is tried.

No rule of standing is used. Only the order of days matters, so that of each span its bounds, the
bounds of the others within it, the day asked for and the day after stand for all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from archive.vocabulary import UNKNOWN, Attribute, AttributeClass
from tests.contracts.adding import added
from tests.contracts.expected import Expected
from tests.contracts.telling import Said, leavers

Span = tuple[int, int, int]
# Worlds that are tried of one cell; what has more is left to the other tests.
MOST_WORLDS = 20_000
Outcome = tuple[Span, frozenset[str | None]]
# The span of a world in which nothing has begun yet.
_NOTHING: Outcome = ((-1, -1, -1), frozenset({None}))


def held(attribute: Attribute, said: Sequence[Said], day: int) -> Expected | str | None:
    """Return what is held on *day*, None for nothing.

    A word instead of an answer tells why a cell is left to other tests.
    """
    heard = taking_part(said)
    if attribute.attribute_class is AttributeClass.SUM:
        return added(attribute, [one for one in said if not one.is_silenced], day)
    passed_on = _passed_on(attribute, heard, day)
    outcomes = passed_on if isinstance(passed_on, str) else _outcomes(attribute, passed_on, day)
    if isinstance(outcomes, str):
        return outcomes
    # Who lets go of a parent is not shown beside an answer, nor how a stretch in a post ended.
    if attribute.name == "parent":
        said = [one for one in said if not (one.is_silenced and leavers({one.value}))]
    if attribute.name == "officers":
        said = [one for one in said if not (one.is_silenced and one.value is None)]
    return _answer(outcomes, said, day)


def _outcomes(attribute: Attribute, heard: Sequence[Said], day: int) -> set[Outcome] | str:
    """Return what may hold on *day* in any world, or why that is left to other tests."""
    tellings: defaultdict[Span, set[str | None]] = defaultdict(set)
    for one in heard:
        tellings[one.position, one.lo, one.hi].add(one.value)
    if any(None in values and len(values) > 1 for values in tellings.values()):
        return "ends what it begins"
    spans = list(tellings)
    by = {(one.position, one.lo, one.hi): one for one in heard}
    days = [_representatives(span, spans, day) for span in spans]
    many = 1
    for some in days:
        many *= len(some)
    if many > MOST_WORLDS:
        return "too many worlds"
    steps = steps_of(attribute)
    outcomes: set[Outcome] = set()
    is_post = attribute.name == "officers" or any(map(leavers, tellings.values()))
    for world in product(*days):
        if not _is_possible(spans, tellings, world, day):
            continue
        if is_post:
            nobody = None if attribute.name == "parent" else "vacant"
            outcomes |= _in_post(spans, tellings, world, day, nobody, by)
        else:
            outcomes |= _newest(spans, tellings, world, day, steps, by)
    return outcomes


def _answer(outcomes: set[Outcome], said: Sequence[Said], day: int) -> Expected | None:
    told = frozenset(
        (span[0], value) for span, values in outcomes for value in values if value is not None
    )
    if not told:
        return None
    speaking = {span for span, values in outcomes if values != {None}}
    by = [one for one in said if (one.position, one.lo, one.hi) in speaking]
    return Expected(
        "certain" if len({values for _span, values in outcomes}) == 1 else "possible",
        told,
        frozenset(
            (one.position, _plain(one.value)) for one in said if one.is_silenced and one.lo <= day
        ),
        _are_rivals(outcomes, by) or any(one.is_disputed for one in by),
        any(span[1] == span[2] == day for span, _values in outcomes),
    )


def _are_rivals(outcomes: Iterable[Outcome], by: Iterable[Said]) -> bool:
    """Tell whether two events of one kind say different things from the very same date on."""
    kind_of_span = {(one.position, one.lo, one.hi): one.kind for one in by}
    said: defaultdict[tuple[int, int, str], set[frozenset[str | None]]] = defaultdict(set)
    for span, values in outcomes:
        if span in kind_of_span:
            said[span[1], span[2], kind_of_span[span]].add(values)
    return any(len(each) > 1 for each in said.values())


def _representatives(span: Span, spans: Sequence[Span], day: int) -> list[int]:
    """Return days that stand for all on which *span* may have begun."""
    _position, lo, hi = span
    bounds = {bound for one in spans for bound in one[1:]} | {day, day + 1}
    found = sorted({lo, hi} | {bound for bound in bounds if lo <= bound <= hi})
    begun, later = [one for one in found if one <= day], [one for one in found if one > day]
    return begun + later[:1]


def _is_possible(
    spans: Sequence[Span], tellings: Mapping[Span, set[str | None]], world: Sequence[int], day: int
) -> bool:
    """Tell whether each stretch that has ended by *day* began before it did."""
    ended = {
        span[0]: when
        for span, when in zip(spans, world, strict=True)
        if tellings[span] == {None} and when <= day
    }
    return not any(
        span[0] in ended and tellings[span] != {None} and when >= ended[span[0]]
        for span, when in zip(spans, world, strict=True)
    )


def _newest(
    spans: Sequence[Span],
    tellings: Mapping[Span, set[str | None]],
    world: Sequence[int],
    day: int,
    steps: Mapping[str, int],
    by: Mapping[Span, Said],
) -> set[Outcome]:
    """Return what may hold in one world: several where the newest began on one day.

    Times that are stated tell which of them came later; a phase that is known to have begun on
    that very day goes forward where they do not.
    """
    begun = [(when, span) for when, span in zip(world, spans, strict=True) if when <= day]
    if not begun:
        return {_NOTHING}
    newest = max(when for when, _span in begun)
    last = _last_by_time([span for when, span in begun if when == newest], by)
    step = {
        (span, value): steps.get(value or "", -1) if span[1] == span[2] else -1
        for span in last
        for value in tellings[span]
    }
    furthest = max(step.values())
    left = {
        span: frozenset(one for one in tellings[span] if step[span, one] in {-1, furthest})
        for span in last
    }
    return {(span, values) for span, values in left.items() if values}


def _last_by_time(spans: Sequence[Span], by: Mapping[Span, Said]) -> list[Span]:
    """Return of what began on one day all that no time puts before another of it."""
    return [one for one in spans if not any(by[two].is_after(by[one]) for two in spans)]


def _plain(value: str | None) -> str | None:
    return "vacant" if leavers({value}) else value


def _in_post(
    spans: Sequence[Span],
    tellings: Mapping[Span, set[str | None]],
    world: Sequence[int],
    day: int,
    nobody: str | None,
    by: Mapping[Span, Said],
) -> set[Outcome]:
    """Return who may have a post in one world: whoever took it up last, and has not left since."""
    begun = [(when, span) for when, span in zip(world, spans, strict=True) if when <= day]
    stretches = {span[0] for span in spans if nobody and tellings[span] != {None}}
    left = [
        (when, span)
        for when, span in begun
        if leavers(tellings[span]) or (tellings[span] == {None} and span[0] in stretches)
    ]
    taken = [one for one in begun if one not in left]
    if not taken:
        return _emptied(left, nobody, by) or {_NOTHING}
    newest = max(when for when, _span in taken)
    outcomes: set[Outcome] = set()
    since = [one for one in left if one[0] >= newest]
    for span in _last_by_time([span for when, span in taken if when == newest], by):
        own = [
            one
            for one in since
            if (tellings[one[1]] == {None} and one[1][0] == span[0])
            or (leavers(tellings[one[1]]) & tellings[span] and not by[span].is_after(by[one[1]]))
        ]
        outcomes |= _emptied(own, nobody, by) or {(span, frozenset(tellings[span]))}
    return outcomes


def _emptied(
    left: Sequence[tuple[int, Span]], nobody: str | None, by: Mapping[Span, Said]
) -> set[Outcome]:
    newest = max((when for when, _span in left), default=0)
    last = _last_by_time([span for when, span in left if when == newest], by)
    # After a stretch nothing more is told of the post.
    return {(span, frozenset({nobody if by[span].value else None})) for span in last}


def _passed_on(attribute: Attribute, heard: Sequence[Said], day: int) -> list[Said] | str:
    """Return what is told of a parent: who sells it to whom counts if the seller may have had it.

    That it may have on the eve of the sale, or on the last day that the sale may have been by
    *day*, where any world without the sales that come after in turn has it, or has nobody; where
    times are told of the very day of the sale, just before the sale.
    """
    leavings = {one.position: leavers({one.value}) for one in heard if leavers({one.value})}
    sales = {
        one.position: one
        for one in heard
        if one.position in leavings and one.value and not leavers({one.value})
    }
    kept = [one for one in heard if one.position not in sales]
    for sale in sorted(sales.values(), key=lambda one: (one.hi, one.lo, one.turn, one.position)):
        holders: set[str | None] = set()
        before = [one for one in kept if not one.is_after(sale)]
        is_later_that_day = any(sale.is_after(one) for one in before)
        for at in {sale.lo - 1, min(sale.hi, day)} if not is_later_that_day else {sale.lo}:
            outcomes = _outcomes(attribute, before, at)
            if isinstance(outcomes, str):
                return outcomes
            holders |= {value for _span, values in outcomes for value in values}
        if holders & {None, *leavings[sale.position]}:
            theirs = [one for one in heard if one.position == sale.position]
            kept += [one for one in theirs if not leavers({one.value})]
    return kept


def steps_of(attribute: Attribute) -> dict[str, int]:
    if attribute.attribute_class is not AttributeClass.PHASE:
        return {}
    options = getattr(attribute.value, "options", {})
    return {name: number for number, name in enumerate(options)}


def taking_part(said: Sequence[Said]) -> list[Said]:
    heard = [one for one in said if not one.is_silenced]
    known = [one for one in heard if one.value not in (None, UNKNOWN)]
    return [
        one
        for one in heard
        if one.value != UNKNOWN
        or all(one.is_after(two) for two in known if (two.lo, two.hi) == (one.lo, one.hi))
    ]
