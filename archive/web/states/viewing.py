"""What the page of a state shows: how the address narrows it, its rows, and what leads on."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import request

from archive.dates import day_of
from archive.errors import FieldError, NotFoundError, UnknownNameError
from archive.languages import Words
from archive.queries import (
    AsOf,
    Coverage,
    EntityAnswer,
    EntityRef,
    EventRow,
    Filters,
    MergedError,
    State,
    StateRow,
    change_days,
    coverage,
    entity,
    find_entities,
    state,
)
from archive.vocabulary import ENTITY_TYPES, TABS
from archive.web.frame.session import current_connection
from archive.web.states.grouping import Group, grouped
from archive.web.states.stepping import Steps, Strip, steps_back, steps_on, strip

ALL_FACTS: Final = "all"
STATE_TABS: Final = TABS | {ALL_FACTS: Words("全部事实", "All facts")}
_CLOSED: Final = (
    ("tab", Words("分类", "tab"), frozenset(STATE_TABS)),
    ("type", Words("实体类型", "type of entity"), frozenset(ENTITY_TYPES)),
)
_ATTRIBUTES: Final = frozenset(name for one in ENTITY_TYPES.values() for name in one.attributes)
_FIRST_TAB: Final = next(iter(TABS))
_ENTITIES_SHOWN: Final = 20
_ENTITIES_IN_A_FILE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of the state is asked for."""

    tab: str
    type: str
    entity: str
    where: tuple[tuple[str, str], ...]
    hides_possible: bool
    after: str | None

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything but the tab narrows the state."""
        return bool(self.type or self.entity or self.where)


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the page of one state shows."""

    answer: State
    groups: tuple[Group, ...]
    back: Steps
    on: Steps
    strip: Strip
    coverage: Coverage
    first_day: date
    entity: EntityRef | None
    first_event: EventRow | None
    empty: str


def narrowing(asked_for: AsOf | None, *, tab: str = "") -> Narrowing:
    """Return what the address asks for; *tab* is meant where it names none.

    A name stands for the entity that bears it, as far as the question itself can be read.
    """
    words = request.args
    demand_known_words()
    name = words.get("entity", "").strip()
    where = tuple(_condition(one) for one in words.getlist("where") if one.strip())
    said = words.get("tab", "")
    usual = tab or (ALL_FACTS if name or where else _FIRST_TAB)
    return Narrowing(
        tab=said if said in STATE_TABS else usual,
        type=words.get("type", ""),
        entity=_entity_called(name, asked_for) if name and asked_for else name,
        where=where,
        hides_possible=words.get("possible") == "hide",
        after=words.get("after"),
    )


def demand_known_words() -> None:
    """Raise UnknownNameError or FieldError for a tab, a type or a condition that means nothing."""
    for field, what, known in _CLOSED:
        said = request.args.get(field, "")
        if said and said not in known:
            raise UnknownNameError(what=what, name=said, known=known, field=field)
    for one in request.args.getlist("where"):
        if one.strip():
            _condition(one)


def _condition(text: str) -> tuple[str, str]:
    """Return the attribute and the value that ``attribute=value`` names."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if name not in _ATTRIBUTES:
        what = Words("属性", "attribute")
        raise UnknownNameError(what=what, name=name, known=_ATTRIBUTES, field="where")
    if not equals or not value:
        accepted = Words(f"{name}=值", f"{name}=VALUE")
        raise FieldError(field="where", value=text, accepted=accepted)
    return name, value


def shown(asked_for: AsOf, narrowed: Narrowing) -> Shown:
    """Return one page of the state and what leads from it to other days."""
    connection = current_connection()
    answer = _state(asked_for, narrowed, limit=_ENTITIES_SHOWN)
    filters = Filters(entity=narrowed.entity)
    changed = change_days(connection, known=asked_for.known, filters=filters)
    known = _entity(asked_for, narrowed.entity) if narrowed.entity else None
    covered = coverage(connection, known=asked_for.known)
    return Shown(
        answer=answer,
        groups=grouped(answer.rows, with_possible=not narrowed.hides_possible),
        back=steps_back(asked_for.valid, changed=changed),
        on=steps_on(asked_for.valid, changed=changed),
        strip=strip(asked_for.valid, changed=changed),
        coverage=covered,
        first_day=day_of(covered.first_day),
        entity=known.entity if known else None,
        first_event=known.events[0] if known and known.events else None,
        empty="" if answer.rows else _why_empty(asked_for, narrowed, covered=covered),
    )


def every_row(asked_for: AsOf) -> tuple[StateRow, ...]:
    """Return the whole state that the address asks for: all facts unless it names a tab."""
    narrowed = narrowing(asked_for, tab=ALL_FACTS)
    rows = _state(asked_for, narrowed, limit=_ENTITIES_IN_A_FILE).rows
    return tuple(
        row for row in rows if not (narrowed.hides_possible and row.standing == "possible")
    )


def _state(asked_for: AsOf, narrowed: Narrowing, *, limit: int) -> State:
    return state(
        current_connection(),
        as_of=asked_for,
        entity=narrowed.entity,
        entity_type=narrowed.type,
        tab="" if narrowed.tab == ALL_FACTS else narrowed.tab,
        where=narrowed.where,
        after=narrowed.after,
        limit=limit,
    )


def _entity_called(words: str, asked_for: AsOf) -> str:
    """Return the id of the entity that *words* name, or the words themselves."""
    try:
        return entity(current_connection(), id=words, as_of=asked_for).entity.id
    except MergedError as merged:
        return merged.into
    except NotFoundError:
        found = find_entities(current_connection(), text=words, limit=1)
        return found[0].ref.id if found else words


def _entity(asked_for: AsOf, name: str) -> EntityAnswer | None:
    """Return the entity that narrows the state, if the archive knew it."""
    try:
        return entity(current_connection(), id=name, as_of=asked_for)
    except NotFoundError:
        return None


def _why_empty(asked_for: AsOf, narrowed: Narrowing, *, covered: Coverage) -> str:
    if not covered.events:
        return "archive"
    if asked_for.valid < day_of(covered.first_day):
        return "coverage"
    return "filters" if narrowed.is_filtered else "tab"
