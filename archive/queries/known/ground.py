"""The ground on which an answer stands, as known: who lives on in whom, which claims stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    ScalarSelect,
    Select,
    Text,
    cast,
    func,
    literal,
    null,
    select,
)
from sqlalchemy import bindparam as given
from sqlalchemy.sql.selectable import CompoundSelect

from archive.languages import Words
from archive.log.tables import events
from archive.projections.tables import (
    cells,
    disputes,
    entities,
    entity_merges,
    facts,
    occurrences,
)
from archive.queries.answers import EntityRef
from archive.queries.known.asking import Line, among, asked
from archive.queries.known.merging import followed
from archive.queries.known.narrowing import is_known
from archive.queries.known.nesting import beside, is_server, of_event
from archive.storage import BIG, chunks

_CELLS, _MERGED, _ARGUED, _CALLED = range(4)
_KNOWN: Final = given("known", type_=BIG)


@dataclass(frozen=True, slots=True)
class Disputed:
    """Where each claim stands, by its root position, as known.

    ``open`` are in open dispute, ``preferred`` were; ``rivals`` gives for each of the others the
    claim that was preferred to it. ``versions`` gives the root of each version of any of them.
    """

    open: frozenset[int]
    preferred: frozenset[int]
    rivals: Mapping[int, int]
    versions: Mapping[int, int]

    @property
    def settled(self) -> frozenset[int]:
        """Return the claims of which one may silence another."""
        return frozenset((*self.rivals, *self.rivals.values()))


@dataclass(frozen=True, slots=True)
class Ground:
    """What stood on ``known``; ``is_newest`` tells that nothing was recorded since.

    ``into`` gives the number of the entity that a merged one was merged into, ``homes`` that of
    the one that it lives on in at last, ``named`` the same by ids. ``settled_cells`` are those of
    which a claim speaks that a settlement was about. ``cells`` and ``entities`` is how many there
    are in all.
    """

    known: int
    is_newest: bool
    cells: int
    entities: int
    into: Mapping[int, int]
    homes: Mapping[int, int]
    named: Mapping[str, str]
    disputed: Disputed
    settled_cells: frozenset[int]

    def family(self, numbers: Iterable[int]) -> list[int]:
        """Return *numbers* and those of the entities merged into one of them, step by step."""
        wanted = set(numbers)
        more = wanted
        while more:
            more = {part for part, home in self.into.items() if home in more} - wanted
            wanted = wanted.union(more)
        return sorted(wanted)

    def spelt(self, slugs: Iterable[str]) -> set[str]:
        """Return the ids *slugs* with those of the entities that live on in one of them."""
        wanted = set(slugs)
        return wanted | {part for part, home in self.named.items() if home in wanted}


class _Row(NamedTuple):
    """A line of what is read at once: how many there are, a merge, or a claim argued about."""

    what: int
    position: int | None
    first: Any
    second: Any
    chosen: Any


_WIDTH: Final = len(_Row._fields)


def ground(connection: Connection, *, known: int) -> Ground:
    """Return what answers stand on, read in one statement where nothing was merged or argued."""
    return _ground(connection, asked(connection, _rows(), {"known": known}), known)


def ground_beside(
    connection: Connection, slug: str, *, known: int
) -> tuple[Ground, dict[int, EntityRef]]:
    """Return the same, and the entity called *slug* by its number, as it is called now, if any.

    In one statement as well: of a single entity each costs as much as its answer.
    """
    lines = asked(connection, _rows_beside(), {"known": known, "slug": slug})
    called = {
        number: EntityRef(slug, kind, Words(zh, en))
        for what, _position, number, _second, _chosen, kind, zh, en in lines
        if what == _CALLED
    }
    told = [line[:_WIDTH] for line in lines if line[0] != _CALLED]
    return _ground(connection, told, known), called


def _ground(connection: Connection, lines: Sequence[Line], known: int) -> Ground:
    many, *rows = [_Row(*line) for line in lines]
    into = {row.first: row.second for row in rows if row.what == _MERGED}
    homes = followed(into)
    slugs = _slugs(connection, {*into, *into.values()}) if into else {}
    disputed = _disputed(connection, [row for row in rows if row.what == _ARGUED], known)
    return Ground(
        known,
        (many.second or 0) <= known,
        many.first or 0,
        many.chosen or 0,
        into,
        homes,
        {slugs[number]: slugs[end] for number, end in homes.items()},
        disputed,
        cells_of(connection, disputed.settled) if disputed.rivals else frozenset(),
    )


def is_newest(connection: Connection, *, known: int) -> bool:
    """Tell whether nothing was recorded after *known*."""
    return (connection.scalar(_LAST) or 0) <= known


_LAST: Final = select(func.max(events.c.position))


@cache
def _rows() -> CompoundSelect[Any]:
    many, *others = _parts()
    return many.union_all(*others).order_by("what", "position")


@cache
def _rows_beside() -> CompoundSelect[Any]:
    """Return the query for the same, and behind it the entity called ``slug``."""
    one, nothing = entities.c, cast(null(), BIG)
    names = (one.type, one.name_zh, one.name_en)
    unnamed = [cast(null(), Text).label(name.name) for name in names]
    called = select(
        literal(_CALLED, Integer), nothing, cast(one.id, BIG), nothing, nothing, *names
    ).where(one.slug == given("slug", type_=Text))
    many, *others = (part.add_columns(*unnamed) for part in _parts())
    return many.union_all(*others, called).order_by("what", "position")


def _parts() -> tuple[Select[Any], ...]:
    merges, nothing = entity_merges.c, cast(null(), BIG)
    many = select(
        literal(_CELLS, Integer).label("what"),
        nothing.label("position"),
        cast(_newest(cells.c.id), BIG).label("first"),
        _newest(events.c.position).label("second"),
        cast(_newest(entities.c.id), BIG).label("chosen"),
    )
    merged = select(
        literal(_MERGED, Integer),
        merges.position,
        cast(merges.from_id, BIG),
        cast(merges.into_id, BIG),
        nothing,
    ).where(is_known(merges.position, merges.gone, _KNOWN))
    argued = select(
        literal(_ARGUED, Integer),
        disputes.c.position,
        disputes.c.root,
        disputes.c.settled,
        cast(disputes.c.chosen, BIG),
    ).where(disputes.c.position <= _KNOWN)
    return many, merged, argued  # type: ignore[return-value]  # of whatever columns


def _newest(number: Column[int]) -> ScalarSelect[int]:
    return select(func.max(number)).scalar_subquery()


def _slugs(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Return the ids of the entities of *numbers*."""
    query = select(entities.c.id, entities.c.slug)
    return {
        row.id: row.slug
        for some in chunks(sorted(numbers))
        for row in connection.execute(query.where(entities.c.id.in_(some)))
    }


