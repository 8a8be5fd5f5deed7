"""What cannot come before what: a closing before its announcement, a chief before the founding."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from archive.dates import day_number
from archive.languages import Words
from archive.proposing.cautions import Caution
from archive.proposing.rows import Draft, events_of
from archive.queries import EventRow


@dataclass(frozen=True, slots=True)
class Order:
    """One kind comes before another where all of *shared*, pairs of roles, are borne by the same.

    *same* are data that must be alike where both events give them.
    """

    before: str
    after: str
    shared: tuple[tuple[str, str], ...]
    same: tuple[str, ...] = ()


_DEAL: Final = (("buyer", "buyer"), ("target", "target"))
_ORG: Final = (("org", "org"),)
_MODEL: Final = (("model", "model"),)

ORDERS: Final = (
    Order("deal_announced", "deal_closed", _DEAL),
    Order("deal_announced", "deal_ended", _DEAL),
    Order("org_founded", "role_started", _ORG),
    Order("org_founded", "role_ended", _ORG),
    Order("org_founded", "funding_round", _ORG),
    Order("org_founded", "valuation_reported", _ORG),
    Order("org_founded", "listing_changed", _ORG),
    Order("org_founded", "org_ended", _ORG),
    Order("org_founded", "deal_closed", (("org", "target"),)),
    Order("role_started", "role_ended", (("person", "person"), ("org", "org")), ("role",)),
    Order("model_announced", "model_released", _MODEL),
    Order("model_released", "model_retired", _MODEL),
    Order("product_launched", "model_retired", (("product", "model"),)),
    Order("project_started", "model_released", (("project", "model"),)),
    Order("project_started", "product_launched", (("project", "product"),)),
)


def closing_day(draft: Draft) -> Iterator[Caution]:
    """Yield a doubt where owners would change from the day on which a deal was but announced."""
    if draft.kind.name == "deal_closed" and draft.date_kind in {"announced", "signed"}:
        words = Words(
            "此为宣布或签署之日，而归属自交割之日起才改变；若来源只说宣布，请录为“交易宣布”。",
            "This is the day of an announcement or a signature, and owners change only from the "
            "closing on; if the source tells no more, record it as “Deal announced”.",
        )
        yield Caution("closing_day", words, field="date_kind")


def in_order(connection: Connection, draft: Draft) -> Iterator[Caution]:
    """Yield a doubt for each event that surely lies on the wrong side of the draft.

    Where a kind may happen twice, there is a doubt only if no event of it lies on the right side.
    """
    for rule in ORDERS:
        for is_after in (True, False):
            if draft.kind.name == (rule.after if is_after else rule.before):
                yield from _doubts(connection, draft, rule, is_after=is_after)


def _doubts(
    connection: Connection, draft: Draft, rule: Order, *, is_after: bool
) -> Iterator[Caution]:
    others = list(_others(connection, draft, rule, is_after=is_after))
    if others and all(_is_contrary(draft, row, is_after=is_after) for row in others):
        yield _caution(others[-1], is_after=is_after)


def _others(
    connection: Connection, draft: Draft, rule: Order, *, is_after: bool
) -> Iterator[EventRow]:
    pairs = [(pair[::-1] if is_after else pair) for pair in rule.shared]
    if not all(draft.roles.get(own) for own, _other in pairs):
        return
    kind = rule.before if is_after else rule.after
    for row in events_of(connection, kind, draft.roles[pairs[0][0]], apart_from=draft.id):
        shares = all(draft.borne(row, other) & draft.roles[own] for own, other in pairs)
        if shares and all(_is_alike(draft, row, name) for name in rule.same):
            yield row


def _is_alike(draft: Draft, row: EventRow, name: str) -> bool:
    return name not in draft.data or name not in row.data or draft.data[name] == row.data[name]


def _is_contrary(draft: Draft, row: EventRow, *, is_after: bool) -> bool:
    """Tell whether the event surely lies on the wrong side of the draft."""
    if is_after:
        return draft.latest is not None and day_number(draft.latest) < row.first_day
    return draft.earliest is not None and day_number(draft.earliest) > row.last_day


def _caution(row: EventRow, *, is_after: bool) -> Caution:
    zh, en = ("早于", "before") if is_after else ("晚于", "after")
    words = Words(
        f"日期{zh}“{row.title.zh}”，次序似有误。",
        f"This lies {en} “{row.title.en}”; the order looks wrong.",
    )
    return Caution("order", words, field="when", event=row.id)
