"""Who bears which role: a table for each kind, and how a bearer is found near the words."""

import re
from typing import Final

from archive.proposing.proposals import Filled, Named, Span
from archive.proposing.staging import Stage, joined
from archive.proposing.tables.casts import CASTS, Cast, Side
from archive.vocabulary import kind

_CLOSE: Final = 24
_POSTS: Final = frozenset({"role_started", "role_ended"})
_VOICED: Final = frozenset({Side.AGENT, Side.PATIENT})
# A relative clause of which the word before it is the object: "which it had".
_WHICH: Final = re.compile(r",? (?:which|that) (?:it|they|he|she|the \w+|\w+ \w+) (?:had |has )?$")
_PASSIVE: Final = re.compile(r"[被由遭获]\s*$")
_ENGLISH_BY: Final = re.compile(r"^[^,.;]{0,40}\bby\s+(?:[a-z-]+\s+){0,4}$")


def cast(stage: Stage, kind_name: str, cue: Span, *, reach: Span) -> tuple[Filled, ...]:
    """Return who bears the roles of a kind in what *cue* tells; a role without a bearer is out.

    Nobody named after *reach*, the part of the sentence that the date holds for, is looked at.
    """
    roles: list[Filled] = []
    taken: set[str] = set()
    for one in CASTS[kind_name]:
        if any(filled.field == one.role for filled in roles):
            continue
        field = kind(kind_name).field(one.role)
        types = one.types or tuple(getattr(field.type, "types", ())) if field else ()
        free = [
            each
            for each in stage.named
            if each.type in types and each.id not in taken and each.span.start < reach.end
        ]
        found = _bearers(stage, one, free, cue, is_post=kind_name in _POSTS)
        if field is not None and not field.is_many:
            found = found[:1]
        if not found and one.role == kind(kind_name).subject:
            found = [
                each for each in stage.persons if each.type in types and each.id not in taken
            ][:1]
        if not found and one.side is Side.AGENT and not one.types:
            found = [
                each
                for each in (stage.antecedent,)
                if each and each.type in types and each.id not in taken
            ]
        for bearer in found:
            roles.append(Filled(one.role, bearer.id, bearer.words, bearer.span))
            taken.add(bearer.id)
    return tuple(roles)


def _bearers(
    stage: Stage, one: Cast, free: list[Named], cue: Span, *, is_post: bool
) -> list[Named]:
    if one.side is Side.MARKED:
        return _among(stage, [each for each in free if _is_marked(stage, one, each)], free)
    able = [each for each in free if not stage.is_cited(each)]
    if not is_post and one.side is not Side.NEAR:
        able = [each for each in able if not stage.is_modifier(each)]
    if one.side is Side.TOGETHER:
        clause = stage.sentence.clause_at(cue.start)
        inside = [each for each in able if clause.holds(each.span)]
        return _distinct(inside if len(_distinct(inside)) > 1 else able)
    nearest = _nearest(stage, one.side, able, cue)
    return _among(stage, [nearest], able) if nearest else []


def _is_marked(stage: Stage, one: Cast, each: Named) -> bool:
    is_before = one.before is not None and one.before.search(stage.before(each)) is not None
    return is_before or (one.after is not None and one.after.search(stage.after(each)) is not None)


def _nearest(stage: Stage, side: Side, able: list[Named], cue: Span) -> Named | None:
    before = [each for each in able if each.span.end <= cue.start]
    after = [each for each in able if each.span.start >= cue.start]
    which = _WHICH.search(stage.between(stage.sentence.start, cue.start))
    if which is not None and side in _VOICED:
        return _in_relative(stage, side, before, stage.sentence.start + which.start())
    by = _by(stage, able, cue) if side in _VOICED else None
    if by is not None:
        others = [each for each in before if each is not by]
        return by if side is Side.AGENT else next(reversed(others), None)
    clause = stage.sentence.clause_at(cue.start)
    near_before = [each for each in before if each.span.start >= clause.start]
    near_after = [each for each in after if each.span.end <= clause.end]
    close = [each for each in after if each.span.start - cue.end < _CLOSE]
    orders = {
        Side.BESIDE: [near_before[-1:]],
        Side.AGENT: [near_before[-1:], before[-1:]],
        Side.PATIENT: [near_after[:1], near_before[-1:], close[:1], before[-1:], after[:1]],
        Side.NEAR: [near_before[-1:], near_after[:1], before[-1:], after[:1]],
    }
    return next((some[0] for some in orders[side] if some), None)


def _in_relative(stage: Stage, side: Side, before: list[Named], which: int) -> Named | None:
    """Return who acts or is acted on in "…, which it bought": what stands before is acted on."""
    heads = [each for each in before if each.span.end <= which]
    if side is Side.PATIENT:
        return next(reversed(heads), None)
    inside = [each for each in before if each.span.start > which]
    return next(iter((*inside, *heads[:-1], *stage.persons)), None)


def _by(stage: Stage, able: list[Named], cue: Span) -> Named | None:
    """Return who acts where the verb is passive: named after 被, or after "by"."""
    for each in able:
        if each.span.end <= cue.start:
            gap = stage.between(each.span.end, cue.start)
            if _PASSIVE.search(stage.before(each)) and not re.search(r"[,，。;；]", gap):
                return each
        elif _ENGLISH_BY.match(stage.between(cue.end, each.span.start)):
            return each
    return None


def _among(stage: Stage, found: list[Named], free: list[Named]) -> list[Named]:
    """Return those found with the names that stand joined to them."""
    every: list[Named] = []
    for one in found:
        every += joined(stage, one, free)
    return _distinct(every)


def _distinct(named: list[Named]) -> list[Named]:
    return list({one.id: one for one in reversed(named)}.values())[::-1]
