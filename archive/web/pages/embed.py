"""The timeline elsewhere: ``/embed`` in any site's frame, ``/timeline.svg`` as a picture."""

from typing import Final

from flask import Blueprint, Response, make_response, render_template, request
from markupsafe import Markup

from archive.web.drawing.plain_style import said_plainly
from archive.web.frame.bundling import joined
from archive.web.frame.errors import Refusal, shown
from archive.web.frame.htmx import respond, see_other, swapped
from archive.web.frame.keeping import kept
from archive.web.frame.security import let_frame, let_style
from archive.web.frame.session import current_connection, today
from archive.web.frame.translating import current_locale, run_on
from archive.web.timelines.here import home_here, question_here, screen_here
from archive.web.timelines.screens import fitted
from archive.web.timelines.viewing import timeline_view

blueprint = Blueprint("embed", __name__)

_WIDTH: Final = 1253
_NARROWEST, _WIDEST = 320, 2400
_OK, _REFUSED = 200, 400
_SVG: Final = "image/svg+xml"
# A picture that was taken along is opened anywhere: its links say which site they lead to.
_LINK: Final = 'href="/'


@blueprint.get("/embed")
@kept
def show_embedded() -> Response:
    """Show the drawing alone, in any site's frame; nothing of a signed-in reader is in it."""
    question = question_here()
    if home := home_here(question):
        return see_other(home)
    view = timeline_view(current_connection(), question, screen=screen_here())
    part = "timeline_lanes" if swapped() == "timeline-lanes" else "timeline_view"
    status = _REFUSED if question.problems else _OK
    return let_frame(respond("embed", part, status=status, timeline=view, is_embedded=True))


@blueprint.get("/timeline.svg")
@kept
def show_picture() -> Response:
    """Answer the drawing of the address as a picture that stands alone, or say what is wrong."""
    question = question_here()
    if home := home_here(question):
        return see_other(home)
    if question.problems:
        # A picture has no place for a hint: the page of the refusal stands for it.
        said_so = run_on(problem.sentence for problem in question.problems)
        return shown(Refusal(_REFUSED, said_so))
    said = request.args.get("width", "")
    width = int(said) if said.isdecimal() and len(said) <= len(str(_WIDEST)) else _WIDTH
    frame = min(max(width, _NARROWEST), _WIDEST)
    screen = fitted(frame, locale=current_locale(), today=today(), is_still=True)
    view = timeline_view(current_connection(), question, screen=screen)
    style = Markup(said_plainly(joined("picture")))  # noqa: S704 - the site's own style sheet
    picture = render_template(
        "pages/timeline_picture.html", timeline=view, style=style, is_picture=True
    )
    answer = make_response(picture.replace(_LINK, f"{_LINK[:-1]}{request.host_url}"))
    answer.headers["Content-Type"] = f"{_SVG}; charset=utf-8"
    return let_style(answer)
