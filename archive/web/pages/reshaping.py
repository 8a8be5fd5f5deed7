"""/admin/entities/<slug>/merge, /split, /part: two were one all along, or one was two."""

from typing import Any

from flask import Blueprint, Response, flash, request
from flask_babel import gettext

from archive.commands import record
from archive.queries import EntityRef, head
from archive.queries.derived.merges import merges_into
from archive.queries.events.finding import entity_called
from archive.web.forms import Filled, Outcome, Step, Typed, fragment_for, submitted
from archive.web.forms.deeds import parting_form, reshaping_form
from archive.web.forms.reviewing import by_a_second
from archive.web.frame.filters import address, entity_url
from archive.web.frame.guarding import current_account, demand_editor
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection
from archive.web.frame.translating import current_locale

blueprint = Blueprint("reshaping", __name__, url_prefix="/admin/entities")
blueprint.before_request(demand_editor)

_SHOW = Step("show")
_KINDS = {"merge": "entities_merged", "split": "entity_split"}
_ROLES = {"merge": "into", "split": "entity"}


@blueprint.get("/<slug>/<any(merge, split):deed>")
def show_deed(slug: str, deed: str) -> Response:
    """Ask what is merged into the entity, or what comes out of it."""
    ref = _called(slug)
    typed = Typed(request.args.copy()).having(**{f"field-{_ROLES[deed]}-id": ref.id})
    filled = reshaping_form(current_connection(), _KINDS[deed], typed, step=_SHOW)
    return _shown(deed, ref, Outcome(filled))


@blueprint.post("/<slug>/<any(merge, split):deed>")
def take_deed(slug: str, deed: str) -> Response:
    """Record the merge or the split; no event moves, and the reverse event undoes it."""
    ref, typed = _called(slug), Typed(request.form)
    step = Step.from_words(typed.one("step"))
    filled = reshaping_form(current_connection(), _KINDS[deed], typed, step=step)
    outcome = _told(filled)
    if outcome.recorded is None:
        return _shown(deed, ref, outcome)
    flash(gettext("Recorded. The reverse event undoes it."), "done")
    return see_other(entity_url(ref.id))


@blueprint.get("/<slug>/part/<part>")
def show_parting(slug: str, part: str) -> Response:
    """Ask why a merge shall be undone."""
    typed = Typed(request.args.copy())
    filled = parting_form(current_connection(), slug, part, typed, step=_SHOW)
    return _parting(slug, part, Outcome(filled))


@blueprint.post("/<slug>/part/<part>")
def take_parting(slug: str, part: str) -> Response:
    """Record the reverse event of a merge, or name the merge that stands in its way."""
    typed = Typed(request.form)
    step = Step.from_words(typed.one("step"))
    filled = parting_form(current_connection(), slug, part, typed, step=step)
    outcome = _told(filled)
    if outcome.recorded is None:
        return _parting(slug, part, outcome)
    flash(gettext("The merge is undone; both stand on their own again."), "done")
    return see_other(entity_url(part))


def _called(slug: str) -> EntityRef:
    connection = current_connection()
    return entity_called(connection, slug, known=head(connection).position)


def _told(filled: Filled) -> Outcome:
    by = current_account().name
    return submitted(
        filled,
        by_a_second(
            lambda connection: record(connection, raw=filled.raw, recorded_by=by),
            filled.kind.name,
        ),
    )


def _shown(deed: str, ref: EntityRef, outcome: Outcome) -> Response:
    connection = current_connection()
    merged = merges_into(connection, slug=ref.id, known=head(connection).position)
    return _answered("admin_reshape", outcome, entity=ref, deed=deed, merged=merged)


def _parting(whole: str, part: str, outcome: Outcome) -> Response:
    connection = current_connection()
    standing = merges_into(connection, slug=whole, known=head(connection).position)
    merge = next((one for one in standing if one.part.id == part), None)
    return _answered("admin_part", outcome, merge=merge, part=part)


def _answered(page: str, outcome: Outcome, **context: Any) -> Response:
    filled = outcome.filled
    return respond(
        page,
        fragment_for(outcome, form=page),
        status=outcome.status,
        form=filled,
        action=address(),
        foreseen=outcome.foreseen,
        differences=(),
        errors=filled.faults.sentences(filled.labels, current_locale()),
        **context,
    )
