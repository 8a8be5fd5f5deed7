"""/admin/entities/<slug>/merge, /split, /part: two were one all along, or one was two."""

from typing import Any, Final

from flask import Blueprint, Response, flash, request
from flask_babel import gettext

from archive.queries import EntityRef, head
from archive.queries.derived.merges import merges_into
from archive.queries.events.finding import entity_called
from archive.web.forms import Outcome, Step, Typed, fragment_for
from archive.web.forms.doing import Deed
from archive.web.forms.handing import carried_out, handed_over
from archive.web.forms.keeping import Kept, open_form, typed_of
from archive.web.forms.reshaping import PART, merge, parting, split
from archive.web.forms.reviewing import needs_second
from archive.web.frame.filters import address
from archive.web.frame.guarding import current_account, demand_editor
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection
from archive.web.frame.translating import current_locale

blueprint = Blueprint("reshaping", __name__, url_prefix="/admin/entities")
blueprint.before_request(demand_editor)

_SHOW = Step("show")
_MAKES: Final = {"merge": merge, "split": split}
_ROLES: Final = {"merge": "into", "split": "entity"}


@blueprint.get("/<slug>/<any(merge, split):deed>")
def show_deed(slug: str, deed: str) -> Response:
    """Ask what is merged into the entity, or what comes out of it."""
    ref, kept, connection = _called(slug), _kept(), current_connection()
    typed = typed_of(kept.draft) if kept else Typed(request.args.copy())
    typed = typed.having(**{f"field-{_ROLES[deed]}-id": ref.id})
    made = _MAKES[deed](connection, ref.id, typed, step=_SHOW, by=current_account().name)
    return _shown(deed, ref, made, Outcome(made.filled), typed, kept=kept)


@blueprint.post("/<slug>/<any(merge, split):deed>")
def take_deed(slug: str, deed: str) -> Response:
    """Record the merge or the split; no event moves, and the reverse event undoes it."""
    ref, typed, by = _called(slug), Typed(request.form), current_account().name
    step = Step.from_words(typed.one("step"))
    made = _MAKES[deed](current_connection(), ref.id, typed, step=step, by=by)
    outcome = carried_out(made, typed)
    if outcome.handed:
        return handed_over(outcome)
    if outcome.recorded is None:
        return _shown(deed, ref, made, outcome, typed)
    flash(gettext("Recorded. The reverse event undoes it."), "done")
    return see_other(made.onward)


@blueprint.get("/<slug>/part/<part>")
def show_parting(slug: str, part: str) -> Response:
    """Ask why a merge shall be undone."""
    kept, connection, by = _kept(), current_connection(), current_account().name
    typed = typed_of(kept.draft) if kept else Typed(request.args.copy())
    made = parting(connection, slug, typed.having(**{PART: part}), step=_SHOW, by=by)
    return _parting(slug, part, made, Outcome(made.filled), typed, kept=kept)


@blueprint.post("/<slug>/part/<part>")
def take_parting(slug: str, part: str) -> Response:
    """Record the reverse event of a merge, or name the merge that stands in its way."""
    typed, by = Typed(request.form).having(**{PART: part}), current_account().name
    step = Step.from_words(typed.one("step"))
    made = parting(current_connection(), slug, typed, step=step, by=by)
    outcome = carried_out(made, typed)
    if outcome.handed:
        return handed_over(outcome)
    if outcome.recorded is None:
        return _parting(slug, part, made, outcome, typed)
    flash(gettext("The merge is undone; both stand on their own again."), "done")
    return see_other(made.onward)


def _called(slug: str) -> EntityRef:
    connection = current_connection()
    return entity_called(connection, slug, known=head(connection).position)


def _kept() -> Kept | None:
    return open_form(request.args.get("draft", ""))


def _shown(
    name: str,
    ref: EntityRef,
    deed: Deed,
    outcome: Outcome,
    typed: Typed,
    *,
    kept: Kept | None = None,
) -> Response:
    connection = current_connection()
    merged = merges_into(connection, slug=ref.id, known=head(connection).position)
    page = "admin_reshape"
    more = {"entity": ref, "deed": name, "merged": merged}
    return _answered(page, deed, outcome, typed, kept=kept, **more)


def _parting(
    whole: str,
    part: str,
    deed: Deed,
    outcome: Outcome,
    typed: Typed,
    *,
    kept: Kept | None = None,
) -> Response:
    connection = current_connection()
    standing = merges_into(connection, slug=whole, known=head(connection).position)
    merge_row = next((one for one in standing if one.part.id == part), None)
    more = {"merge": merge_row, "part": part}
    return _answered("admin_part", deed, outcome, typed, kept=kept, **more)


def _answered(
    page: str, made: Deed, outcome: Outcome, typed: Typed, *, kept: Kept | None, **context: Any
) -> Response:
    filled = outcome.filled
    return respond(
        page,
        fragment_for(outcome, form=page),
        status=outcome.status,
        form=filled,
        kept=kept,
        typed=typed,
        needs_second=needs_second(*made.kinds),
        action=address(),
        foreseen=outcome.foreseen,
        differences=(),
        errors=filled.faults.sentences(filled.labels, current_locale()),
        **context,
    )
