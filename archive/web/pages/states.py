"""The state of a date: what held on one day, as the archive knew it on another, and why."""

from datetime import date
from typing import Any, Final

from flask import Blueprint, Response, request, stream_with_context, url_for
from flask_babel import gettext, ngettext

from archive.queries import AsOf, MergedError, StateRow, Why, why
from archive.vocabulary import ENTITY_TYPES
from archive.web.frame.filters import address
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import as_of, current_connection
from archive.web.states.downloads import csv_file, json_file, state_document, state_lines
from archive.web.states.two_times import Question, asked, asked_known
from archive.web.states.viewing import (
    STATE_TABS,
    Narrowing,
    Shown,
    demand_known_words,
    every_row,
    narrowing,
    shown,
)

blueprint = Blueprint("states", __name__)

_MONTH_DAYS, _YEAR_DAYS = 30.44, 365.25
_TWO_MONTHS, _TWO_YEARS = 60, 730
_CARRIED: Final = ("known", "tab", "type", "entity", "where", "possible", "lang")


@blueprint.get("/state")
@blueprint.get("/state/")
def choose() -> Response:
    """Send the reader from the words in the boxes to the address of the day that they mean."""
    demand_known_words()
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
    narrowed = narrowing(question.as_of)
    return _page(question, narrowed, view=shown(question.as_of, narrowed))


@blueprint.get("/state/<held>.json")
def show_json(held: str) -> Response:
    """Answer the whole state as one JSON document."""
    asked_for = as_of(held)
    return json_file(state_document(asked_for, every_row(asked_for)))


@blueprint.get("/state/<held>.csv")
def show_csv(held: str) -> Response:
    """Answer the whole state as a table; each line repeats the two times it holds for."""
    asked_for = as_of(held)
    lines = state_lines(asked_for, every_row(asked_for))
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
def state_file(kind: str, asked_for: AsOf, narrowed: Narrowing) -> str:
    """Return the address of the state as a file; it pins both times of the question."""
    return url_for(
        f"states.show_{kind}",
        held=asked_for.valid.isoformat(),
        known=asked_for.known,
        tab=narrowed.tab,
        type=narrowed.type or None,
        entity=narrowed.entity or None,
        where=[f"{attribute}={value}" for attribute, value in narrowed.where],
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
    return _page(question, narrowing(None), view=None)


def _page(question: Question, narrowed: Narrowing, *, view: Shown | None) -> Response:
    return respond(
        "state",
        "state_body",
        status=question.status,
        question=question,
        narrowing=narrowed,
        shown=view,
        tabs=STATE_TABS,
        types={name: sort.label for name, sort in ENTITY_TYPES.items() if sort.attributes},
    )


def _given(name: str) -> list[str]:
    return [value for value in request.args.getlist(name) if value]
