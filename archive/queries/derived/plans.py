"""Changes of stakes that were planned and have neither been made nor overtaken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from archive.dates import EARLIEST_DAY, day_number
from archive.languages import Words
from archive.queries.answers import EntityRef, EventRow
from archive.queries.as_of import AsOf
from archive.queries.derived.stakes import Stake, share_words
from archive.queries.events.timelines import timeline
from archive.queries.held.gathering import called
from archive.queries.known.ground import ground
from archive.queries.known.narrowing import Filters, Window
from archive.vocabulary import KINDS

_KIND: Final = "stake_changed"
_PLANNED: Final = "planned"
_MAY_BE_MADE: Final = Words("可能已完成", "may have been made by then")
_PAGE: Final = 500


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
    def pair(self) -> tuple[str, str]:
        return self.holder.id, self.owned.id


def planned(connection: Connection, *, as_of: AsOf, entity: str = "") -> list[Stake]:
    """Return the changes of stakes planned by the day, after which none was surely made.

    With an *entity*, only those that touch it.
    """
    day = day_number(as_of.valid)
    told = list(_told(connection, as_of, entity, day))
    done = [one for one in told if not one.is_planned]
    return [
        stake
        for plan in told
        if plan.is_planned
        for stake in _expected(plan, [one for one in done if _follows(one, plan)], day)
    ]


def _told(connection: Connection, as_of: AsOf, entity: str, day: int) -> Iterator[_Plan]:
    """Yield what was told of stakes up to the day, each party at its home."""
    filters = Filters(kinds=frozenset({_KIND}), entity=entity)
    rows = list(_events(connection, as_of, filters, day))
    homes = ground(connection, known=as_of.known).named
    parties = [
        (row, {one.role: homes.get(one.id, one.id) for one in row.entities}) for row in rows
    ]
    slugs = {slug for _row, roles in parties for slug in roles.values()}
    refs = called(connection, slugs, known=as_of.known)
    for row, roles in parties:
        if {"holder", "org"} <= roles.keys() and row.first_day <= day:
            yield _Plan(row, refs[roles["holder"]], refs[roles["org"]])


def _events(connection: Connection, as_of: AsOf, filters: Filters, day: int) -> Iterator[EventRow]:
    """Yield the events of which some part may lie before the day's end, page by page."""
    after: str | None = None
    while True:
        page = timeline(
            connection,
            window=Window(EARLIEST_DAY, day),
            filters=filters,
            known=as_of.known,
            limit=_PAGE,
            after=after,
            is_counted=False,
        )
        yield from page.rows
        after = page.later
        if after is None:
            return


def _follows(later: _Plan, plan: _Plan) -> bool:
    return later.pair == plan.pair and later.event.last_day >= plan.event.first_day


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
        reason=_MAY_BE_MADE if later else None,
        since=event.occurred.edtf,
        event_id=event.id,
        rows=(),
        is_planned=True,
    )


def _words(event: EventRow) -> Words:
    """Return what is planned: the direction, and by how much, as far as it was told."""
    field = KINDS[_KIND].field("direction")
    key = str(event.data.get("direction", ""))
    said = Words(key, key)
    if field:
        said = Words(field.type.words(key, "zh"), field.type.words(key, "en"))
    share = event.data.get("share_changed")
    told = share_words(share) if isinstance(share, dict) else None
    return Words(f"{said.zh} {told.zh}", f"{said.en} {told.en}") if told else said