def _disputed(connection: Connection, rows: Sequence[_Row], known: int) -> Disputed:
    """Return where each claim stands: its last settlement decides, until it is disputed again."""
    if not rows:
        return _NO_DISPUTES
    opened = frozenset(row.first for row in rows if row.second is None or row.second > known)
    chosen = {row.second: row.first for row in rows if row.chosen}
    settled = sorted((row for row in rows if row.first not in opened), key=lambda row: row.second)
    last = {row.first: row.second for row in settled}
    preferred = frozenset(root for root, when in last.items() if chosen.get(when) == root)
    rivals = {
        root: chosen[when]
        for root, when in last.items()
        if when in chosen and root not in preferred
    }
    versions = asked(
        connection,
        _versions(on_server=is_server(connection)),
        {"roots": sorted({*opened, *preferred, *rivals})},
    )
    return Disputed(opened, preferred, rivals, dict(versions))


_NO_DISPUTES: Final = Disputed(frozenset(), frozenset(), {}, {})


@cache
def _versions(*, on_server: bool) -> Select[Any]:
    among_them = among(occurrences.c.root, "roots", on_server=on_server)
    return select(occurrences.c.position, occurrences.c.root).where(among_them)


def cells_of(connection: Connection, roots: Iterable[int]) -> frozenset[int]:
    """Return the cells of which any version of the events at *roots* speaks."""
    query = _spoken_of(lateral=is_server(connection))
    return frozenset(
        cell
        for some in chunks(sorted(roots))
        for cell in connection.scalars(query, {"roots": some})
        if cell is not None
    )


@cache
def _spoken_of(*, lateral: bool) -> Select[Any]:
    theirs = of_event(facts, occurrences.c.position)
    joined, fact = beside(occurrences, facts, *theirs, lateral=lateral)
    versions = occurrences.c.root.in_(given("roots", expanding=True))
    return select(fact.c.cell_id).distinct().select_from(joined).where(versions)
