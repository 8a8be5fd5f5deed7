"""The state of a date: what held on one day, as the archive knew it on another, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import Blueprint, Response, request, stream_with_context, url_for
from flask_babel import gettext, ngettext

from archive.dates import day_of
from archive.errors import NotFoundError
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
    Why,
    change_days,
    coverage,
    entity,
    find_entities,
    state,
    why,
)
from archive.vocabulary import ENTITY_TYPES, TABS
from archive.web.downloads import csv_file, json_file, state_document, state_lines
from archive.web.filters import address
from archive.web.grouping import Group, grouped
from archive.web.htmx import respond, see_other
from archive.web.session import as_of, current_connection
from archive.web.stepping import Steps, Strip, steps_back, steps_on, strip
from archive.web.two_times import Question, asked, asked_known

blueprint = Blueprint("states", __name__)

ALL_FACTS: Final = "all"
_FIRST_TAB: Final = next(iter(TABS))
_TABS: Final = TABS | {ALL_FACTS: Words("全部事实", "All facts")}
_ENTITIES_SHOWN: Final = 30
_MONTH_DAYS, _YEAR_DAYS = 30.44, 365.25
_TWO_MONTHS, _TWO_YEARS = 60, 730
_CARRIED: Final = ("known", "tab", "type", "entity", "where", "possible", "lang")


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

    @property
    def attribute_tab(self) -> str:
        """Return the tab as a query knows it: all facts have none."""
        return "" if self.tab == ALL_FACTS else self.tab


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


@blueprint.get("/state")
@blueprint.get("/state/")
def choose() -> Response:
    """Send the reader from the words in the boxes to the address of the day that they mean."""
    question = asked(request.args.get("on", ""), asked_known())
    if question.as_of is None:
        return _refused(question)
    return see_other(state_link(question.as_of.valid))


@blueprint.get("/state/<held>")
def show(held: str) -> Response:
    """Show what held on a day, as known at a position of the log."""
    question = asked(held, asked_known())
    if question.as_of is None:
        return _refused(question)
    if held != question.as_of.valid.isoformat():
        return see_other(state_link(question.as_of.valid))
    narrowing = _narrowing()
    shown = _shown(question.as_of, narrowing)
    return _page(question, narrowing, shown=shown, status=question.status)


@blueprint.get("/state/<held>.json")
def show_json(held: str) -> Response:
    """Answer the whole state as one JSON document."""
    asked_for = as_of(held)
    return json_file(state_document(asked_for, _every_row(asked_for)))


@blueprint.get("/state/<held>.csv")
def show_csv(held: str) -> Response:
    """Answer the whole state as a table; each line repeats the two times it holds for."""
    asked_for = as_of(held)
    lines = state_lines(asked_for, _every_row(asked_for))
    return csv_file(stream_with_context(lines), name=f"state-{asked_for.valid}-{asked_for.known}")


@blueprint.get("/why")
def explain() -> Response:
    """Show the events that make one value, or how to ask for them."""
    asked_for = as_of(request.args.get("on", ""), field="on")
    try:
        return respond("why", "why", answer=_why(asked_for), as_of=asked_for)
    except MergedError as merged:
        return see_other(address(entity=merged.into))


@blueprint.app_template_global()
def why_url(row: StateRow, held: date) -> str:
    """Return the address of the events behind one row of a state."""
    return url_for(
        "states.explain",
        entity=row.entity.id,
        attribute=row.attribute,
        member=row.member or None,
        on=held.isoformat(),
        known=asked_known() or None,
        lang=request.args.get("lang"),
    )


@blueprint.app_template_global()
def state_link(held: date, **changes: str) -> str:
    """Return the address of another day's state, narrowed as the present one is."""
    said: dict[str, Any] = {name: values for name in _CARRIED if (values := _given(name))}
    return url_for("states.show", held=held.isoformat(), **(said | changes))


@blueprint.app_template_global()
def state_file(kind: str, asked_for: AsOf, narrowing: Narrowing) -> str:
    """Return the address of the state as a file; it pins both times of the question."""
    return url_for(
        f"states.show_{kind}",
        held=asked_for.valid.isoformat(),
        known=asked_for.known,
        tab=narrowing.tab,
        type=narrowing.type or None,
        entity=narrowing.entity or None,
        where=[f"{attribute}={value}" for attribute, value in narrowing.where],
    )


