"""Search: words in any script, answered by entities, events and sources."""

from typing import Final

from flask import Blueprint, Response, request

from archive.queries import Hits, search
from archive.web.frame.htmx import respond
from archive.web.frame.session import current_connection, known

blueprint = Blueprint("searching", __name__)

_SHOWN: Final = 20
_MOST: Final = 200
_LONGEST: Final = 200


@blueprint.get("/search")
def show() -> Response:
    """Show what matches the words, entities first."""
    text = request.args.get("q", "").strip()[:_LONGEST]
    shown = _MOST if request.args.get("all") else _SHOWN
    return respond("search", "search_body", text=text, hits=_hits(text, shown), shown=shown)


def _hits(text: str, shown: int) -> Hits | None:
    if not text:
        return None
    return search(current_connection(), text=text, known=known(), limit=shown)
