"""/admin/sources/new: a source that the archive does not hold yet."""

from flask import Blueprint, Response, flash, request
from flask_babel import gettext

from archive.web.forms import Outcome, Step, Typed, source_id
from archive.web.forms.doing import Deed
from archive.web.forms.handing import carried_out, handed_over
from archive.web.forms.keeping import Kept, open_form, typed_of
from archive.web.forms.reshaping import new_source
from archive.web.forms.reviewing import needs_second
from archive.web.frame.filters import address
from archive.web.frame.guarding import current_account, demand_editor
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection
from archive.web.frame.translating import current_locale

blueprint = Blueprint("adding_sources", __name__, url_prefix="/admin/sources")
blueprint.before_request(demand_editor)


@blueprint.get("/new")
def show_source_form() -> Response:
    """Show the form of a source, empty or as it was kept."""
    kept, by = open_form(request.args.get("draft", "")), current_account().name
    typed = typed_of(kept.draft) if kept else Typed(request.args.copy())
    made = new_source(current_connection(), "", typed, step=Step("show"), by=by)
    return _shown(made, Outcome(made.filled), typed, kept=kept)


@blueprint.post("/new")
def take_source() -> Response:
    """Record the source and go on to what it says, or hand it over, or show what is wrong."""
    typed, by = Typed(request.form), current_account().name
    step = Step.from_words(typed.one("step"))
    made = new_source(current_connection(), "", typed, step=step, by=by)
    outcome = carried_out(made, typed)
    if outcome.handed:
        return handed_over(outcome)
    if outcome.recorded is None:
        return _shown(made, outcome, typed)
    name = source_id(typed)
    told = gettext("The source is in the archive as “%(name)s”. What does it say?", name=name)
    flash(told, "done")
    return see_other(f"/admin/record/?source={name}")


def _shown(deed: Deed, outcome: Outcome, typed: Typed, *, kept: Kept | None = None) -> Response:
    filled = outcome.filled
    return respond(
        "admin_source",
        "admin_source",
        status=outcome.status,
        form=filled,
        kept=kept,
        typed=typed,
        needs_second=needs_second(*deed.kinds),
        action=address(),
        errors=filled.faults.sentences(filled.labels, current_locale()),
    )