@blueprint.app_template_filter()
def age(days: int) -> str:
    """Return how long ago a number was reported."""
    if days < _TWO_MONTHS:
        return str(ngettext("%(num)s day old", "%(num)s days old", days))
    if days < _TWO_YEARS:
        return str(gettext("%(months)s months old", months=round(days / _MONTH_DAYS)))
    return str(gettext("%(years)s years old", years=f"{days / _YEAR_DAYS:.1f}"))


def _why(asked_for: AsOf) -> Why | None:
    words = request.args
    if not words.get("entity") or not words.get("attribute"):
        return None
    return why(
        current_connection(),
        entity=words["entity"],
        attribute=words["attribute"],
        member=words.get("member", ""),
        as_of=asked_for,
    )


def _refused(question: Question) -> Response:
    return _page(question, _narrowing(), shown=None, status=question.status)


def _page(
    question: Question, narrowing: Narrowing, *, shown: Shown | None, status: int
) -> Response:
    return respond(
        "state",
        "state_body",
        status=status,
        question=question,
        narrowing=narrowing,
        shown=shown,
        tabs=_TABS,
        types={name: sort.label for name, sort in ENTITY_TYPES.items() if sort.attributes},
    )


def _narrowing() -> Narrowing:
    words = request.args
    name = _entity_called(words.get("entity", "").strip())
    where = tuple(
        (attribute, value)
        for attribute, equals, value in (one.partition("=") for one in words.getlist("where"))
        if equals
    )
    return Narrowing(
        tab=words.get("tab") or (ALL_FACTS if name or where else _FIRST_TAB),
        type=words.get("type", ""),
        entity=name,
        where=where,
        hides_possible=words.get("possible") == "hide",
        after=words.get("after"),
    )


def _entity_called(words: str) -> str:
    """Return the id of the entity that *words* name, or the words themselves."""
    if not words:
        return ""
    try:
        return entity(current_connection(), id=words, as_of=as_of()).entity.id
    except MergedError as merged:
        return merged.into
    except NotFoundError:
        found = find_entities(current_connection(), text=words, limit=1)
        return found[0].ref.id if found else words


def _state(asked_for: AsOf, narrowing: Narrowing, *, after: str | None) -> State:
    return state(
        current_connection(),
        as_of=asked_for,
        entity=narrowing.entity,
        entity_type=narrowing.type,
        tab=narrowing.attribute_tab,
        where=narrowing.where,
        after=after,
        limit=_ENTITIES_SHOWN,
    )


def _every_row(asked_for: AsOf) -> list[StateRow]:
    narrowing = _narrowing()
    rows: list[StateRow] = []
    after: str | None = None
    while True:
        part = _state(asked_for, narrowing, after=after)
        rows.extend(part.rows)
        after = part.next
        if after is None:
            return rows


def _shown(asked_for: AsOf, narrowing: Narrowing) -> Shown:
    connection = current_connection()
    answer = _state(asked_for, narrowing, after=narrowing.after)
    changed = change_days(
        connection, known=asked_for.known, filters=Filters(entity=narrowing.entity)
    )
    known = _entity(asked_for, narrowing.entity)
    covered = coverage(connection, known=asked_for.known)
    return Shown(
        answer=answer,
        groups=grouped(answer.rows, with_possible=not narrowing.hides_possible),
        back=steps_back(asked_for.valid, changed=changed),
        on=steps_on(asked_for.valid, changed=changed),
        strip=strip(asked_for.valid, changed=changed),
        coverage=covered,
        first_day=day_of(covered.first_day),
        entity=known.entity if known else None,
        first_event=known.events[0] if known and known.events else None,
        empty="" if answer.rows else _why_empty(asked_for, narrowing, covered=covered),
    )


def _entity(asked_for: AsOf, name: str) -> EntityAnswer | None:
    """Return the entity that narrows the state, if the archive knew it."""
    if not name:
        return None
    try:
        return entity(current_connection(), id=name, as_of=asked_for)
    except NotFoundError:
        return None


def _why_empty(asked_for: AsOf, narrowing: Narrowing, *, covered: Coverage) -> str:
    if not covered.events:
        return "archive"
    if asked_for.valid < day_of(covered.first_day):
        return "coverage"
    return "filters" if narrowing.is_filtered else "tab"


def _given(name: str) -> list[str]:
    return [value for value in request.args.getlist(name) if value]
