"""/admin/events/<id>/add-source, /dispute, /settle: who else says so, who says otherwise."""

from typing import Final

from flask import Blueprint, Response, flash, request
from flask_babel import lazy_gettext

from archive.commands.targets import AlreadyRetractedError
from archive.queries import EventAnswer, EventRow
from archive.queries.events.streaming import stream_end
from archive.web.forms import Outcome, Step, Typed, fragment_for
from archive.web.forms.arguing import dispute, settlement, supporting
from archive.web.forms.deeds import CHOICE, RIVAL, disputed_with, rivals_of
from archive.web.forms.doing import Deed, event_now
from archive.web.forms.handing import carried_out, handed_over
from archive.web.forms.keeping import Kept, open_form, typed_of
from archive.web.forms.reviewing import needs_second
from archive.web.frame.filters import address
from archive.web.frame.guarding import current_account, demand_editor
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection
from archive.web.frame.translating import current_locale

blueprint = Blueprint("arguing", __name__, url_prefix="/admin/events")
blueprint.before_request(demand_editor)

_SHOW = Step("show")
_MAKES: Final = {"add-source": supporting, "dispute": dispute, "settle": settlement}
_PAGES: Final = {
    "add-source": "admin_support",
    "dispute": "admin_dispute",
    "settle": "admin_settle",
}
_DONE: Final = {
    "add-source": lazy_gettext("The source was added."),
    "dispute": lazy_gettext("The dispute is recorded."),
    "settle": lazy_gettext("The dispute is settled."),
}


@blueprint.get("/<id>/<any('add-source', dispute, settle):deed>")
def show_deed(id: str, deed: str) -> Response:  # noqa: A002 - the address's own word
    """Ask who else says so, which events say otherwise, or which of them is preferred."""
    kept = open_form(request.args.get("draft", ""))
    typed = typed_of(kept.draft) if kept else Typed(request.args.copy())
    answer = event_now(current_connection(), id)
    if answer.row.is_retracted:
        raise AlreadyRetractedError(name=answer.row.title)
    made = _MAKES[deed](current_connection(), id, typed, step=_SHOW, by=current_account().name)
    return _shown(deed, answer, made, Outcome(made.filled), typed, kept=kept)


@blueprint.post("/<id>/<any('add-source', dispute, settle):deed>")
def take_deed(id: str, deed: str) -> Response:  # noqa: A002 - as above
    """Record it, or hand it to a second person; every event stays visible."""
    typed, by = Typed(request.form), current_account().name
    step = Step.from_words(typed.one("step"))
    made = _MAKES[deed](current_connection(), id, typed, step=step, by=by)
    outcome = carried_out(made, typed)
    if outcome.handed:
        return handed_over(outcome)
    if outcome.recorded is None:
        return _shown(deed, event_now(current_connection(), id), made, outcome, typed)
    flash(str(_DONE[deed]), "done")
    return see_other(made.onward)


def _shown(
    name: str,
    answer: EventAnswer,
    deed: Deed,
    outcome: Outcome,
    typed: Typed,
    *,
    kept: Kept | None = None,
) -> Response:
    filled, connection, page = outcome.filled, current_connection(), _PAGES[name]
    return respond(
        page,
        fragment_for(outcome, form=page),
        status=outcome.status,
        form=filled,
        kept=kept,
        typed=typed,
        needs_second=needs_second(*deed.kinds),
        row=answer.row,
        rows=_rows(name, answer),
        chosen=[*typed.several(RIVAL), *typed.several(CHOICE)],
        action=address(),
        expected=stream_end(connection, stream=answer.stream),
        foreseen=outcome.foreseen,
        differences=(),
        errors=filled.faults.sentences(filled.labels, current_locale()),
    )


def _rows(name: str, answer: EventAnswer) -> tuple[EventRow, ...]:
    """Return the events to choose among."""
    connection = current_connection()
    if name == "dispute":
        return rivals_of(connection, answer)
    if name == "settle":
        return tuple(event_now(connection, one).row for one in disputed_with(answer))
    return ()
