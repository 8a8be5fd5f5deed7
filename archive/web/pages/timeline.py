"""The timeline: ``/``, its list read on, and the card of one event."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from archive.queries import coverage, event, known_position
from archive.web.frame.filters import address, event_url
from archive.web.frame.htmx import drawing_width, respond, wants_fragment
from archive.web.frame.session import current_connection, known, today
from archive.web.frame.translating import current_locale
from archive.web.timelines.listing import rows_view
from archive.web.timelines.moving import pile_address
from archive.web.timelines.questions import Question, asked
from archive.web.timelines.viewing import timeline_view, view_of

blueprint = Blueprint("timeline", __name__)

blueprint.add_app_template_global(pile_address)

_DEFAULT_WIDTH = 1120
_BAD_REQUEST = 400


@blueprint.get("/")
def show_timeline() -> Response:
    """Show the window and filters that the address asks for."""
    question = _question()
    if request.args.get("after") or request.args.get("before"):
        return _show_rows(question)
    view = timeline_view(
        current_connection(),
        question,
        width=drawing_width(default=_DEFAULT_WIDTH),
        locale=current_locale(),
        today=today(),
    )
    status = _BAD_REQUEST if question.problems else 200
    # A form sends its empty fields too; the address that a reader copies is without them.
    shown_at = address()
    return respond("timeline", "timeline_view", status=status, shown_at=shown_at, timeline=view)


@blueprint.get("/card/<id>")
def show_card(id: str) -> AnyResponse:  # noqa: A002 - the address's own word
    """Show the card of one event; a visit goes to its page."""
    if not wants_fragment():
        return redirect(event_url(id))
    answer = event(current_connection(), id=id, known=known())
    return respond("event", "event_card", row=answer.row)


def _question() -> Question:
    connection = current_connection()
    return asked(
        request.args,
        locale=current_locale(),
        today=today(),
        known=lambda words: known_position(connection, words=words or None),
    )


def _show_rows(question: Question) -> Response:
    held = coverage(current_connection(), known=question.known)
    view = view_of(question, held)
    rows, page = rows_view(
        current_connection(),
        question,
        view=view,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
        headed=request.args.get("headed", ""),
    )
    return respond(
        "timeline_list", "timeline_rows", rows=rows, total=page.total, question=question, view=view
    )
