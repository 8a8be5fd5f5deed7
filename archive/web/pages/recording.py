"""/admin/record: choose a kind, fill in its form; keep it, submit it, or record it."""

from urllib.parse import quote, urlencode

from flask import Blueprint, Response, abort, flash, request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from archive.commands import record
from archive.vocabulary import Kind
from archive.vocabulary import kind as kind_called
from archive.web.forms import (
    Filled,
    Outcome,
    Step,
    Typed,
    fill,
    fragment_for,
    kinds_for,
    submitted,
)
from archive.web.forms.cautioning import cautions_for
from archive.web.forms.keeping import (
    ARTICLE,
    Kept,
    as_begun,
    keep,
    open_form,
    settling,
    submit,
    typed_of,
)
from archive.web.forms.panes import pane_of
from archive.web.forms.proposed import PLACE
from archive.web.forms.reviewing import needs_second, risk_of
from archive.web.frame.filters import address, event_url
from archive.web.frame.guarding import current_account, demand_editor
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection
from archive.web.frame.translating import current_locale

blueprint = Blueprint("recording", __name__, url_prefix="/admin/record")
blueprint.before_request(demand_editor)

_NOT_FOUND = 404
_NAMES = "names_changed"
_RECORDING = frozenset({"record", "next"})


@blueprint.get("/")
def choose_kind() -> Response:
    """Offer the kinds of event, narrowed by words."""
    choices = kinds_for(request.args.get("q", ""))
    source = request.args.get("source", "")
    return respond("admin_kinds", "admin_kinds", choices=choices, source=source)


@blueprint.get("/<name>")
def show_form(name: str) -> Response:
    """Show the form of one kind; the address, or a draft, may fill in some of it."""
    kept = open_form(request.args.get("draft", ""))
    typed = typed_of(kept.draft) if kept else Typed(MultiDict(request.args))
    filled = fill(current_connection(), _recordable(name), typed, step=Step("show"))
    return _shown(Outcome(filled), typed, kept)


@blueprint.post("/<name>")
def take_form(name: str) -> Response:
    """Record the event, keep or submit its draft, or show the form with what is wrong."""
    typed = as_begun(Typed(request.form))
    step = Step.from_words(typed.one("step"))
    filled = fill(current_connection(), _recordable(name), typed, step=step)
    if step.verb == "keep":
        return _draft_kept(keep(filled, typed))
    if step.verb == "submit" or (step.verb in _RECORDING and needs_second(name)):
        return _submitted(filled, typed)
    by = current_account().name
    outcome = submitted(
        filled,
        settling(typed, lambda one: record(one, raw=filled.raw, recorded_by=by)),
    )
    return _onward(filled, typed) if outcome.recorded else _shown(outcome, typed)


def _recordable(name: str) -> Kind:
    known = kind_called(name)
    if not (known.is_world or known.name == _NAMES):
        abort(_NOT_FOUND)
    return known


def _draft_kept(kept: Kept) -> Response:
    flash(gettext("The draft is kept."), "done")
    return see_other(f"/admin/drafts/{kept.draft.id}")


def _submitted(filled: Filled, typed: Typed) -> Response:
    by = current_account().name
    outcome = submitted(
        filled,
        lambda one: record(one, raw=filled.raw, recorded_by=by),
        only_rehearsed=True,
    )
    if outcome.foreseen is None:
        return _shown(outcome, typed)
    days = len(outcome.foreseen.effect.days)
    cautions = len(cautions_for(current_connection(), filled, typed))
    draft = submit(filled, typed, risk=risk_of(filled, cautions=cautions, days=days))
    flash(gettext("Submitted: another person will look at it."), "done")
    goes_on = filled.step.verb == "next"
    return _next(filled, typed) if goes_on else see_other(f"/admin/drafts/{draft.id}")


def _onward(filled: Filled, typed: Typed) -> Response:
    flash(gettext("Recorded. The event is part of the archive now."), "done")
    return _next(filled, typed)


def _next(filled: Filled, typed: Typed) -> Response:
    """Lead to what is recorded next, or to the event where nothing is."""
    article = typed.line(ARTICLE)
    if article:
        place = {"after": typed.line(PLACE)} if filled.step.verb == "next" else {}
        return see_other(f"/admin/articles/{quote(article)}?{urlencode(place)}")
    if filled.step.verb != "next":
        return see_other(event_url(filled.event_id))
    return see_other(f"/admin/record/?{urlencode({'source': filled.common['source'].value})}")


def _shown(outcome: Outcome, typed: Typed, kept: Kept | None = None) -> Response:
    filled, connection = outcome.filled, current_connection()
    shown = pane_of(connection, typed, filled.kind.name) if typed.line(ARTICLE) else None
    page = "admin_article" if shown else "admin_record"
    return respond(
        page,
        fragment_for(outcome, form="admin_article" if shown else "admin_form"),
        pane=shown,
        cautions=cautions_for(connection, filled, typed),
        status=outcome.status,
        form=filled,
        kept=kept,
        typed=typed,
        needs_second=needs_second(filled.kind.name),
        foreseen=outcome.foreseen,
        action=address(),
        errors=filled.faults.sentences(filled.labels, current_locale()),
    )
