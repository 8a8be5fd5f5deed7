"""/admin/sources/new: a source that the archive does not hold yet."""

from dataclasses import replace

from flask import Blueprint, Response, flash, request
from flask_babel import gettext

from archive.commands import record
from archive.web.forms import Outcome, Step, Typed, source_draft, source_form, source_id, submitted
from archive.web.frame.filters import address
from archive.web.frame.guarding import current_account, demand_editor
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection
from archive.web.frame.translating import current_locale

blueprint = Blueprint("adding_sources", __name__, url_prefix="/admin/sources")
blueprint.before_request(demand_editor)


@blueprint.get("/new")
def show_source_form() -> Response:
    """Show the empty form of a source."""
    filled = source_form(current_connection(), Typed(request.args.copy()), step=Step("show"))
    return _shown(Outcome(filled))


@blueprint.post("/new")
def take_source() -> Response:
    """Record the source and go on to what it says, or show what is wrong."""
    typed = Typed(request.form)
    step = Step.from_words(typed.one("step"))
    filled = source_form(current_connection(), typed, step=step)
    filled = replace(filled, raw=source_draft(filled, typed))
    by = current_account().name
    outcome = submitted(
        filled, lambda connection: record(connection, raw=filled.raw, recorded_by=by)
    )
    if outcome.recorded is None:
        return _shown(outcome)
    flash(gettext("The source is in the archive. What does it say?"), "done")
    return see_other(f"/admin/record/?source={source_id(typed)}")


def _shown(outcome: Outcome) -> Response:
    filled = outcome.filled
    return respond(
        "admin_source",
        "admin_source",
        status=outcome.status,
        form=filled,
        action=address(),
        errors=filled.faults.sentences(filled.labels, current_locale()),
    )
