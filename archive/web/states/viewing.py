"""What the page of a state shows: its rows, what leads on, and whether it is as it was cited."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from archive.dates import day_of
from archive.errors import NotFoundError
from archive.projections import seen_position
from archive.queries import (
    SEAL_FORMAT,
    SEAL_FORMATS,
    AsOf,
    EntityRef,
    Filters,
    Sort,
    State,
    change_days,
    covered_days,
    entity_called,
    first_told,
    head,
    is_sortable,
    log_root,
    maskings_after,
    seal,
    state,
    state_in_keys,
    whole,
)
from archive.web.frame.keeping import remembered
from archive.web.frame.session import current_connection
from archive.web.states.emptiness import Life, life, why_empty
from archive.web.states.grouping import Section, sections
from archive.web.states.narrowing import Narrowing
from archive.web.states.sliding import Slider, slider
from archive.web.states.sorting import Sorting, sorted_page, sorting_of
from archive.web.states.stepping import Steps, Strip, steps_back, steps_on, strip

_ENTITIES_SHOWN: Final = 20
# Of one attribute of an entity: among others, and where the entity is all that is asked for.
_MEMBERS_AMONG_OTHERS, _MEMBERS_ALONE = 8, 60


@dataclass(frozen=True, slots=True)
class Verdict:
    """The hash that an address cites and the one that the state has now.

    Where it is cited in an older format, ``is_older``, the latter is in that too. ``maskings`` is
    how many texts were masked since the position that the address pins.
    """

    expected: str
    computed: str
    maskings: int
    is_older: bool = False

    @property
    def is_as_cited(self) -> bool:
        """Tell whether the state is, row for row, what was cited."""
        return self.expected == self.computed


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the page of one state shows.

    ``first_day`` is the first that the archive tells anything of, where nothing is certain;
    ``first_told`` is the position of the first event of the world, where none was known yet;
    ``early`` says in a word why what is possible is only not ruled out: the day lies before the
    archive's coverage, or before all that is dated of the entity asked for;
    ``seen`` is the last position that the read models have seen, if the question asks for more;
    ``newest`` is the end of the log.
    """

    answer: State
    sections: tuple[Section, ...]
    stale: int
    back: Steps
    on: Steps
    strip: Strip
    slider: Slider | None
    first_day: date | None
    first_told: int | None
    early: str
    entity: EntityRef | None
    life: Life | None
    empty: str
    seen: int | None
    newest: int
    verdict: Verdict | None
    sorting: Sorting

    @property
    def entities(self) -> tuple[str, ...]:
        """Return the ids of the entities that the page shows, in its order."""
        return tuple(dict.fromkeys(row.entity.id for row in self.answer.rows))


def shown(asked_for: AsOf, narrowed: Narrowing, *, cited: str = "") -> Shown:
    """Return one page of the state and what leads from it; *cited* is the hash of an address."""
    connection = current_connection()
    sorting = sorting_of(
        narrowed.sort,
        is_free=is_sortable(connection, known=asked_for.known, entity=narrowed.entity),
    )
    answer = _state(asked_for, narrowed, sorting.sort)
    changed = changes_of(asked_for, narrowed)
    known = entity_known(asked_for, narrowed.entity) if narrowed.entity else None
    parts = sections(
        answer.rows,
        tab=narrowed.tab,
        with_possible=not narrowed.hides_possible,
        folded=answer.folded,
        currency=narrowed.currency,
    )
    lines = [line for part in parts for group in part.groups for line in group.lines]
    first_day = None if answer.certain else _first_day(asked_for)
    lived = life(connection, known, asked_for, is_empty=not lines) if known else None
    quarters = strip(asked_for.valid, changed=changed)
    newest, seen = head(connection).position, seen_position(connection)
    return Shown(
        answer=answer,
        sections=parts,
        stale=sum(line.is_stale for line in lines),
        back=steps_back(asked_for.valid, changed=changed),
        on=steps_on(asked_for.valid, changed=changed),
        strip=quarters,
        slider=slider(asked_for.valid, changed=changed, width=quarters.width),
        first_day=first_day,
        first_told=None if lines or first_day else first_told(connection),
        early=_early(asked_for, answer, first_day, lived) if lines else "",
        entity=known,
        life=lived,
        empty=""
        if lines
        else _empty(asked_for, narrowed, answer, first_day=first_day, lived=lived),
        seen=seen if seen < asked_for.known else None,
        newest=newest,
        verdict=_verdict(asked_for, narrowed, cited) if cited else None,
        sorting=sorting,
    )


