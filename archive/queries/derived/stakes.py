"""Stakes as told: a share, a parent, or a deal that was announced and neither closed nor ended."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from itertools import product
from typing import Final, TypeAlias

from archive.languages import Words
from archive.queries.answers import EntityRef, EventRow
from archive.queries.derived.chains import HALF, NONE, OPEN, Edge, Range
from archive.queries.derived.dealings import ANNOUNCED, DEALS, Dealing, may_follow
from archive.queries.held.gathering import Gathered
from archive.queries.held.phrasing import StateRow
from archive.queries.held.spanning import span
from archive.queries.held.standing import Standing
from archive.queries.held.telling import UNSAID
from archive.vocabulary import ENTITY_TYPES, RIGHTS, UNKNOWN

OWNERS, VOTES, PROFIT = (RIGHTS[one] for one in ("shares", "votes", "profit_share"))
PARENT: Final = "parent"
# What tells a share of one right, and all that tells a stake.
SHARES: Final = (OWNERS, VOTES, PROFIT)
STAKES: Final = (*SHARES, PARENT)
UNDISCLOSED: Final = Words("未披露", "undisclosed")
_AS_PARENT: Final = Words("上级", "parent")
_MAY_BE_OVER: Final = Words("可能已交割或终止", "may have closed or ended by then")
_ANNOUNCED: Final = Words("宣布", "announced")
_OF_NO_STAKE: Final = frozenset({"asset", "licence_and_hire"})
_SHARE: Final = ENTITY_TYPES["organization"].attributes[OWNERS].value

_Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stake:
    """A holder's stake in an organization, or the deal announced for one.

    ``share`` begins with nothing where there may be none; it is None where the holder is known as
    the parent, and no share was told.
    ``is_planned`` is a change of a stake that is only planned: ``words`` say what.
    ``rows`` are the cells that say so; ``event_id`` and ``since`` are of the likeliest. ``kind``
    is what the share is a share of, where that was told: shares, votes, profit. ``right`` is the
    attribute that tells it, and ``governs`` says that it is what the holder controls by, if so.
    """

    holder: EntityRef
    owned: EntityRef
    share: Range | None
    words: Words
    is_certain: bool
    is_control: bool
    is_announced: bool
    is_disputed: bool
    reason: Words | None
    since: str
    event_id: str
    rows: tuple[StateRow, ...]
    is_planned: bool = False
    kind: Words | None = None
    right: str = OWNERS
    governs: bool = True

    @property
    def controls(self) -> bool:
        """Tell whether the holder surely has a majority or is surely the parent."""
        has_majority = self.governs and self.share is not None and self.share.least > HALF
        return not self.is_announced and self.is_certain and (self.is_control or has_majority)

    @property
    def edge(self) -> Edge:
        """Return the stake as arithmetic takes it."""
        is_control = self.is_control and self.is_certain
        return Edge(self.holder.id, self.owned.id, self.share or OPEN, is_control)


def stake_pairs(read: Iterable[Gathered]) -> dict[_Pair, list[Gathered]]:
    """Return the cells that speak of each holder and what it holds."""
    pairs: defaultdict[_Pair, list[Gathered]] = defaultdict(list)
    for one in read:
        row = one.row
        is_share = row.attribute in SHARES
        holders = [row.member] if is_share else [value.key for value in row.values]
        for holder in dict.fromkeys(holders):
            if holder and holder != UNKNOWN:
                pairs[holder, row.entity.id].append(one)
    return pairs


def stakes_of(holder: EntityRef, owned: EntityRef, told: Sequence[Gathered]) -> list[Stake]:
    """Return the stakes of which *told* speak: one for each right, or one of a mere parent.

    Who is the parent is told with the right by which the holder controls.
    """
    by_right = {right: [one for one in told if one.row.attribute == right] for right in STAKES}
    parents = by_right.pop(PARENT)
    rights = [right for right in SHARES if by_right[right]]
    governing = next((one for one in (VOTES, OWNERS) if one in rights), PARENT)
    found = [
        _stake(holder, owned, right, by_right[right], parents if right == governing else ())
        for right in rights
    ]
    if parents and governing == PARENT:
        found.append(_stake(holder, owned, PARENT, (), parents))
    return [replace(one, governs=one.right == governing) for one in found]


def _stake(
    holder: EntityRef,
    owned: EntityRef,
    right: str,
    shares: Sequence[Gathered],
    parents: Sequence[Gathered],
) -> Stake:
    rows = [one.row for one in (*shares, *parents)]
    is_parent = any(_is_sure(one.row) for one in parents)
    said = rows[0].values[0]
    if not shares:
        said = next(one for one in rows[0].values if one.key == holder.id)
    return Stake(
        holder=holder,
        owned=owned,
        share=_share(shares) if shares else None,
        words=_words(one.row for one in shares) if shares else _AS_PARENT,
        is_certain=is_parent or any(one.is_never_empty for one in shares),
        is_control=is_parent or not shares,
        is_announced=False,
        is_disputed=any(row.is_disputed for row in rows),
        reason=next((row.reason for row in rows if row.reason), None),
        since=said.since,
        event_id=said.event_id,
        rows=tuple(rows),
        right=right,
    )


def _is_sure(row: StateRow) -> bool:
    return row.standing == Standing.CERTAIN


def _share(shares: Sequence[Gathered]) -> Range:
    """Return the range within which the share lies, whichever of its values holds, if any."""
    told = [range_of(value.key) for one in shares for value in one.row.values]
    if not any(one.is_never_empty for one in shares):
        told.append(NONE)
    return reduce(Range.or_, told)


def _words(rows: Iterable[StateRow]) -> Words:
    said = [value.words for row in rows for value in row.values]
    told = [UNDISCLOSED if one == UNSAID else one for one in said]
    return Words(" 或 ".join(one.zh for one in told), " or ".join(one.en for one in told))


def range_of(key: str) -> Range:
    """Return the range of percent that the key of a share says."""
    told = UNKNOWN if key == UNKNOWN else _SHARE.read(key, field=OWNERS)
    return _range(told) if isinstance(told, Mapping) else OPEN


def _range(amount: Mapping[str, object]) -> Range:
    least = amount.get("exact", amount.get("min", 0))
    most = amount.get("exact", amount.get("max", 100))
    return Range(Decimal(str(least)), Decimal(str(most)))


def announced(told: Iterable[Dealing], *, day: int) -> list[Stake]:
    """Return the deals that were announced by *day*, and had surely neither closed nor ended."""
    deals = [one for one in told if one.event.kind in DEALS]
    later = [one for one in deals if one.event.kind != ANNOUNCED]
    return [
        stake
        for deal in deals
        if deal.event.kind == ANNOUNCED and _is_of_stakes(deal)
        for stake in _expected(deal, [one for one in later if _follows(one, deal)], day)
    ]


def _is_of_stakes(deal: Dealing) -> bool:
    """Tell whether a deal, once closed, makes an owner: one of assets only by a share told."""
    data = deal.event.data
    return data.get("deal_type") not in _OF_NO_STAKE or "share" in data


def _follows(later: Dealing, earlier: Dealing) -> bool:
    """Tell whether one event of a deal may come after another of the same deal."""
    is_same = (
        later.deal == earlier.deal
        if later.deal and earlier.deal
        else _meet(later, earlier, "buyer") and _meet(later, earlier, "target")
    )
    return is_same and may_follow(later.event, earlier.event)


def _meet(one: Dealing, other: Dealing, role: str) -> bool:
    return not {*one.bearing(role)}.isdisjoint(other.bearing(role))


def _expected(deal: Dealing, later: Sequence[Dealing], day: int) -> Iterator[Stake]:
    event = deal.event
    if any(one.event.last_day <= day for one in later):
        return
    share = event.data.get("share")
    told = share if isinstance(share, dict) else None
    for holder, owned in product(deal.bearing("buyer"), deal.bearing("target")):
        yield Stake(
            holder=holder,
            owned=owned,
            share=_range(told) if told else None,
            words=share_words(told) if told else UNDISCLOSED,
            is_certain=event.last_day <= day and not later,
            is_control=False,
            is_announced=True,
            is_disputed=event.is_disputed,
            reason=_MAY_BE_OVER if later else why_not_yet(event, day, _ANNOUNCED),
            since=event.occurred.edtf,
            event_id=event.id,
            rows=(),
        )


def why_not_yet(event: EventRow, day: int, said: Words) -> Words | None:
    """Return within which days the event came that may not have come by *day*; None if it had.

    *said* is the word for its coming.
    """
    if event.last_day <= day:
        return None
    when = span(event.first_day, event.last_day)
    return Words(f"{when.zh}{said.zh}", f"{said.en} {when.en}")


def share_words(amount: dict[str, object]) -> Words:
    """Return a share as an event tells it, in both languages."""
    key = _SHARE.key(amount)  # type: ignore[arg-type]  # an amount is JSON
    return Words(_SHARE.words(key, "zh"), _SHARE.words(key, "en"))
