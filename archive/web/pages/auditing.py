"""/admin/audit: what everybody did at the desk, beside what the log itself tells."""

from flask import Blueprint, Response, request

from archive.commands.alarms import alarms
from archive.commands.noting import latest_steps
from archive.commands.people import people
from archive.web.frame.guarding import current_instant, demand_admin
from archive.web.frame.htmx import respond
from archive.web.frame.session import current_connection

blueprint = Blueprint("auditing", __name__, url_prefix="/admin/audit")
blueprint.before_request(demand_admin)

_SHOWN = 100
_LONGEST_NUMBER = 7


@blueprint.get("/")
def show_audit() -> Response:
    """Show what was done, the newest first, a page at a time."""
    asked = request.args.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) <= _LONGEST_NUMBER else 0
    connection = current_connection()
    steps = latest_steps(connection, before=before, limit=_SHOWN)
    further = before + _SHOWN if len(steps) == _SHOWN else 0
    return respond(
        "admin_audit",
        "admin_audit",
        steps=steps,
        further=further,
        alarms=alarms(connection, now=current_instant()),
        people=[] if before else people(connection),
    )
