"""The facts that can matter on a day, sought by index: few, whatever a cell has been told.

Let L be the latest ``lo`` among the facts of a cell that have surely begun by day X (``hi <= X``)
and take part (known on K, not set aside). The rule of what is held (the module ``standing``) need
see no fact but those of R = {f: lo(f) <= X and hi(f) >= L}, and answers the same from any set
between R and all:

- A fact with ``lo > X`` is no candidate, and blocks none, since it has not surely begun.
- A fact with ``hi < L`` is no candidate: the one that gives L surely comes after it.
- Such a fact blocks no candidate f by its date, for that would need its ``lo > hi(f) >= L``.
- What orders two facts on the same, exactly known day, stated times too, and what makes an unknown
  value give way to a known one of the very same date, are facts of the same ``lo`` and ``hi``:
  both are in R or neither is. So L is the same whether or not the unknown ones are left out.
- There is one exception. The end of a stretch ends its beginning whatever their days, and where
  the beginning is dated more vaguely than the end (``2023/2023-03-05``) the end may lie before L
  and the beginning after it. Such ends are therefore read too: of those beginnings alone that
  have their ``lo`` before L, since no date is read that ends before it may have begun.
- Who leaves a post (the module ``leaving``), or whose stretch in it ends, comes after nobody:
  there L is that of those who took it up. A leaving with ``hi < L`` ends none of them: none is
  the newest before L.

Five kinds of cells need more. Sums (``AttributeClass.SUM``) take every fact with ``lo <= X``, and
so does what is handed on: whether somebody could do so rests on all that was told before.
Cells of which a claim speaks that a settlement was about are read whole: what was set aside is
shown however old it is, and whether it was may rest on a fact of any day. Cells that a merge made
one are sought one by one; their union holds R of the whole, since each has the smaller L. And for
two days at once the facts are those of the earlier L up to the later day, which holds both R.

To seek L costs as much as to read some facts. So of an entity of which little was told all facts
are read, up to the day. Not so the members of sets among several entities: most are told of once,
but some a thousand times, and on pages of what is much talked of those were nine rows in ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy import bindparam as given
from sqlalchemy.sql.selectable import CompoundSelect

from archive.dates import LATEST_DAY
from archive.projections import PER_EVENT
from archive.projections.tables import attributes, cells, fact_values, facts
from archive.queries.held.ending import ends, of_fact
from archive.queries.known.asking import Line, among, asked, is_own
from archive.queries.known.ground import Ground
from archive.queries.known.nesting import beside, is_server
from archive.storage import BIG
from archive.vocabulary import ENTITY_TYPES, HANDED_ON, LEFT_BY, POSTS, AttributeClass

BEFORE_ALL: Final = -1
# So many facts of an entity are read before any is sought.
_FEW: Final = 200
_FIRST, _LAST = given("first", type_=Integer), given("last", type_=Integer)
# Behind all that a line tells: whether the fact may have begun before L; see ``ends``.
_SINCE: Final[ColumnElement[int]] = literal_column("0", Integer).label("is_early")
_EARLY: Final[ColumnElement[int]] = literal_column("1", Integer).label("is_early")


# Of any type: a sum that is not read whole would be too small.
SUMS: Final = frozenset(
    one.name
    for kind in ENTITY_TYPES.values()
    for one in kind.attributes.values()
    if one.attribute_class is AttributeClass.SUM
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the text of a question depends on."""

    by_entity: bool
    is_one: bool
    is_named: bool
    is_typed: bool
    has_whole: bool
    is_newest: bool
    on_server: bool


def sought(
    connection: Connection,
    *,
    ground: Ground,
    days: tuple[int, int],
    entities: Sequence[int] = (),
    cell_ids: Sequence[int] = (),
    attribute_names: Sequence[str] = (),
    entity_type: str = "",
) -> list[Line]:
    """Return the facts that can matter on either of *days*, the earlier first, each with its cell.

    The cells are those of *entities*, or else *cell_ids*, only those of *attribute_names* if any,
    and of *entity_type*. A line has the number of the cell and of its entity, the attribute, the
    member, and of the fact what ``of_fact`` names; what comes behind that is of no concern.
    """
    ids = list(entities or cell_ids)
    if not ids:
        return []
    whole = _read_whole(connection, ground.settled_cells, ids, by_entity=bool(entities))
    shape = _Shape(
        by_entity=bool(entities),
        is_one=len(ids) == 1,
        is_named=bool(attribute_names),
        is_typed=bool(entity_type),
        has_whole=bool(whole),
        is_newest=ground.is_newest,
        on_server=is_server(connection),
    )
    said = {"known": ground.known, "last": days[1], "one": ids[0], "type": entity_type}
    said["names"] = list(attribute_names)
    if shape.by_entity and shape.is_one and not whole:
        few = asked(connection, _all(shape), said | {"most": _FEW})
        if len(few) < _FEW:
            return few
    said |= {"first": days[0], "ids": ids, "whole": whole}
    lines = asked(connection, _query(shape), said)
    return lines + ends(connection, lines)


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
def _all(shape: _Shape) -> Select[Any]:
    """Return the query for all facts that may have begun by the last day, up to ``most``."""
    scope = _scope(shape).cte("scope")
    told = facts.alias("told")
    most = given("most", type_=Integer)
    return _told(scope, told, told.c.lo <= _LAST, shape=shape).limit(most)


