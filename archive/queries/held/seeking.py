"""The facts that can matter on a day, sought by index: few, whatever a cell has been told.

Let L be the latest ``lo`` among the facts of a cell that have surely begun by day X (``hi <= X``)
and take part (known on K, not set aside). The rule of what is held (the module ``standing``) need
see no fact but those of R = {f: lo(f) <= X and hi(f) >= L}, and answers the same from any set
between R and all:

- A fact with ``lo > X`` is no candidate, and blocks none, since it has not surely begun.
- A fact with ``hi < L`` is no candidate: the one that gives L surely comes after it.
- Such a fact blocks no candidate f by its date, for that would need its ``lo > hi(f) >= L``.
- What orders two facts on the same, exactly known day, and what makes an unknown value give way
  to a known one of the very same date, are facts of the same ``lo`` and ``hi``: both are in R or
  neither is. So L is the same whether or not the unknown ones are left out.
- There is one exception. The end of a stretch ends its beginning whatever their days, and where
  the beginning is dated more vaguely than the end (``2023/2023-03-05``) the end may lie before L
  and the beginning after it. Such ends are therefore read too.

Four kinds of cells need more. Sums (``AttributeClass.SUM``) take every fact with ``lo <= X``.
Cells of which a claim speaks that a settlement was about are read whole: what was set aside is
shown however old it is, and whether it was may rest on a fact of any day. Cells that a merge made
one are sought one by one; their union holds R of the whole, since each has the smaller L. And for
two days at once the facts are those of the earlier L up to the later day, which holds both R.
"""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    Text,
    and_,
    case,
    func,
    null,
    or_,
    select,
)
from sqlalchemy import bindparam as given
from sqlalchemy.sql.selectable import CompoundSelect

from archive.dates import LATEST_DAY
from archive.projections import PER_EVENT
from archive.projections.tables import attributes, cells, fact_values, facts, occurrences
from archive.queries.known.ground import Ground
from archive.queries.known.nesting import beside, is_server, of_event
from archive.storage import BIG, chunks
from archive.vocabulary import ENTITY_TYPES, AttributeClass

BEFORE_ALL: Final = -1
_SUMS: Final = sorted(
    attribute.name
    for one in ENTITY_TYPES.values()
    for attribute in one.attributes.values()
    if attribute.attribute_class is AttributeClass.SUM
)
# Precisions of dates that may be stretches, as the read model of the timeline calls them.
_STRETCHES: Final = frozenset({"range", "open"})
_FIRST, _LAST = given("first", type_=Integer), given("last", type_=Integer)


def sought(
    connection: Connection,
    *,
    ground: Ground,
    days: tuple[int, int],
    entities: Sequence[int] = (),
    cell_ids: Sequence[int] = (),
    attribute_names: Sequence[str] = (),
    entity_type: str = "",
) -> Iterator[Row[Any]]:
    """Yield the facts that can matter on either of *days*, the earlier first, each with its cell.

    The cells are those of *entities*, or else *cell_ids*, only those of *attribute_names* if any,
    and of *entity_type*.
    """
    by_entity = bool(entities)
    said: dict[str, object] = {"known": ground.known, "names": list(attribute_names)}
    said["type"] = entity_type
    said |= {"first": days[0], "last": days[1]}
    for some in chunks(entities or cell_ids):
        whole = _read_whole(connection, ground.settled_cells, some, by_entity=by_entity)
        query = _query(
            by_entity=by_entity,
            is_one=len(some) == 1,
            is_named=bool(attribute_names),
            is_typed=bool(entity_type),
            has_whole=bool(whole),
            is_newest=ground.is_newest,
            lateral=is_server(connection),
        )
        rows = connection.execute(
            query, said | {"ids": some, "one": some[0], "whole": whole}
        ).all()
        yield from rows
        yield from _ends(connection, rows)


def _read_whole(
    connection: Connection, settled: frozenset[int], some: Sequence[int], *, by_entity: bool
) -> list[int]:
    """Return the cells among those asked for that a settlement was about."""
    if not settled:
        return []
    if not by_entity:
        return sorted(settled.intersection(some))
    theirs = select(cells.c.id).where(cells.c.entity_id.in_(some))
    return sorted(settled.intersection(connection.scalars(theirs)))


@cache
def _query(
    *,
    by_entity: bool,
    is_one: bool,
    is_named: bool,
    is_typed: bool,
    has_whole: bool,
    is_newest: bool,
    lateral: bool,
) -> CompoundSelect[Any]:
    # Lists are written out anew at each call, so there is none where it can be spared.
    whole: list[ColumnElement[bool]] = [attributes.c.name == name for name in _SUMS]
    high: ColumnElement[int] = _LAST
    if has_whole:
        settled = cells.c.id.in_(given("whole", expanding=True))
        whole.append(settled)
        high = case((settled, LATEST_DAY), else_=_LAST)
    asked = cells.c.entity_id if by_entity else cells.c.id
    scope = (
        select(
            cells.c.id,
            cells.c.entity_id,
            cells.c.member,
            attributes.c.entity_type,
            attributes.c.name.label("attribute"),
            case((or_(*whole), BEFORE_ALL), else_=_latest_start(is_newest=is_newest)).label("low"),
            high.label("high"),
        )
        .join(attributes, attributes.c.id == cells.c.attribute_id)
        .where(asked == given("one") if is_one else asked.in_(given("ids", expanding=True)))
    )
    if is_named:
        named = attributes.c.name.in_(given("names", expanding=True))
        scope = scope.where(cells.c.attribute_id.in_(select(attributes.c.id).where(named)))
    if is_typed:
        # Not the bare column: SQLite would start from all cells of the type's attributes.
        of_type = func.coalesce(attributes.c.entity_type, "")
        scope = scope.where(of_type == given("type", type_=Text))
    return _reaching(scope.cte("scope"), is_newest=is_newest, lateral=lateral)


