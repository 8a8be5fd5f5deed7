"""From lines to facts: with the kinds of their events, and where the claims behind them stand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import msgspec

from archive.projections import PER_EVENT
from archive.queries.held.fact import OF_ITS_STRETCH, Fact
from archive.queries.known.asking import Line
from archive.queries.known.ground import Ground
from archive.vocabulary import HANDED_ON, POSTS, VACANT, Attribute, leaver_of

Telling: TypeAlias = Callable[[Sequence[Line], Attribute], tuple[Fact, ...]]

# Where a line has its fact, as ``sought`` gives it.
_FACT: Final = 4
_CLOCK: Final = 10
_TOLD: Final = slice(4, 11)


def told_on(ground: Ground, kinds: Mapping[int, str]) -> Telling:
    """Return what makes facts of the lines of a cell; *kinds* by the positions of their events."""
    if ground.disputed.versions or ground.named:
        told = _argued(ground, kinds)
    else:
        told = _kinded(kinds) if kinds else _plain

    def with_leavers(lines: Sequence[Line], attribute: Attribute) -> tuple[Fact, ...]:
        facts = told(lines, attribute)
        if attribute.name not in POSTS:
            return facts
        if attribute.name in HANDED_ON:
            return tuple(_leaving(facts, ground.named, None))
        return tuple(_leaving(_ending(facts), ground.named, VACANT))

    return with_leavers


def _ending(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the facts of a post, the end of each stretch in it as a leaving of that stretch alone.

    An end whose beginning does not matter any more does not either.
    """
    begun = {
        fact.id // PER_EVENT
        for fact in facts
        if fact.value is not None and not leaver_of(fact.value)
    }
    for fact in facts:
        if fact.value is not None:
            yield fact
        elif fact.id // PER_EVENT in begun:
            yield msgspec.structs.replace(fact, leaver=OF_ITS_STRETCH)


def _leaving(facts: Iterable[Fact], named: Mapping[str, str], left: str | None) -> Iterator[Fact]:
    """Yield the facts of a post, where somebody leaves it with whoever that is by now.

    *left* is the value that it has then.
    """
    for fact in facts:
        leaver = leaver_of(fact.value)
        if leaver:
            home = named.get(leaver, leaver)
            yield msgspec.structs.replace(fact, value=left, leaver=home)
        else:
            yield fact


def _plain(lines: Sequence[Line], _attribute: Attribute) -> tuple[Fact, ...]:
    """Return the facts of which nothing more is to be told."""
    if len(lines) == 1:
        (line,) = lines
        return (Fact(line[4], line[5], line[6], line[7], line[9], line[8], clock=line[_CLOCK]),)
    return tuple(
        [
            Fact(line[4], line[5], line[6], line[7], line[9], line[8], clock=line[_CLOCK])
            for line in lines
        ]
    )


def _kinded(kinds: Mapping[int, str]) -> Telling:
    def told(lines: Sequence[Line], _attribute: Attribute) -> tuple[Fact, ...]:
        return tuple(
            [
                Fact(
                    *(line[4], line[5], line[6], line[7], line[9], line[8]),
                    kind=kind,
                    clock=line[_CLOCK],
                )
                for line in lines
                for kind in [kinds.get(line[4] // PER_EVENT, "")]
            ]
        )

    return told


def _argued(ground: Ground, kinds: Mapping[int, str]) -> Telling:
    """Return what makes facts where entities were merged, or claims argued about."""
    disputed, versions, plain = ground.disputed, ground.disputed.versions, _kinded(kinds)
    rivals = disputed.rivals

    def told(lines: Sequence[Line], attribute: Attribute) -> tuple[Fact, ...]:
        named = ground.named if attribute.value.widget == "entity" else {}
        roots = [versions.get(line[_FACT] // PER_EVENT, 0) for line in lines]
        if not (named or any(roots)):
            return plain(lines, attribute)
        speaking = set(roots) if rivals else frozenset[int]()
        return tuple(
            Fact(
                fact,
                lo,
                v,
                hi,
                named.get(value, value),
                number,
                root in disputed.open,
                root in disputed.preferred,
                bool(rivals) and rivals.get(root) in speaking,
                kinds.get(fact // PER_EVENT, ""),
                clock=clock,
            )
            for root, line in zip(roots, lines, strict=True)
            for fact, lo, v, hi, number, value, clock in [line[_TOLD]]
        )

    return told
