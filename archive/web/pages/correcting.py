"""/admin/events/<id>/correct and /retract: it was otherwise, or it should never have been said."""

from flask import Blueprint, Response, flash, request
from flask_babel import gettext

from archive.commands import correct, retract
from archive.commands.targets import AlreadyRetractedError
from archive.queries import EventAnswer, event, head
from archive.queries.events.streaming import came_since, stream_end
from archive.web.forms import (
    Outcome,
    Step,
    Typed,
    correction_from,
    form_of_event,
    retraction_from,
    submitted,
)
from archive.web.frame.filters import address, event_url
from archive.web.frame.guarding import current_account, demand_editor
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection
from archive.web.frame.translating import current_locale

blueprint = Blueprint("correcting", __name__, url_prefix="/admin/events")
blueprint.before_request(demand_editor)

_CONFLICT = 409


@blueprint.get("/<id>/correct")
def show_correction(id: str) -> Response:  # noqa: A002 - the address's own word
    """Show the form of the event, filled as the event reads now."""
    answer = _live(id)
    filled, _changes = correction_from(
        current_connection(), answer, form_of_event(answer.row), step=Step("show")
    )
    return _shown("admin_correct", answer, Outcome(filled))


@blueprint.post("/<id>/correct")
def take_correction(id: str) -> Response:  # noqa: A002 - as above
    """Record what was changed in the form as a correction, or show what is wrong."""
    answer, typed = _asked(id), Typed(request.form)
    step = Step.from_words(typed.one("step"))
    filled, changes = correction_from(current_connection(), answer, typed, step=step)
    outcome = submitted(
        filled,
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
    )
    if outcome.recorded is None:
        return _shown("admin_correct", answer, outcome)
    flash(gettext("Corrected. The event as it was before stays in its history."), "done")
    return see_other(event_url(answer.row.id))


@blueprint.get("/<id>/retract")
def show_retraction(id: str) -> Response:  # noqa: A002 - as above
    """Ask why the event shall be withdrawn."""
    answer, typed = _live(id), Typed(request.args.copy())
    filled = retraction_from(current_connection(), answer, typed, step=Step("show"))
    return _shown("admin_retract", answer, Outcome(filled))


@blueprint.post("/<id>/retract")
def take_retraction(id: str) -> Response:  # noqa: A002 - as above
    """Record that the event is withdrawn, or show what is wrong."""
    answer, typed = _asked(id), Typed(request.form)
    step = Step.from_words(typed.one("step"))
    filled = retraction_from(current_connection(), answer, typed, step=step)
    outcome = submitted(
        filled,
        lambda connection: retract(
            connection,
            target=answer.row.id,
            reason=typed.one("correction-reason"),
            recorded_by=current_account().name,
            event_id=filled.event_id,
            expected_position=filled.expected,
        ),
    )
    if outcome.recorded is None:
        return _shown("admin_retract", answer, outcome)
    flash(gettext("Retracted. The event stays at its address, marked so."), "done")
    return see_other(event_url(answer.row.id))


def _asked(id: str) -> EventAnswer:  # noqa: A002 - as above
    connection = current_connection()
    return event(connection, id=id, known=head(connection).position)


def _live(id: str) -> EventAnswer:  # noqa: A002 - as above
    answer = _asked(id)
    if answer.row.is_retracted:
        raise AlreadyRetractedError(name=answer.row.title)
    return answer


def _shown(page: str, answer: EventAnswer, outcome: Outcome) -> Response:
    filled, connection = outcome.filled, current_connection()
    seen = filled.expected if outcome.status == _CONFLICT else None
    between = () if seen is None else came_since(connection, stream=answer.stream, position=seen)
    return respond(
        page,
        "admin_retraction" if page == "admin_retract" else "admin_form",
        status=outcome.status,
        form=filled,
        row=answer.row,
        action=address(),
        expected=stream_end(connection, stream=answer.stream),
        between=between,
        errors=filled.faults.sentences(filled.labels, current_locale()),
    )
