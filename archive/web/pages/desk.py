"""/admin/: the desk: what was recorded lately, and the ways to record more."""

from flask import Blueprint, Response

from archive.commands.draft_lists import drafts_of, waiting
from archive.commands.drafts import LIVE
from archive.queries import changes, coverage, head
from archive.web.frame.guarding import current_account, demand_editor
from archive.web.frame.htmx import respond
from archive.web.frame.session import current_connection

blueprint = Blueprint("desk", __name__, url_prefix="/admin")
blueprint.before_request(demand_editor)

_LATELY = 20


@blueprint.get("/")
def show_desk() -> Response:
    """Show what was recorded lately, newest first."""
    connection = current_connection()
    return respond(
        "admin_desk",
        "admin_desk",
        lately=changes(connection, limit=_LATELY).rows,
        coverage=coverage(connection, known=head(connection).position),
        who=current_account(),
        drafts=len(drafts_of(connection, account=current_account().name, statuses=LIVE)),
        waiting=waiting(connection),
    )
