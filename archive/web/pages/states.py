"""The state of a date: what held on one day, as the archive knew it on another, and why."""

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, Response, request, stream_with_context
from flask_babel import gettext

from archive.dates import ending, onset
from archive.export import (
    Sealed,
    state_document,
    state_json_lines,
    state_lines,
    state_parquet,
)
from archive.queries import (
    AsOf,
    MergedError,
    Why,
    doubts,
    qualities,
    recorded_at,
    seal,
    sorted_rows,
    whole,
    why,
)
from archive.vocabulary import ENTITY_TYPES
from archive.web.frame.durations import duration
from archive.web.frame.filters import address
from archive.web.frame.htmx import respond, see_other, wants_fragment
from archive.web.frame.keeping import kept
from archive.web.frame.session import as_of, current_connection
from archive.web.states.counting import uncounted
from archive.web.states.downloads import file, json_file
from archive.web.states.explaining import explained
from archive.web.states.links import (
    carried_words,
    feed_url,
    panel_link,
    pinned,
    quarter_title,
    state_link,
    why_url,
)
from archive.web.states.meaning import several_days
from archive.web.states.narrowing import (
    ALL_FACTS,
    STATE_TABS,
    Narrowing,
    demand_known_words,
    narrowing,
)
from archive.web.states.panel_views import Panel
from archive.web.states.panels import follows, panel_for
from archive.web.states.sliding import nearest_change
from archive.web.states.two_times import Question, asked, asked_known
from archive.web.states.viewing import Shown, changes_of, entities_shown, rooted, shown

blueprint = Blueprint("states", __name__)

_FIGURES: Final = "figures"
_MOST_DIGITS: Final = 8

for _made in (feed_url, quarter_title, state_link, why_url):
    blueprint.add_app_template_global(_made)
for _borne in (doubts, qualities):
    blueprint.add_app_template_filter(_borne)
blueprint.add_app_template_global(pinned, "pinned_link")


@blueprint.get("/state")
@blueprint.get("/state/")
def choose() -> Response:
    """Send the reader from the words in the boxes, or a place on the slider, to the day meant."""
    demand_known_words()
    question = asked(request.args.get("on", ""), asked_known())
    if question.as_of is None:
        return _refused(question)
    day, near = question.as_of.valid, request.args.get("near", "")
    if near.isdecimal() and len(near) < _MOST_DIGITS:
        changed = changes_of(question.as_of, narrowing(question.as_of))
        day = nearest_change(day, int(near), changed=changed)
    several = several_days(question.held, day)
    link = state_link(day, said=several.words if several else None)
    if wants_fragment():
        moved = asked(day.isoformat(), asked_known())
        return _shown(moved, AsOf(day, question.as_of.known), shown_at=link)
    return see_other(link)


@blueprint.get("/state/<held>")
@kept
def show(held: str) -> Response:
    """Show what held on a day, as known at a position of the log."""
    question = asked(held, asked_known())
    if question.as_of is None:
        return _refused(question)
    if held != question.as_of.valid.isoformat():
        several = several_days(held, question.as_of.valid)
        said = several.words if several else None
        return see_other(
            state_link(question.as_of.valid, hash=request.args.get("hash"), said=said)
        )
    return _shown(question, question.as_of)


@blueprint.get("/state/<held>/panel")
@kept
def show_panel(held: str) -> Response:
    """Answer what stands beside the table of a state, for a page that it follows."""
    asked_for = as_of(held)
    if not wants_fragment():
        return see_other(state_link(asked_for.valid, panel=1, after=request.args.get("after")))
    narrowed = narrowing(asked_for)
    panel = _panel(asked_for, narrowed, beside=entities_shown(asked_for, narrowed))
    return respond("state", "state_panel", panel=panel)


@blueprint.get("/state/<held>.json")
@kept
def show_json(held: str) -> Response:
    """Answer the whole state as one JSON document."""
    return json_file(state_document(_sealed(held)))


@blueprint.get("/state/<held>.csv")
def show_csv(held: str) -> Response:
    """Answer the whole state as a table; each line repeats what it answers."""
    state = _sealed(held)
    lines = stream_with_context(state_lines(state))
    return file(lines, name=f"{state.name}.csv", mimetype="text/csv")


