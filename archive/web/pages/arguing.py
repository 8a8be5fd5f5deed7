"""/admin/events/<id>/add-source, /dispute, /settle: who else says so, who says otherwise."""

from flask import Blueprint, Response, flash, request
from flask_babel import gettext

from archive.commands import record, support
from archive.commands.targets import AlreadyRetractedError
from archive.queries import EventAnswer, EventRow, event, head
from archive.queries.events.streaming import stream_end
from archive.web.forms import Filled, Outcome, Step, Typed, fragment_for, submitted
from archive.web.forms.deeds import (
    CHOICE,
    RIVAL,
    dispute_form,
    disputed_with,
    rivals_of,
    settlement_form,
    support_form,
    support_reason,
)
from archive.web.forms.reviewing import by_a_second
from archive.web.frame.filters import address, event_url
from archive.web.frame.guarding import current_account, demand_editor
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection
from archive.web.frame.translating import current_locale

blueprint = Blueprint("arguing", __name__, url_prefix="/admin/events")
blueprint.before_request(demand_editor)

_SHOW = Step("show")


@blueprint.get("/<id>/add-source")
def show_support(id: str) -> Response:  # noqa: A002 - the address's own word
    """Ask who else says so; the address may fill in some of it."""
    answer, typed = _live(id), Typed(request.args.copy())
    filled, _claim = support_form(current_connection(), typed, step=_SHOW)
    return _shown("admin_support", answer, Outcome(filled))


@blueprint.post("/<id>/add-source")
def take_support(id: str) -> Response:  # noqa: A002 - as above
    """Record that one more source says what the event says."""
    answer, typed, step = _asked(id)
    filled, claim = support_form(current_connection(), typed, step=step)
    outcome = submitted(
        filled,
        by_a_second(
            lambda connection: support(
                connection,
                target=answer.row.id,
                claim=claim,
                reason=support_reason(typed),
                recorded_by=current_account().name,
                event_id=filled.event_id,
                expected_position=filled.expected,
            ),
            answer.row.kind,
        ),
    )
    return _onward("admin_support", answer, outcome, gettext("The source was added."))


@blueprint.get("/<id>/dispute")
def show_dispute(id: str) -> Response:  # noqa: A002 - as above
    """Ask which events say otherwise."""
    answer, typed = _live(id), Typed(request.args.copy())
    filled = dispute_form(current_connection(), answer, typed, step=_SHOW)
    return _shown("admin_dispute", answer, Outcome(filled))


@blueprint.post("/<id>/dispute")
def take_dispute(id: str) -> Response:  # noqa: A002 - as above
    """Record that the events contradict each other; all of them stay."""
    answer, typed, step = _asked(id)
    filled = dispute_form(current_connection(), answer, typed, step=step)
    return _onward("admin_dispute", answer, _told(filled), gettext("The dispute is recorded."))


@blueprint.get("/<id>/settle")
def show_settlement(id: str) -> Response:  # noqa: A002 - as above
    """Ask which of the events in dispute is preferred."""
    answer, typed = _live(id), Typed(request.args.copy())
    filled = settlement_form(current_connection(), answer, typed, step=_SHOW)
    return _shown("admin_settle", answer, Outcome(filled))


@blueprint.post("/<id>/settle")
def take_settlement(id: str) -> Response:  # noqa: A002 - as above
    """Record which one is preferred; the others stay visible."""
    answer, typed, step = _asked(id)
    filled = settlement_form(current_connection(), answer, typed, step=step)
    return _onward("admin_settle", answer, _told(filled), gettext("The dispute is settled."))


def _asked(id: str) -> tuple[EventAnswer, Typed, Step]:  # noqa: A002 - as above
    typed = Typed(request.form)
    return _answer(id), typed, Step.from_words(typed.one("step"))


def _answer(id: str) -> EventAnswer:  # noqa: A002 - as above
    connection = current_connection()
    return event(connection, id=id, known=head(connection).position)


def _live(id: str) -> EventAnswer:  # noqa: A002 - as above
    answer = _answer(id)
    if answer.row.is_retracted:
        raise AlreadyRetractedError(name=answer.row.title)
    return answer


def _told(filled: Filled) -> Outcome:
    by = current_account().name
    return submitted(
        filled,
        by_a_second(
            lambda connection: record(connection, raw=filled.raw, recorded_by=by),
            filled.kind.name,
        ),
    )


def _onward(page: str, answer: EventAnswer, outcome: Outcome, words: str) -> Response:
    if outcome.recorded is None:
        return _shown(page, answer, outcome)
    flash(words, "done")
    return see_other(event_url(answer.row.id))


def _shown(page: str, answer: EventAnswer, outcome: Outcome) -> Response:
    filled, connection = outcome.filled, current_connection()
    return respond(
        page,
        fragment_for(outcome, form=page),
        status=outcome.status,
        form=filled,
        row=answer.row,
        rows=_rows(page, answer),
        chosen=request.values.getlist(RIVAL) + request.values.getlist(CHOICE),
        action=address(),
        expected=stream_end(connection, stream=answer.stream),
        foreseen=outcome.foreseen,
        differences=(),
        errors=filled.faults.sentences(filled.labels, current_locale()),
    )


def _rows(page: str, answer: EventAnswer) -> tuple[EventRow, ...]:
    """Return the events to choose among."""
    if page == "admin_dispute":
        return rivals_of(current_connection(), answer)
    if page == "admin_settle":
        return tuple(_answer(one).row for one in disputed_with(answer))
    return ()
