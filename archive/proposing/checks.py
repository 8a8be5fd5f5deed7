"""What looks wrong with a draft while it is typed: doubts told, none of which forbids anything."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection

from archive.errors import OutOfScopeError
from archive.languages import LOCALES, Words
from archive.proposing.cautions import Caution
from archive.proposing.order import closing_day, in_order
from archive.proposing.plausible import far_before_all, foretold
from archive.proposing.posts import other_scope, post_beside, post_held
from archive.proposing.rows import Draft, around, events_of, read_draft, rows_before
from archive.queries import EventRow
from archive.queries.derived.stakes import range_of
from archive.queries.held.standing import Standing
from archive.vocabulary import NEAR_DAYS, RIGHTS, Raw, may_be_one

_MOST_NAMED: Final = 3
_WHOLE: Final = Decimal(100)
_FREEDOM: Final = ("free", "free_after_registration", "free_below_threshold", "paid", "forbidden")
_LAWSUIT: Final = re.compile(
    r"诉讼|起诉|被诉|提告|控告|原告|被告|法院|判决|庭审|仲裁|"
    r"\b(?:lawsuits?|sue[sd]?|suing|litigation|plaintiffs?|"
    r"defendants?|court|verdict|injunction)\b",
    re.IGNORECASE,
)


def warnings_for(connection: Connection, draft: Raw, *, text: str = "") -> tuple[Caution, ...]:
    """Return every doubt about *draft*, which may be incomplete, as the archive stands now.

    *text* is looked through for lawsuits together with what the draft says and quotes. What
    cannot be read of the draft is passed over.
    """
    read = read_draft(connection, draft)
    found = [] if read is None else list(_doubts(connection, read, draft))
    return (*found, *_out_of_scope(draft, text))


def _doubts(connection: Connection, draft: Draft, raw: Raw) -> Iterator[Caution]:
    yield from _same_event(connection, draft)
    yield from in_order(connection, draft)
    yield from closing_day(draft)
    yield from far_before_all(connection, draft)
    yield from foretold(connection, draft, raw)
    yield from _share_sum(connection, draft)
    yield from post_held(connection, draft)
    yield from other_scope(connection, draft)
    yield from post_beside(connection, draft)
    yield from _stricter(connection, draft)


def _same_event(connection: Connection, draft: Draft) -> Iterator[Caution]:
    """Yield the events of the same kind and parties within thirty days, the nearest few."""
    days = around(draft, days=NEAR_DAYS)
    subject = draft.roles.get(draft.kind.subject)
    if days is None or not subject:
        return
    rows = events_of(connection, draft.kind.name, subject, apart_from=draft.id, days=days)
    same = [row for row in rows if _is_same(draft, row)]
    same.sort(key=lambda row: abs(row.first_day + row.last_day - sum(days)))
    for row in same[:_MOST_NAMED]:
        words = Words(
            f"似与“{row.title.zh}”为同一事件；可为现有事件添加此来源。",
            f"This seems to be “{row.title.en}”; add this source to the existing event.",
        )
        yield Caution("same_event", words, event=row.id)


def _is_same(draft: Draft, row: EventRow) -> bool:
    return may_be_one(
        draft.kind,
        roles=draft.roles,
        data=draft.data,
        other_roles={role: draft.borne(row, role) for role in draft.roles},
        other_data=row.data,
    )


def _share_sum(connection: Connection, draft: Draft) -> Iterator[Caution]:
    """Yield a doubt where the least shares, with the draft's own, come to more than the whole."""
    told = _share_told(draft)
    if told is None or draft.latest is None:
        return
    field, owned, holders = told
    right = RIGHTS.get(str(draft.data.get("share_kind", "shares")), "owners")
    total = range_of(draft.key(field)).least
    for row in rows_before(connection, draft, owned, right):
        if row.member not in holders and row.standing == Standing.CERTAIN:
            total += min((range_of(value.key).least for value in row.values), default=Decimal(0))
    if total > _WHOLE:
        number = f"{total.normalize():f}"
        words = Words(
            f"当日已知持股合计至少 {number}%，超过 100%；其他持有人的股份或需一并更正。",
            f"The shares known on that day come to at least {number}%, more than the whole; "
            "other holders may have to be corrected too.",
        )
        yield Caution("share_sum", words, field=field)


def _share_told(draft: Draft) -> tuple[str, str, frozenset[str]] | None:
    places = {
        "deal_closed": ("share", "target", "buyer"),
        "stake_changed": ("share_after", "org", "holder"),
    }
    field, owned, holder = places.get(draft.kind.name, ("", "", ""))
    owners = draft.roles.get(holder, frozenset())
    if field not in draft.data or not draft.roles.get(owned) or not owners:
        return None
    return field, min(draft.roles[owned]), owners


def _stricter(connection: Connection, draft: Draft) -> Iterator[Caution]:
    """Yield a doubt where terms are stricter than those that surely held before."""
    use, models = str(draft.data.get("commercial_use", "")), draft.roles.get("model")
    if draft.kind.name != "licence_set" or use not in _FREEDOM or not models:
        return
    for row in rows_before(connection, draft, min(models), "commercial_use"):
        for value in row.values:
            if value.key in _FREEDOM and _FREEDOM.index(value.key) < _FREEDOM.index(use):
                words = Words(
                    f"此前的条款更宽松（商用{value.words.zh}）；请核对是否确已收紧。",
                    f"The terms before were freer (commercial use {value.words.en}); "
                    "check that they were in fact tightened.",
                )
                yield Caution("stricter_licence", words, "commercial_use", value.event_id)


def _out_of_scope(draft: Raw, text: str) -> Iterator[Caution]:
    match = next(
        (found for one in (text, *_texts(draft)) if (found := _LAWSUIT.search(one))), None
    )
    if match is not None:
        note = OutOfScopeError(match[0])
        yield Caution("out_of_scope", Words(*(note.words(locale) for locale in LOCALES)))


def _texts(raw: object) -> Iterator[str]:
    """Yield every text in a draft, whatever it is wrapped in."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, Mapping):
        for value in raw.values():
            yield from _texts(value)
    elif isinstance(raw, list | tuple):
        for value in raw:
            yield from _texts(value)
