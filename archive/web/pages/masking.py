"""/admin/events/<id>/mask: the text of an event is taken out for ever, where it must be."""

from flask import Blueprint, Response, flash, request
from flask_babel import gettext

from archive.queries import EventAnswer
from archive.queries.events.streaming import stream_end
from archive.web.events.fields import FieldDifference, field_differences
from archive.web.forms import Outcome, Step, Typed, fragment_for
from archive.web.forms.arguing import masking
from archive.web.forms.doing import Deed, event_now
from archive.web.forms.handing import carried_out, handed_over
from archive.web.forms.keeping import Kept, open_form, typed_of
from archive.web.forms.reviewing import needs_second
from archive.web.frame.filters import address
from archive.web.frame.guarding import current_account, demand_admin
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection
from archive.web.frame.translating import current_locale

blueprint = Blueprint("masking", __name__, url_prefix="/admin/events")
blueprint.before_request(demand_admin)


@blueprint.get("/<id>/mask")
def show_masking(id: str) -> Response:  # noqa: A002 - the address's own word
    """Ask why the text shall go."""
    kept = open_form(request.args.get("draft", ""))
    typed = typed_of(kept.draft) if kept else Typed(request.args.copy())
    by = current_account().name
    deed = masking(current_connection(), id, typed, step=Step("show"), by=by)
    return _shown(deed, Outcome(deed.filled), typed, kept=kept)


@blueprint.post("/<id>/mask")
def take_masking(id: str) -> Response:  # noqa: A002 - as above
    """Take the text out, or hand that to a second person, or show what is wrong."""
    typed, by = Typed(request.form), current_account().name
    step = Step.from_words(typed.one("step"))
    deed = masking(current_connection(), id, typed, step=step, by=by)
    outcome = carried_out(deed, typed)
    if outcome.handed:
        return handed_over(outcome)
    if outcome.recorded is None:
        return _shown(deed, outcome, typed)
    flash(gettext("The text is masked. Its place, its date and its hashes stay."), "done")
    return see_other(deed.onward)


def _differences(answer: EventAnswer, outcome: Outcome) -> tuple[FieldDifference, ...]:
    reads = outcome.foreseen.reads if outcome.foreseen else None
    return field_differences(answer.row, reads.row) if reads else ()


def _shown(deed: Deed, outcome: Outcome, typed: Typed, *, kept: Kept | None = None) -> Response:
    filled, connection = outcome.filled, current_connection()
    answer = event_now(connection, deed.target)
    return respond(
        "admin_mask",
        fragment_for(outcome, form="admin_mask"),
        status=outcome.status,
        form=filled,
        kept=kept,
        typed=typed,
        needs_second=needs_second(*deed.kinds),
        row=answer.row,
        action=address(),
        expected=stream_end(connection, stream=answer.stream),
        foreseen=outcome.foreseen,
        differences=_differences(answer, outcome),
        errors=filled.faults.sentences(filled.labels, current_locale()),
    )
