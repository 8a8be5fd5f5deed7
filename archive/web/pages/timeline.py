"""The timeline: ``/``, the parts of it that a step swaps, and the card of one event."""

from collections.abc import Callable, Mapping
from typing import Final

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from archive.queries import Coverage, coverage, event, head, news
from archive.web.frame.asking import carried_word
from archive.web.frame.filters import address, event_url
from archive.web.frame.htmx import replacing, respond, see_other, swapped, wants_fragment
from archive.web.frame.keeping import kept, remembered
from archive.web.frame.session import current_connection, known
from archive.web.timelines.columns import columns, facets_of
from archive.web.timelines.covering import held_days, view_of
from archive.web.timelines.here import (
    compared_with,
    elsewhere,
    home_here,
    kept_words,
    question_here,
    screen_here,
)
from archive.web.timelines.holding import holding
from archive.web.timelines.listing import rows_view, window_of
from archive.web.timelines.moving import pile_address
from archive.web.timelines.questions import Question, iso
from archive.web.timelines.viewing import margin_of, timeline_view

blueprint = Blueprint("timeline", __name__)

blueprint.add_app_template_global(pile_address)
blueprint.add_app_template_global(kept_words)
blueprint.add_app_template_global(carried_word)
blueprint.add_app_template_global(elsewhere)
blueprint.add_app_template_global(compared_with)
blueprint.add_app_template_filter(iso)

_BAD_REQUEST, _NO_CONTENT, _NOT_MODIFIED = 400, 204, 304
_LONGEST_POSITION: Final = 12
_FRESH: Final = "private, no-cache"


@blueprint.get("/")
@kept
def show_timeline() -> Response:
    """Show the window and filters that the address asks for, or the one part that is swapped."""
    question = question_here()
    if home := home_here(question):
        return see_other(home)
    if wants_fragment() and held_days(current_connection(), known=question.known) is None:
        return make_response("", _NO_CONTENT)
    is_long = request.args.get("rows") == "all"
    if request.args.get("after") or request.args.get("before") or is_long:
        return _rows(question, is_long=is_long)
    return _PARTS.get(swapped(), _view)(question)


@blueprint.get("/card/<id>")
def show_card(id: str) -> AnyResponse:  # noqa: A002 - the address's own word
    """Show the card of one event; a visit goes to its page."""
    if not wants_fragment():
        return redirect(event_url(id))
    answer = event(current_connection(), id=id, known=known())
    return respond("event", "event_card", row=answer.row)


def _view(question: Question) -> Response:
    connection, is_part = current_connection(), wants_fragment()
    view = timeline_view(connection, question, screen=screen_here())
    status = _BAD_REQUEST if question.problems else 200
    return respond(
        "timeline",
        "timeline_view",
        status=status,
        # A form sends its empty fields too; the address that a reader copies is without them.
        shown_at=_shown_at(question),
        timeline=view,
        coverage=None if is_part else _coverage(question.known),
        columns=None if is_part else columns(connection, question),
        holding=None if is_part else holding(connection, question),
    )


def _coverage(known: int) -> Coverage:
    """Return what the archive holds: counted once for each state of the database."""
    connection = current_connection()
    return remembered(("coverage", known), lambda: (coverage(connection, known=known),))[0]


def _columns(question: Question) -> Response:
    return respond("timeline", "timeline_columns", columns=columns(current_connection(), question))


def _facets(question: Question) -> Response:
    sections = facets_of(current_connection(), question)
    return respond("timeline", "timeline_facets", sections=sections)


def _state(question: Question) -> Response:
    connection = current_connection()
    is_wrong = any(problem.field == "vs" for problem in question.problems)
    # The slider, and what follows a step, leave no step of their own for Back.
    is_step = not (is_wrong or request.args.get("near"))
    answer = respond(
        "timeline",
        "timeline_state",
        status=_BAD_REQUEST if is_wrong else 200,
        shown_at=_shown_at(question) if is_step else "",
        holding=holding(connection, question),
        margin=margin_of(connection, question, screen=screen_here()),
    )
    # What is told beside a day that cannot be read stays shared under its own address.
    return answer if is_wrong or is_step else replacing(answer, _shown_at(question))


def _news(question: Question) -> Response:
    """Tell what came since a position; the answer's tag is the position that it knows of."""
    connection, said = current_connection(), request.args.get("since", "")
    now = head(connection).position
    if request.if_none_match.contains_weak(str(now)):
        answer = make_response("", _NOT_MODIFIED)
    else:
        since = int(said) if said.isdecimal() and len(said) < _LONGEST_POSITION else now
        view = view_of(question, held_days(connection, known=now))
        found = news(
            connection,
            since=min(since, now),
            known=now,
            filters=question.choice,
            window=window_of(view),
        )
        answer = respond("timeline", "timeline_news", news=found, since=since, position=now)
    answer.set_etag(str(now), weak=True)
    # Told afresh to each reader who does not know it: it is nothing to keep.
    answer.headers["Cache-Control"] = _FRESH
    return answer


def _lanes(question: Question) -> Response:
    view = timeline_view(current_connection(), question, screen=screen_here())
    return respond("timeline", "timeline_lanes", timeline=view)


def _rows(question: Question, *, is_long: bool) -> Response:
    view = view_of(question, held_days(current_connection(), known=question.known))
    rows, page = rows_view(
        current_connection(),
        question,
        view=view,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
        headed=request.args.get("headed", ""),
        is_long=is_long,
    )
    return respond(
        "timeline_list",
        "timeline_rows",
        rows=rows,
        question=question,
        view=view,
        total=page.total,
    )


def _shown_at(question: Question) -> str:
    return address(near="", held=iso(question.held), since="")


_PARTS: Final[Mapping[str, Callable[[Question], Response]]] = {
    "timeline-lanes": _lanes,
    "timeline-columns": _columns,
    "timeline-facets": _facets,
    "timeline-state": _state,
    "timeline-news": _news,
}
