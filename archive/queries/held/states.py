"""State as of: what held on X, as known on K, how surely and since when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Final, NamedTuple, TypeAlias

from sqlalchemy import Connection

from archive.dates import day_number
from archive.languages import Words
from archive.queries.answers import EntityRef
from archive.queries.as_of import AsOf
from archive.queries.held.answering import held_in
from archive.queries.held.cell import Cell
from archive.queries.held.cells import cells_on
from archive.queries.held.choosing import Candidate, Crowd, in_order, meeting, place_in_order
from archive.queries.held.phrasing import StateRow, state_rows
from archive.queries.held.standing import Held, Standing
from archive.queries.known.ground import Ground, ground, ground_beside
from archive.queries.known.rows import entity_refs, refs_called
from archive.vocabulary import ENTITY_TYPES, EntityType


class Folded(NamedTuple):
    """How many more cells of an attribute of an entity there are than were asked for."""

    entity: EntityRef
    attribute: str
    attribute_label: Words
    cells: int


@dataclass(frozen=True, slots=True)
class State:
    """A page of the state; ``next`` is a cursor.

    The counts are of the whole answer where ``is_whole`` says so, else of this page; what is
    ``folded`` is counted too.
    """

    as_of: AsOf
    rows: tuple[StateRow, ...]
    certain: int
    possible: int
    disputed: int
    next: str | None
    is_whole: bool = True
    folded: tuple[Folded, ...] = ()


_Answers: TypeAlias = list[tuple[Cell, Held]]

# An archive of so few cells is answered whole, so that its counts are too.
_SMALL: Final = 4000


class InKeys(NamedTuple):
    """A page of the state before it is put into words; see ``State``."""

    ground: Ground
    shown: _Answers
    certain: int
    possible: int
    disputed: int
    next: str | None
    is_whole: bool


def state(
    connection: Connection,
    *,
    as_of: AsOf,
    entity: str = "",
    entity_type: str = "",
    tab: str = "",
    where: Sequence[tuple[str, str]] = (),
    limit: int = 50,
    after: str | None = None,
    members: int | None = None,
    is_falling: bool = False,
) -> State:
    """Return what held on ``as_of.valid``, as known on ``as_of.known``.

    *limit* counts entities, in order of their English names, or against it; *after* is the cursor
    of the page before. *where* keeps the entities that hold, certainly or possibly, each
    (attribute, value). Of each attribute of an entity no more than *members* cells are told, the
    latest to begin. Only what the page needs is read; of a small archive all is, for its counts.
    """
    found = state_in_keys(
        connection,
        as_of=as_of,
        entity=entity,
        entity_type=entity_type,
        tab=tab,
        where=where,
        limit=limit,
        after=after,
        is_falling=is_falling,
    )
    told, folded = (found.shown, ()) if members is None else _folded(found.shown, most=members)
    return State(
        as_of,
        state_rows(connection, told, day=day_number(as_of.valid), ground=found.ground),
        found.certain,
        found.possible,
        found.disputed,
        found.next,
        found.is_whole,
        folded,
    )


def state_in_keys(
    connection: Connection,
    *,
    as_of: AsOf,
    entity: str = "",
    entity_type: str = "",
    tab: str = "",
    where: Sequence[tuple[str, str]] = (),
    limit: int = 50,
    after: str | None = None,
    is_falling: bool = False,
) -> InKeys:
    """Return the same answer as ``state`` in keys alone: no words, no sources."""
    stands, called = (
        ground_beside(connection, entity, known=as_of.known)
        if entity
        else (ground(connection, known=as_of.known), {})
    )
    day, types = day_number(as_of.valid), _types(entity_type, tab)
    crowd = Crowd(stands, day, types, tuple(where), is_falling)
    start = _place(connection, stands, after) if after else ""
    is_all = bool(entity) or is_small(stands)
    batches = (
        _one(connection, crowd, called)
        if entity
        else in_order(connection, crowd, after="" if is_all else start, wanted=limit + 1)
    )
    found: dict[str, _Answers] = {}
    for some in batches if is_all else _as_needed(batches, found, wanted=limit + 1):
        found |= _held(connection, crowd, some, tab=tab)
    places = sorted(found, reverse=True) if is_falling else list(found)
    following = [place for place in places if crowd.is_after(place, start)]
    shown = [pair for place in following[:limit] for pair in found[place]]
    has_more = len(following) > limit
    is_whole = is_all or not (start or has_more)
    counted = [pair for some in found.values() for pair in some] if is_whole else shown
    certain = [answer.standing for _cell, answer in counted].count(Standing.CERTAIN)
    return InKeys(
        stands,
        shown,
        certain,
        len(counted) - certain,
        sum([answer.is_disputed for _cell, answer in counted]),
        shown[-1][0].entity.id if has_more else None,
        is_whole,
    )


def is_small(stands: Ground) -> bool:
    """Tell whether a state is answered whole, whatever page of it is asked for."""
    return stands.cells <= _SMALL


def _as_needed(
    batches: Iterable[list[Candidate]], found: Mapping[str, object], *, wanted: int
) -> Iterator[list[Candidate]]:
    """Yield as many candidates at a time as are still *wanted* beside what was *found* of them."""
    for batch in batches:
        left = batch
        while left and len(found) < wanted:
            missing = wanted - len(found)
            yield left[:missing]
            left = left[missing:]
        if len(found) >= wanted:
            return


def _folded(shown: _Answers, *, most: int) -> tuple[_Answers, tuple[Folded, ...]]:
    """Return the *most* latest cells of each attribute of an entity, and what is left of each."""
    kept: _Answers = []
    folded = []
    for _place, run in groupby(shown, key=_run):
        some = list(run)
        if len(some) > most:
            cell = some[0][0]
            folded.append(
                Folded(cell.entity, cell.attribute.name, cell.attribute.label, len(some) - most)
            )
            begun = [answer.candidates[0].v for _cell, answer in some]
            latest = sorted(range(len(some)), key=lambda at: -begun[at])[:most]
            some = [some[at] for at in sorted(latest)]
        kept += some
    return kept, tuple(folded)


def _run(pair: tuple[Cell, Held]) -> tuple[str, str]:
    cell, _answer = pair
    return cell.entity.id, cell.attribute.name


@cache
def _types(entity_type: str, tab: str) -> tuple[str, ...]:
    """Return the types of which the state has anything to say under *tab*."""
    wanted = [ENTITY_TYPES[entity_type]] if entity_type in ENTITY_TYPES else ENTITY_TYPES.values()
    if entity_type and entity_type not in ENTITY_TYPES:
        return ()
    return tuple(one.name for one in wanted if _in_tab(one, tab))


def _in_tab(entity_type: EntityType, tab: str) -> list[str]:
    """Return the names of the attributes of a type that *tab* shows."""
    return [one.name for one in entity_type.attributes.values() if tab in {"", one.tab}]


def _place(connection: Connection, stands: Ground, slug: str) -> str:
    """Return the place in the order of the entity called *slug*; that of the first if unknown."""
    refs = refs_called(connection, [slug], known=stands.known, is_newest=stands.is_newest)
    return next((place_in_order(ref) for ref in refs.values()), "")


def _one(
    connection: Connection, crowd: Crowd, called: Mapping[int, EntityRef]
) -> Iterator[list[Candidate]]:
    """Yield the entity *called* so at its home, if that is of a type wanted and meets all."""
    stands = crowd.ground
    for number, ref in called.items():
        home = stands.homes.get(number, number)
        refs = {home: ref}
        if home != number or not stands.is_newest:
            refs = entity_refs(connection, [home], known=stands.known, is_newest=stands.is_newest)
        if refs[home].type in crowd.types:
            kept = meeting(connection, crowd, refs)
            yield [Candidate(place_in_order(one), home, one) for one in kept.values()]


def _held(
    connection: Connection, crowd: Crowd, batch: Sequence[Candidate], *, tab: str
) -> dict[str, _Answers]:
    """Return what the entities of *batch* hold, by their places; those that hold nothing are out.

    What was said of an entity that was merged away is answered under its home.
    """
    stands = crowd.ground
    homes = {stands.homes.get(one.number, one.number): one for one in batch}
    read = cells_on(
        connection,
        ground=stands,
        days=(crowd.day, crowd.day),
        refs={number: one.ref for number, one in homes.items()},
        entities=stands.family(one.number for one in batch),
        attribute_names=_named_in(crowd.types, tab) if tab else (),
        with_kinds=False,
    )
    day, places = crowd.day, {one.ref.id: one.place for one in batch}
    held: dict[str, _Answers] = {}
    for cell in read:
        if tab and tab != cell.attribute.tab:
            continue
        answer = held_in(cell, day)
        if answer is not None:
            held.setdefault(places[cell.entity.id], []).append((cell, answer))
    return held


@cache
def _named_in(types: tuple[str, ...], tab: str) -> list[str]:
    return sorted({name for one in types for name in _in_tab(ENTITY_TYPES[one], tab)})
