"""Who owns whom, as the panel shows it: of one company its own chains, up and down, alone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from archive.queries import Ownership, Stake
from archive.queries.derived.ownership import OwnerGroup
from archive.web.drawing.trees import tree
from archive.web.frame.translating import current_locale
from archive.web.states.panel_views import OwnershipView
from archive.web.states.panel_words import share_words, stake_words

_MOST_ROWS: Final = 60


def ownership_view(answer: Ownership, *, entity: str = "", of_page: bool = False) -> OwnershipView:
    """Return what is shown of *answer*; of one *entity*, what leads up from it and down to it."""
    meant = about(answer, entity) if entity else answer
    told = {stake: stake_words(stake) for stake in meant.stakes}
    drawing = tree(meant.stakes, told=told, locale=current_locale(), most=_MOST_ROWS)
    shares = {
        (group.head.id, member.id): share_words(share)
        for group in meant.groups
        for member, share in group.members
    }
    rows = meant.stakes[:_MOST_ROWS] if meant.is_near else meant.stakes
    return OwnershipView(meant, rows, drawing, shares, of_page)


def about(answer: Ownership, entity: str) -> Ownership:
    """Return what of *answer* is about *entity*: its owners and theirs, what it owns, and so on.

    Sums and shares along chains stay those of the whole.
    """
    stakes = chains_of(answer.stakes, entity)
    names = {entity, *(one.id for stake in stakes for one in (stake.holder, stake.owned))}
    return replace(
        answer,
        stakes=stakes,
        groups=tuple(_group(one, names) for one in answer.groups if _holds(one, entity)),
        circles=tuple(one for one in answer.circles if names.issuperset(two.id for two in one)),
        overfull=tuple(one for one in answer.overfull if one.owned.id in names),
    )


def chains_of(stakes: Sequence[Stake], entity: str) -> tuple[Stake, ...]:
    """Return the stakes on a way up to an owner of *entity*, or down to what it owns."""
    up = _reached(stakes, entity, start=lambda one: one.owned.id, end=lambda one: one.holder.id)
    down = _reached(stakes, entity, start=lambda one: one.holder.id, end=lambda one: one.owned.id)
    return tuple(one for one in stakes if one.owned.id in up or one.holder.id in down)


def _reached(
    stakes: Sequence[Stake],
    entity: str,
    *,
    start: Callable[[Stake], str],
    end: Callable[[Stake], str],
) -> set[str]:
    reached: set[str] = set()
    near = {entity}
    while near:
        reached |= near
        near = {end(one) for one in stakes if start(one) in near} - reached
    return reached


def _holds(group: OwnerGroup, entity: str) -> bool:
    return entity in {group.head.id, *(member.id for member, _share in group.members)}


def _group(group: OwnerGroup, names: set[str]) -> OwnerGroup:
    return replace(group, members=tuple(one for one in group.members if one[0].id in names))
