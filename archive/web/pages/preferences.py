"""What a reader chooses for their own screen: dark or light."""

from flask import Blueprint, Response, request

from archive.web.frame.guarding import local_address
from archive.web.frame.htmx import see_other
from archive.web.frame.security import csrf
from archive.web.frame.theming import COOKIE, THEMES
from archive.web.frame.translating import ONE_YEAR

blueprint = Blueprint("preferences", __name__)


@blueprint.post("/theme")
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF ships no types
def choose_theme() -> Response:
    """Remember the theme in a cookie and go back to the page."""
    response = see_other(local_address(request.form.get("back", ""), instead="/"))
    chosen = request.form.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(COOKIE, chosen, max_age=ONE_YEAR, samesite="Lax")
    return response