@blueprint.get("/state/<held>.jsonl")
def show_json_lines(held: str) -> Response:
    """Answer the whole state as lines of JSON, one a row; each repeats what it answers."""
    state = _sealed(held)
    lines = stream_with_context(state_json_lines(state))
    return file(lines, name=f"{state.name}.jsonl", mimetype="application/jsonl")


@blueprint.get("/state/<held>.parquet")
def show_parquet(held: str) -> Response:
    """Answer the whole state as a table with types; its metadata says what it answers."""
    state = _sealed(held)
    body = state_parquet(state)
    return file(body, name=f"{state.name}.parquet", mimetype="application/vnd.apache.parquet")


def _sealed(held: str) -> Sealed:
    asked_for = as_of(held)
    narrowed = narrowing(asked_for, tab=ALL_FACTS)
    wanted = narrowed.asked(asked_for)
    rows = whole(current_connection(), wanted)
    ordered = sorted_rows(rows, narrowed.sort) if narrowed.sort.words else rows
    return Sealed(wanted, ordered, seal(wanted, rows), rooted(asked_for.known))


@blueprint.get("/why")
@kept
def explain() -> Response:
    """Show the events that make one value, or how to ask for them."""
    asked_for = as_of(request.args.get("on", ""), field="on")
    try:
        answer = _why(asked_for)
    except MergedError as merged:
        return see_other(address(entity=merged.into))
    is_unfolded = request.args.get("all") == "1"
    told = explained(answer, is_unfolded=is_unfolded) if answer else None
    return respond("why", "why", answer=answer, told=told, as_of=asked_for)


blueprint.add_app_template_filter(uncounted)


@blueprint.app_template_filter()
def age(days: int, since: str, attribute: str = "") -> str:
    """Return how long ago a number was reported; a vague date *since* tells a bound of it only.

    A figure of a stretch is as old as its end.
    """
    told = (ending(since) if attribute == _FIGURES else None) or onset(since)
    so_old = str(gettext("%(time)s old", time=duration(days)))
    if told.earliest is None:
        return str(gettext("at least %(age)s", age=so_old))
    if told.earliest != told.latest:
        return str(gettext("up to %(age)s", age=so_old))
    return so_old


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


def _shown(question: Question, asked_for: AsOf, *, shown_at: str = "") -> Response:
    narrowed = narrowing(asked_for)
    view = shown(asked_for, narrowed, cited=request.args.get("hash", ""))
    response = _page(question, narrowed, view=view, shown_at=shown_at)
    if view.verdict:
        # Whether the state is as cited is found out each time; no kept answer may say so.
        response.headers["Cache-Control"] = "no-store"
    return response


def _panel(asked_for: AsOf, narrowed: Narrowing, *, beside: Sequence[str]) -> Panel | None:
    """Return what stands beside the table in which *beside* are the entities."""
    return panel_for(
        current_connection(),
        tab=narrowed.tab,
        as_of=asked_for,
        args=carried_words(),
        shown=beside,
    )


def _refused(question: Question) -> Response:
    return _page(question, narrowing(None), view=None)


def _page(
    question: Question, narrowed: Narrowing, *, view: Shown | None, shown_at: str = ""
) -> Response:
    panel, link, several = None, "", None
    if view and question.as_of:
        words = request.args.get("said") or request.args.get("on", "")
        several = several_days(words, question.as_of.valid)
        if follows(current_connection(), tab=narrowed.tab):
            link = panel_link(question.as_of.valid)
        else:
            panel = _panel(question.as_of, narrowed, beside=view.entities)
    return respond(
        "state",
        "state_body",
        status=question.status,
        shown_at=shown_at,
        question=question,
        narrowing=narrowed,
        shown=view,
        tabs=STATE_TABS,
        types={name: sort.label for name, sort in ENTITY_TYPES.items() if sort.attributes},
        panel=panel,
        panel_link=link,
        several=several,
        beginning=recorded_at(current_connection(), 1) if "known" in question.errors else None,
    )