@cache
def _query(shape: _Shape) -> CompoundSelect[Any]:
    whole: list[ColumnElement[bool]] = [is_own(attributes.c.name, sorted(SUMS | HANDED_ON))]
    high: ColumnElement[int] = _LAST
    if shape.has_whole:
        settled = among(cells.c.id, "whole", on_server=shape.on_server)
        whole.append(settled)
        high = case((settled, LATEST_DAY), else_=_LAST)
    latest = latest_start(is_newest=shape.is_newest)
    taken_up = latest_start(is_newest=shape.is_newest, is_taken_up=True)
    is_post = is_own(attributes.c.name, sorted(POSTS - HANDED_ON))
    low = case((or_(*whole), BEFORE_ALL), (is_post, taken_up), else_=latest)
    scope = _scope(shape, low.label("low"), high.label("high"))
    return _reaching(scope.cte("scope"), shape=shape)


def _scope(shape: _Shape, *bounds: ColumnElement[int]) -> Select[Any]:
    column = cells.c.entity_id if shape.by_entity else cells.c.id
    meant = (
        column == given("one") if shape.is_one else among(column, "ids", on_server=shape.on_server)
    )
    scope = (
        select(
            cells.c.id,
            cells.c.entity_id,
            attributes.c.name.label("attribute"),
            cells.c.member,
            *bounds,
        )
        .join(attributes, attributes.c.id == cells.c.attribute_id)
        .where(meant)
    )
    if shape.is_named:
        named = among(attributes.c.name, "names", on_server=shape.on_server)
        scope = scope.where(cells.c.attribute_id.in_(select(attributes.c.id).where(named)))
    if shape.is_typed:
        # Not the bare column: SQLite would start from all cells of the type's attributes.
        of_type = func.coalesce(attributes.c.entity_type, "")
        scope = scope.where(of_type == given("type", type_=Text))
    return scope


def known_now(fact: Any, *, is_newest: bool) -> ColumnElement[bool]:
    """Return the condition that a fact counts as known; ``known`` is to be bound."""
    # Not sought by, see ``_read_off``; and so that a server knows that it is true of nearly all.
    is_live: ColumnElement[bool] = (fact.c.gone > literal_column("0", BIG)).is_not(true())
    if is_newest:
        return is_live
    known = given("known", type_=BIG)
    # A bound of the id itself would tempt SQLite as the note in ``_told`` tells.
    return and_(fact.c.id // PER_EVENT <= known, or_(is_live, fact.c.gone > known))


def last_first(fact: Any) -> tuple[ColumnElement[int], ...]:
    """Return the order in which the first of a cell's facts is the one that likely holds."""
    return fact.c.v.desc(), fact.c.hi.desc(), fact.c.clock.desc(), fact.c.id.desc()


def _read_off(column: ColumnElement[int]) -> ColumnElement[int]:
    """Return the column so that it is read, and not sought by.

    One range is all that an index can be sought by. A server that skips within indexes weighs a
    second one, or what is asked of a column behind it, as a way through all of the index, and
    takes another index, by which it reads every fact of the cell.
    """
    return column + literal_column("0", Integer)


def latest_start(*, is_newest: bool, is_taken_up: bool = False) -> ColumnElement[int]:
    """Return L of a cell as one seek: a scalar, so that both databases bound a range by it.

    Of a post it is L of those who took it up.
    """
    begun = facts.alias("begun")
    latest = (
        select(begun.c.lo)
        .where(
            begun.c.cell_id == cells.c.id,
            begun.c.lo <= _FIRST,
            _read_off(begun.c.hi) <= _FIRST,
            known_now(begun, is_newest=is_newest),
        )
        .order_by(begun.c.lo.desc())
        .limit(1)
    )
    if is_taken_up:
        told = fact_values.alias("told_of")
        latest = latest.outerjoin_from(begun, told, told.c.id == begun.c.value_id).where(
            func.coalesce(told.c.value, LEFT_BY).not_like(f"{LEFT_BY}%")
        )
    return func.coalesce(latest.scalar_subquery(), BEFORE_ALL)


def _reaching(scope: CTE, *, shape: _Shape) -> CompoundSelect[Any]:
    """Return the facts from L on, and the vague ones from before it that reach up to it.

    Of what is read whole there are none before it: those cells are not looked at again.
    """
    later, vague = facts.alias("later"), facts.alias("vague")
    told = partial(_told, scope, shape=shape)
    since = told(later, later.c.lo >= scope.c.low, later.c.lo <= scope.c.high)
    return since.add_columns(_SINCE).union_all(
        told(
            vague,
            vague.c.hi >= scope.c.low,
            _read_off(vague.c.lo) < scope.c.low,
            vague.c.lo < vague.c.hi,
        )
        .where(scope.c.low > BEFORE_ALL)
        .add_columns(_EARLY)
    )


def _told(scope: CTE, fact: Any, *reaching: ColumnElement[bool], shape: _Shape) -> Select[Any]:
    of_cell = [column for column in scope.c if column.name not in {"low", "high"}]
    theirs = (fact.c.cell_id == scope.c.id, *reaching, known_now(fact, is_newest=shape.is_newest))
    joined, found = beside(scope, fact, *theirs, lateral=shape.on_server)
    return (
        select(*of_cell, *of_fact(found))
        .select_from(joined)
        .outerjoin(fact_values, fact_values.c.id == found.c.value_id)
        # Told so that SQLite does not take the join for an inner one: once it has counted its
        # tables, it would read a whole index into a filter before it seeks.
        .where(func.coalesce(found.c.id, BEFORE_ALL) > BEFORE_ALL)
    )
