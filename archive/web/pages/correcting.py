"""/admin/events/<id>/correct and /retract: it was otherwise, or it should never have been said."""

from flask import Blueprint, Response, flash, request
from flask_babel import gettext

from archive.commands import correct
from archive.commands.targets import AlreadyRetractedError
from archive.queries import EventAnswer
from archive.queries.events.streaming import came_since, stream_end
from archive.web.events.fields import FieldDifference, field_differences
from archive.web.forms import (
    Filled,
    Outcome,
    Step,
    Typed,
    correction_from,
    form_of_event,
    fragment_for,
    retraction_from,
    submitted,
)
from archive.web.forms.arguing import retraction
from archive.web.forms.cautioning import cautions_for
from archive.web.forms.doing import event_now
from archive.web.forms.handing import carried_out, handed_over
from archive.web.forms.keeping import Kept, keep, open_form, settling, submit, typed_of
from archive.web.forms.reviewing import CORRECTION, needs_second, risk_of
from archive.web.frame.filters import address, event_url
from archive.web.frame.guarding import current_account, demand_editor
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection
from archive.web.frame.translating import current_locale

blueprint = Blueprint("correcting", __name__, url_prefix="/admin/events")
blueprint.before_request(demand_editor)

_CONFLICT = 409
_FORMS = {"admin_retract": "admin_retraction"}
_RECORDS = {"admin_correct": CORRECTION, "admin_retract": "claim_retracted"}


@blueprint.get("/<id>/correct")
def show_correction(id: str) -> Response:  # noqa: A002 - the address's own word
    """Show the form of the event, filled as the event reads now."""
    answer, kept = _live(id), open_form(request.args.get("draft", ""))
    typed = typed_of(kept.draft) if kept else form_of_event(answer.row)
    filled, _changes = correction_from(current_connection(), answer, typed, step=Step("show"))
    return _shown("admin_correct", answer, Outcome(filled), kept=kept, typed=typed)


@blueprint.post("/<id>/correct")
def take_correction(id: str) -> Response:  # noqa: A002 - as above
    """Record what was changed in the form as a correction, or show what is wrong."""
    answer, typed = _asked(id), Typed(request.form)
    step = Step.from_words(typed.one("step"))
    filled, changes = correction_from(current_connection(), answer, typed, step=step)
    if step.verb == "keep":
        return _draft_kept(keep(filled, typed, target=answer.row.id))
    is_told = step.is_final and not step.is_rehearsal
    is_submitted = step.verb == "submit" or (is_told and needs_second(answer.row.kind, CORRECTION))
    outcome = submitted(
        filled,
        settling(
            typed,
            lambda connection: correct(
                connection,
                target=answer.row.id,
                raw=changes,
                reason_kind=typed.one("correction-kind"),
                reason=typed.one("correction-reason"),
                recorded_by=current_account().name,
                event_id=filled.event_id,
                expected_position=filled.expected,
            ),
        ),
        about=answer.row.id,
        only_rehearsed=is_submitted,
    )
    if is_submitted and outcome.foreseen:
        return _handed_over(filled, typed, outcome, target=answer.row.id)
    if outcome.recorded is None:
        return _shown("admin_correct", answer, outcome, typed=typed)
    flash(gettext("Corrected. The event as it was before stays in its history."), "done")
    return see_other(event_url(answer.row.id))


@blueprint.get("/<id>/retract")
def show_retraction(id: str) -> Response:  # noqa: A002 - as above
    """Ask why the event shall be withdrawn."""
    answer, kept = _live(id), open_form(request.args.get("draft", ""))
    typed = typed_of(kept.draft) if kept else Typed(request.args.copy())
    filled = retraction_from(current_connection(), typed, step=Step("show"))
    return _shown("admin_retract", answer, Outcome(filled), kept=kept, typed=typed)


@blueprint.post("/<id>/retract")
def take_retraction(id: str) -> Response:  # noqa: A002 - as above
    """Withdraw the event, or hand that to a second person, or show what is wrong."""
    typed, by = Typed(request.form), current_account().name
    step = Step.from_words(typed.one("step"))
    deed = retraction(current_connection(), id, typed, step=step, by=by)
    outcome = carried_out(deed, typed)
    if outcome.handed:
        return handed_over(outcome)
    if outcome.recorded is None:
        return _shown("admin_retract", _asked(id), outcome, typed=typed)
    flash(gettext("Retracted. The event stays at its address, marked so."), "done")
    return see_other(deed.onward)


def _draft_kept(kept: Kept) -> Response:
    flash(gettext("The draft is kept."), "done")
    return see_other(f"/admin/drafts/{kept.draft.id}")


def _handed_over(filled: Filled, typed: Typed, outcome: Outcome, *, target: str) -> Response:
    days = len(outcome.foreseen.effect.days) if outcome.foreseen else 0
    cautions = len(cautions_for(current_connection(), filled, typed, event_id=target))
    risk = risk_of(filled, cautions=cautions, days=days)
    draft = submit(filled, typed, risk=risk, target=target)
    flash(gettext("Submitted: another person will look at it."), "done")
    return see_other(f"/admin/drafts/{draft.id}")


def _asked(id: str) -> EventAnswer:  # noqa: A002 - as above
    return event_now(current_connection(), id)


def _live(id: str) -> EventAnswer:  # noqa: A002 - as above
    answer = _asked(id)
    if answer.row.is_retracted:
        raise AlreadyRetractedError(name=answer.row.title)
    return answer


def _differences(answer: EventAnswer, outcome: Outcome) -> tuple[FieldDifference, ...]:
    reads = outcome.foreseen.reads if outcome.foreseen else None
    return field_differences(answer.row, reads.row) if reads else ()


def _shown(
    page: str,
    answer: EventAnswer,
    outcome: Outcome,
    *,
    kept: Kept | None = None,
    typed: Typed | None = None,
) -> Response:
    filled, connection = outcome.filled, current_connection()
    seen = filled.expected if outcome.status == _CONFLICT else None
    between = () if seen is None else came_since(connection, stream=answer.stream, position=seen)
    return respond(
        page,
        fragment_for(outcome, form=_FORMS.get(page, "admin_form")),
        status=outcome.status,
        form=filled,
        kept=kept,
        typed=typed,
        needs_second=needs_second(answer.row.kind, _RECORDS[page]),
        cautions=cautions_for(connection, filled, typed, event_id=answer.row.id) if typed else (),
        row=answer.row,
        action=address(),
        expected=stream_end(connection, stream=answer.stream),
        between=between,
        foreseen=outcome.foreseen,
        differences=_differences(answer, outcome),
        errors=filled.faults.sentences(filled.labels, current_locale()),
    )