def known_now(fact: Any, *, is_newest: bool) -> ColumnElement[bool]:
    """Return the condition that a fact counts as known; ``known`` is to be bound."""
    is_live: ColumnElement[bool] = fact.c.gone.is_(None)
    if is_newest:
        return is_live
    known = given("known", type_=BIG)
    # A bound of the id itself would tempt SQLite as the note in ``_told`` tells.
    return and_(fact.c.id // PER_EVENT <= known, or_(is_live, fact.c.gone > known))


def _latest_start(*, is_newest: bool) -> ColumnElement[int]:
    """Return L of a cell as one seek: a scalar, so that both databases bound a range by it."""
    begun = facts.alias("begun")
    latest = (
        select(begun.c.lo)
        .where(
            begun.c.cell_id == cells.c.id,
            begun.c.lo <= _FIRST,
            begun.c.hi <= _FIRST,
            known_now(begun, is_newest=is_newest),
        )
        .order_by(begun.c.lo.desc())
        .limit(1)
    )
    return func.coalesce(latest.scalar_subquery(), BEFORE_ALL)


def _reaching(scope: CTE, *, is_newest: bool, lateral: bool) -> CompoundSelect[Any]:
    """Return the facts from L on, and the vague ones from before it that reach up to it."""
    later, vague = facts.alias("later"), facts.alias("vague")
    told = partial(_told, scope, is_newest=is_newest, lateral=lateral)
    return told(later, later.c.lo >= scope.c.low, later.c.lo <= scope.c.high).union_all(
        told(
            vague,
            vague.c.hi >= scope.c.low,
            vague.c.lo < scope.c.low,
            vague.c.lo < vague.c.hi,
        )
    )


def _told(
    scope: CTE, fact: Any, *reaching: ColumnElement[bool], is_newest: bool, lateral: bool
) -> Select[Any]:
    of_cell = [column for column in scope.c if column.name not in {"low", "high"}]
    theirs = (fact.c.cell_id == scope.c.id, *reaching, known_now(fact, is_newest=is_newest))
    joined, found = beside(scope, fact, *theirs, lateral=lateral)
    return (
        select(*of_cell, *of_fact(found))
        .select_from(joined)
        .outerjoin(occurrences, occurrences.c.position == found.c.id // PER_EVENT)
        .outerjoin(fact_values, fact_values.c.id == found.c.value_id)
        # Told so that SQLite does not take the join for an inner one: once it has counted its
        # tables, it would read a whole index into a filter before it seeks.
        .where(func.coalesce(found.c.id, BEFORE_ALL) > BEFORE_ALL)
    )


def _ends(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[Row[Any]]:
    """Yield the ends, not among *rows*, of the stretches that begin vaguely in them."""
    vague = [
        row
        for row in rows
        if row.lo < row.hi and row.value_id is not None and row.precision in _STRETCHES
    ]
    if not vague:
        return
    beginnings = {(row.fact // PER_EVENT, row.id) for row in vague}
    read = {row.fact for row in rows}
    for some in chunks(sorted({position for position, _cell in beginnings})):
        query = _endings(lateral=is_server(connection))
        for end in connection.execute(query, {"positions": some}):
            if end.fact is None or end.fact in read:
                continue
            if (end.fact // PER_EVENT, end.id) in beginnings:
                yield end


@cache
def _endings(*, lateral: bool) -> Select[Any]:
    theirs = of_event(facts, occurrences.c.position)
    joined, end = beside(occurrences, facts, *theirs, facts.c.value_id.is_(None), lateral=lateral)
    return (
        select(
            cells.c.id,
            cells.c.entity_id,
            cells.c.member,
            attributes.c.entity_type,
            attributes.c.name.label("attribute"),
            *of_fact(end, value=null()),
        )
        .select_from(joined)
        .outerjoin(cells, cells.c.id == end.c.cell_id)
        .outerjoin(attributes, attributes.c.id == cells.c.attribute_id)
        .where(occurrences.c.position.in_(given("positions", expanding=True)))
    )


def of_fact(
    fact: Any, *, value: ColumnElement[Any] = fact_values.c.value
) -> list[ColumnElement[Any]]:
    """Return the columns that tell of a fact, the same wherever it is sought."""
    return [
        fact.c.id.label("fact"),
        fact.c.lo,
        fact.c.v,
        fact.c.hi,
        fact.c.number,
        fact.c.value_id,
        value.label("value"),
        occurrences.c.root,
        occurrences.c.kind,
        occurrences.c.precision,
    ]
