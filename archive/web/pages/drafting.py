"""/admin/drafts: what was typed and not yet recorded, kept while it is typed."""

from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, abort, flash, request
from flask_babel import gettext

from archive.commands.draft_lists import drafts_of
from archive.commands.drafts import DROPPED, OPENABLE, Draft, move
from archive.commands.noting import note
from archive.commands.unsent import ARTICLE, COMMENT
from archive.storage import writing
from archive.vocabulary import kind as kind_called
from archive.web.forms import Step, Typed, fill
from archive.web.forms.keeping import as_begun, is_correction, keep, kept_form
from archive.web.forms.reshaping import PART
from archive.web.forms.reviewing import DEEDS
from archive.web.frame.guarding import current_account, current_instant, demand_editor
from archive.web.frame.htmx import replacing, respond, see_other
from archive.web.frame.session import current_connection, engine

blueprint = Blueprint("drafting", __name__, url_prefix="/admin/drafts")
blueprint.before_request(demand_editor)

_NOT_FOUND = 404
_PARTING: Final = "entities/{}/part"
_DEEDS: Final = {
    "claim_retracted": "events/{}/retract",
    "claim_corrected": "events/{}/add-source",
    "claim_disputed": "events/{}/dispute",
    "dispute_settled": "events/{}/settle",
    "text_masked": "events/{}/mask",
    "entities_merged": "entities/{}/merge",
    "entity_split": "entities/{}/split",
    "source_added": "sources/new",
}
# Where one goes on with what is no event.
_PLACES: Final = {ARTICLE: "/admin/articles/?draft={draft}", COMMENT: "/admin/review/{target}"}


@blueprint.get("/")
def list_drafts() -> Response:
    """List the present account's drafts, the last kept first."""
    drafts = drafts_of(current_connection(), account=current_account().name)
    return respond("admin_drafts", "admin_drafts", drafts=drafts)


@blueprint.post("/save/<name>")
def save(name: str) -> Response:
    """Keep a form of the kind called *name* as it stands; asked every few seconds."""
    typed, target = as_begun(Typed(request.form)), request.args.get("target", "")
    if name in DEEDS:
        by = current_account().name
        deed = DEEDS[name](current_connection(), target, typed, step=Step("show"), by=by)
        filled, kept = deed.filled, keep(deed.filled, typed, target=target, title=deed.title)
    else:
        filled = fill(current_connection(), kind_called(name), typed, step=Step("show"))
        kept = keep(filled, typed, target=target)
    saved = respond("admin_saved", "admin_saved", kept=kept, form=filled, typed=typed)
    return replacing(saved, _form_of(kept.draft))  # Back, and a page loaded anew, find it there


@blueprint.get("/<name>")
def show_draft(name: str) -> Response:
    """Lead to the form of a draft that may be changed, or tell how the other ones stand."""
    kept = kept_form(name)
    if kept is None:
        abort(_NOT_FOUND)
    if kept.draft.status in OPENABLE:
        return see_other(_form_of(kept.draft))
    return respond("admin_draft", "admin_draft", draft=kept.draft, steps=kept.steps)


@blueprint.post("/<name>/drop")
def drop(name: str) -> Response:
    """Put a draft aside; it is no longer listed."""
    kept = kept_form(name)
    if kept is None:
        abort(_NOT_FOUND)
    by, now = current_account().name, current_instant()
    with writing(engine()) as connection:
        move(connection, draft=kept.draft, to=DROPPED, since=OPENABLE, now=now)
        note(connection, deed="dropped", about=name, account=by, now=now)
    flash(gettext("The draft was put aside."), "done")
    return see_other("/admin/drafts/")


def _form_of(draft: Draft) -> str:
    if draft.kind in _PLACES:
        return _PLACES[draft.kind].format(draft=draft.id, target=quote(draft.target, safe=""))
    if is_correction(draft):
        return f"/admin/events/{quote(draft.target, safe='')}/correct?draft={draft.id}"
    if draft.kind in _DEEDS:
        part = quote(dict(draft.fields).get(PART, ""), safe="")
        place = f"{_PARTING}/{part}" if part else _DEEDS[draft.kind]
        return f"/admin/{place.format(quote(draft.target, safe=''))}?draft={draft.id}"
    if draft.article:
        return f"/admin/articles/{draft.article}?draft={draft.id}"
    return f"/admin/record/{draft.kind}?draft={draft.id}"
