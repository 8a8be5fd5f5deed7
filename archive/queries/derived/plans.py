"""Changes of stakes that were planned and have neither been made nor overtaken."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive.languages import Words
from archive.queries.answers import EntityRef, EventRow
from archive.queries.derived.dealings import CHANGED, Dealing, may_follow
from archive.queries.derived.stakes import Stake, share_words, why_not_yet
from archive.vocabulary import KINDS

_PLANNED: Final = "planned"
_EXIT: Final = "exit"
_SHARES: Final = "shares"
_WAS_PLANNED: Final = Words("提出计划", "planned")
_MAY_BE_MADE: Final = Words("可能已完成", "may have been made by then")


@dataclass(frozen=True, slots=True)
class _Plan:
    """One event that speaks of a holder's stake, whether it is planned or done."""

    event: EventRow
    holder: EntityRef
    owned: EntityRef

    @property
    def is_planned(self) -> bool:
        return self.event.data.get("step") == _PLANNED

    @property
    def right(self) -> object:
        """Return the kind of share; none where a holder leaves altogether."""
        data = self.event.data
        is_all = data.get("direction") == _EXIT
        return data.get("share_kind") or (None if is_all else _SHARES)

    @property
    def pair(self) -> tuple[str, str]:
        return self.holder.id, self.owned.id


def planned(told: Iterable[Dealing], *, day: int) -> list[Stake]:
    """Return the changes of stakes planned by the day, after which none was surely made."""
    plans = list(_plans(told))
    done = [one for one in plans if not one.is_planned]
    return [
        stake
        for plan in plans
        if plan.is_planned
        for stake in _expected(plan, [one for one in done if _follows(one, plan)], day)
    ]


def _plans(told: Iterable[Dealing]) -> Iterator[_Plan]:
    for one in told:
        holders, owned = one.bearing("holder"), one.bearing("org")
        if one.event.kind == CHANGED and holders and owned:
            yield _Plan(one.event, holders[-1], owned[-1])


def _follows(later: _Plan, plan: _Plan) -> bool:
    is_same = later.right is None or later.right == (plan.right or _SHARES)
    return is_same and later.pair == plan.pair and may_follow(later.event, plan.event)


def _expected(plan: _Plan, later: Sequence[_Plan], day: int) -> Iterator[Stake]:
    event = plan.event
    if any(one.event.last_day <= day for one in later):
        return
    yield Stake(
        holder=plan.holder,
        owned=plan.owned,
        share=None,
        words=_words(event),
        is_certain=event.last_day <= day and not later,
        is_control=False,
        is_announced=True,
        is_disputed=event.is_disputed,
        reason=_MAY_BE_MADE if later else why_not_yet(event, day, _WAS_PLANNED),
        since=event.occurred.edtf,
        event_id=event.id,
        rows=(),
        is_planned=True,
    )


def _words(event: EventRow) -> Words:
    """Return what is planned: the direction, and by how much, as far as it was told."""
    field = KINDS[CHANGED].field("direction")
    key = str(event.data.get("direction", ""))
    said = Words(key, key)
    if field:
        said = Words(field.type.words(key, "zh"), field.type.words(key, "en"))
    share = event.data.get("share_changed")
    told = share_words(share) if isinstance(share, dict) else None
    return Words(f"{said.zh} {told.zh}", f"{said.en} {told.en}") if told else said
