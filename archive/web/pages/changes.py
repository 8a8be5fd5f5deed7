"""The archive's own log, newest first."""

from typing import Any, Final

from flask import Blueprint, Response, request

from archive.queries import changes, head
from archive.web.frame.htmx import respond
from archive.web.frame.session import current_connection

blueprint = Blueprint("changes", __name__)

_SHOWN: Final = 50
_LONGEST_POSITION: Final = 18


@blueprint.get("/changes")
def show() -> Response:
    """Show what the log took in, all of it or corrections only."""
    connection = current_connection()
    only_corrections = request.args.get("only") == "corrections"
    answer = changes(connection, before=_before(), limit=_SHOWN, only_corrections=only_corrections)
    context: dict[str, Any] = {
        "answer": answer,
        "only_corrections": only_corrections,
        "head": head(connection),
    }
    return respond("changes", "change_list", **context)


def _before() -> int | None:
    words = request.args.get("before", "")
    is_position = words.isdecimal() and len(words) <= _LONGEST_POSITION
    return int(words) if is_position else None