def entities_shown(asked_for: AsOf, narrowed: Narrowing) -> tuple[str, ...]:
    """Return the ids of the entities that the page shows, in its order."""
    page = state_in_keys(
        current_connection(),
        as_of=asked_for,
        entity=narrowed.entity,
        entity_type=narrowed.type,
        tab=narrowed.asked_tab,
        where=narrowed.where,
        after=narrowed.after,
        limit=_ENTITIES_SHOWN,
        is_falling=narrowed.sort.is_by_name and narrowed.sort.is_falling,
    )
    return tuple(dict.fromkeys(cell.entity.id for cell, _held in page.shown))


def changes_of(asked_for: AsOf, narrowed: Narrowing) -> tuple[date, ...]:
    """Return the days, rising, on which something changed that the state is narrowed to.

    They are the same for every day held on, so that they are sought once for all.
    """
    filters = Filters(entity=narrowed.entity)
    return remembered(
        ("change days", asked_for.known, narrowed.entity),
        lambda: change_days(current_connection(), known=asked_for.known, filters=filters),
    )


def sealed(asked_for: AsOf, narrowed: Narrowing, *, form: int = SEAL_FORMAT) -> str:
    """Return the hash of the whole state asked for, on whatever page of it the reader is.

    In the format *form*. It is computed from every row anew whenever anything was committed, and
    once for all who ask.
    """
    asked, connection = narrowed.asked(asked_for), current_connection()
    (found,) = remembered(
        ("seal", asked, form), lambda: (seal(asked, whole(connection, asked), form=form),)
    )
    return found


def rooted(position: int) -> str:
    """Return the root of the log's tree at *position*."""
    connection = current_connection()
    (found,) = remembered(("root", position), lambda: (log_root(connection, position=position),))
    return found


def _verdict(asked_for: AsOf, narrowed: Narrowing, cited: str) -> Verdict:
    masked = maskings_after(current_connection(), position=asked_for.known)
    for form in SEAL_FORMATS:
        computed = sealed(asked_for, narrowed, form=form)
        if computed == cited:
            return Verdict(cited, computed, masked, is_older=form != SEAL_FORMAT)
    return Verdict(cited, sealed(asked_for, narrowed), masked)


def entity_known(asked_for: AsOf, name: str) -> EntityRef | None:
    """Return the entity that narrows the state, if the archive knew it."""
    try:
        return entity_called(current_connection(), name, known=asked_for.known)
    except NotFoundError:
        return None


def _empty(
    asked_for: AsOf,
    narrowed: Narrowing,
    answer: State,
    first_day: date | None,
    lived: Life | None,
) -> str:
    if answer.rows:
        return "possible"
    return why_empty(asked_for, narrowed, first_day=first_day, lived=lived)


def _early(asked_for: AsOf, answer: State, first_day: date | None, lived: Life | None) -> str:
    if answer.certain:
        return ""
    if first_day is None or asked_for.valid < first_day:
        return "coverage" if first_day else ""
    return "before" if lived and lived.is_before else ""


def _first_day(asked_for: AsOf) -> date | None:
    days = covered_days(current_connection(), known=asked_for.known)
    return day_of(days[0]) if days else None


def _state(asked_for: AsOf, narrowed: Narrowing, sort: Sort) -> State:
    if not sort.is_by_name:
        return sorted_page(narrowed.asked(asked_for), sort, after=narrowed.after)
    return state(
        current_connection(),
        as_of=asked_for,
        entity=narrowed.entity,
        entity_type=narrowed.type,
        tab=narrowed.asked_tab,
        where=narrowed.where,
        after=narrowed.after,
        limit=_ENTITIES_SHOWN,
        members=_members(narrowed),
        is_falling=sort.is_falling,
    )


def _members(narrowed: Narrowing) -> int | None:
    """Return how many members of an attribute the page has room for; None for all."""
    if narrowed.is_unfolded:
        return None
    return _MEMBERS_ALONE if narrowed.entity else _MEMBERS_AMONG_OTHERS
