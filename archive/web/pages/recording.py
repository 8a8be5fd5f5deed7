"""/admin/record: choose a kind, fill in its form, record."""

from flask import Blueprint, Response, abort, flash, request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from archive.commands import record
from archive.vocabulary import Kind
from archive.vocabulary import kind as kind_called
from archive.web.forms import Filled, Outcome, Step, Typed, fill, kinds_for, submitted
from archive.web.frame.filters import address, event_url
from archive.web.frame.guarding import current_account, demand_editor
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection
from archive.web.frame.translating import current_locale

blueprint = Blueprint("recording", __name__, url_prefix="/admin/record")
blueprint.before_request(demand_editor)

_NOT_FOUND = 404
_NAMES = "names_changed"


@blueprint.get("/")
def choose_kind() -> Response:
    """Offer the kinds of event, narrowed by words."""
    choices = kinds_for(request.args.get("q", ""))
    source = request.args.get("source", "")
    return respond("admin_kinds", "admin_kinds", choices=choices, source=source)


@blueprint.get("/<name>")
def show_form(name: str) -> Response:
    """Show the form of one kind; the address may fill in some of it."""
    typed = Typed(MultiDict(request.args))
    filled = fill(current_connection(), _recordable(name), typed, step=Step("show"))
    return _shown(Outcome(filled))


@blueprint.post("/<name>")
def take_form(name: str) -> Response:
    """Record the event, or show the form again with what is wrong."""
    step = Step.from_words(request.form.get("step", ""))
    filled = fill(current_connection(), _recordable(name), Typed(request.form), step=step)
    by = current_account().name
    outcome = submitted(
        filled, lambda connection: record(connection, raw=filled.raw, recorded_by=by)
    )
    return _onward(filled) if outcome.recorded else _shown(outcome)


def _recordable(name: str) -> Kind:
    known = kind_called(name)
    if not (known.is_world or known.name == _NAMES):
        abort(_NOT_FOUND)
    return known


def _onward(filled: Filled) -> Response:
    flash(gettext("Recorded. The event is part of the archive now."), "done")
    if filled.step.verb != "next":
        return see_other(event_url(filled.event_id))
    return see_other(f"/admin/record/?source={filled.common['source'].value}")


def _shown(outcome: Outcome) -> Response:
    filled = outcome.filled
    return respond(
        "admin_record",
        "admin_form",
        status=outcome.status,
        form=filled,
        action=address(),
        errors=filled.faults.sentences(filled.labels, current_locale()),
    )
