"""/admin/review: what waits for a second person: accepted, sent back, or rejected."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, flash, request
from flask_babel import gettext

from archive.commands.draft_lists import queue
from archive.commands.drafts import (
    REJECTED,
    RETURNED,
    SUBMITTED,
    Draft,
    SettledDraftError,
    draft_called,
    move,
)
from archive.commands.noting import latest_steps, note, steps_about
from archive.commands.unsent import sent
from archive.commands.visits import SIGNING
from archive.errors import FieldError
from archive.languages import Words
from archive.proposing import Caution
from archive.queries import ClaimRow, EventAnswer
from archive.storage import writing
from archive.web.events.fields import field_differences, fields_of
from archive.web.forms import Outcome, Step, Typed, fragment_for, submitted
from archive.web.forms.cautioning import cautions_for, stored_texts
from archive.web.forms.doing import event_now
from archive.web.forms.keeping import typed_of
from archive.web.forms.marking import Passage, marked
from archive.web.forms.reviewing import Prepared, accepting, needs_second, prepared
from archive.web.forms.steps import LOOK
from archive.web.forms.submitting import looked_at
from archive.web.forms.telling import said_in
from archive.web.forms.unsent import begun_comment, keep_comment, saving_comment, words_typed
from archive.web.frame.filters import address
from archive.web.frame.guarding import current_account, current_instant, demand_reviewer
from archive.web.frame.htmx import respond, see_other, wants_fragment
from archive.web.frame.session import current_connection, engine
from archive.web.frame.translating import current_locale

blueprint = Blueprint("reviewing", __name__, url_prefix="/admin/review")
blueprint.before_request(demand_reviewer)

_REFUSED: Final = 422
_LATELY: Final = 10
_LONGEST_NUMBER: Final = 9
_DEEDS: Final = {
    "return": (
        RETURNED,
        "returned",
        Words("必填：请作者改什么", "required: what shall be mended"),
    ),
    "reject": (REJECTED, "rejected", Words("必填：为什么", "required: why")),
}


@blueprint.get("/")
def show_queue() -> Response:
    """List what waits, the oldest first or the riskiest."""
    connection, by_risk = current_connection(), request.args.get("by") == "risk"
    return respond(
        "admin_queue",
        "admin_queue",
        drafts=queue(connection, by_risk=by_risk),
        by_risk=by_risk,
        lately=latest_steps(connection, limit=_LATELY, without=SIGNING),
    )


@blueprint.get("/<name>")
def show_draft(name: str) -> Response:
    """Show what a draft would record, beside the words that it rests on."""
    draft = draft_called(current_connection(), name)
    return _shown(draft, {})


@blueprint.post("/<name>/accept")
def accept(name: str) -> Response:
    """Record what the draft says, or tell what keeps it from being recorded."""
    connection = current_connection()
    if _is_only_looked_at():
        return _shown(draft_called(connection, name), {})
    draft = _as_shown(draft_called(connection, name))
    ready = prepared(connection, draft, step=Step("record"))
    shown = request.form.get("shown", "")
    outcome = submitted(ready.filled, accepting(draft, ready, shown=shown))
    if outcome.recorded is None:
        faults = outcome.filled.faults
        return _shown(draft, faults.sentences(outcome.filled.labels, current_locale()))
    flash(gettext("Accepted. The event is part of the archive now."), "done")
    return see_other(ready.onward)


@blueprint.post("/<name>/<any(return, reject):deed>")
def send_back(name: str, deed: str) -> Response:
    """Send a draft back with a comment on a field, or reject it with a reason."""
    found = draft_called(current_connection(), name)
    if _is_only_looked_at():
        return _shown(found, {})
    draft, (status, noted, accepted) = _as_shown(found), _DEEDS[deed]
    words = request.form.get(f"{deed}-words", "").strip()
    if not words:
        error = FieldError(field="", value="", accepted=accepted)
        return _shown(draft, {f"{deed}-words": error.words(current_locale())})
    by, now = current_account().name, current_instant()
    field = request.form.get("field", "")[:100]
    try:
        with writing(engine()) as connection:
            move(connection, draft=draft, to=status, since=(SUBMITTED,), now=now)
            note(connection, deed=noted, about=name, account=by, now=now, field=field, words=words)
            sent(connection, account=by, about=name)
    except SettledDraftError as error:
        return _shown(found, {f"{deed}-words": error.words(current_locale())})
    flash(gettext("Noted, and told to the author."), "done")
    return see_other("/admin/review/")


@blueprint.post("/<name>/keep")
def keep_words(name: str) -> Response:
    """Keep what is typed about a draft and not yet sent; asked every few seconds."""
    draft = draft_called(current_connection(), name)
    kept, saving = keep_comment(draft, Typed(request.form)), saving_comment(name)
    if not wants_fragment():
        flash(gettext("The draft is kept."), "done")
        return see_other(f"/admin/review/{draft.id}")
    return respond("admin_saved", "admin_saved", kept=kept, saving=saving)


def _is_only_looked_at() -> bool:
    """Tell whether the form comes back after a login, to be sent again by hand."""
    return Step.from_words(request.form.get("step", "")).verb == LOOK


def _as_shown(draft: Draft) -> Draft:
    """Return *draft* as the version that the reviewer saw: another one is not what was decided."""
    seen = request.form.get("draft-version", "")
    is_number = seen.isdecimal() and len(seen) <= _LONGEST_NUMBER
    return replace(draft, version=int(seen)) if is_number else draft


def _shown(draft: Draft, errors: dict[str, str]) -> Response:
    connection = current_connection()
    ready = prepared(connection, draft, step=Step("effect"))
    comment = begun_comment(draft)
    outcome = Outcome(ready.filled)
    if draft.status == SUBMITTED:
        outcome = (
            submitted(ready.filled, ready.command, about=ready.about, masks=ready.masks)
            if ready.is_foreseen
            else looked_at(ready.filled)
        )
    reads = outcome.foreseen.reads if outcome.foreseen else None
    told = outcome.filled.faults.sentences(ready.filled.labels, current_locale())
    return respond(
        "admin_review",
        fragment_for(outcome, form="admin_review"),
        status=_REFUSED if errors else 200,
        draft=draft,
        form=ready.filled,
        row=reads.row if reads else None,
        fields=fields_of(reads.row) if reads else (),
        differences=_differences(ready, reads),
        passages=_passages(draft, reads),
        cautions=_cautions(draft, ready),
        deed=ready.deed,
        said=said_in(ready.filled) if ready.deed else (),
        mark=ready.mark(draft, outcome.foreseen) if not outcome.filled.faults else "",
        steps=steps_about(connection, draft.id),
        needs_second=needs_second(*ready.kinds),
        is_own=draft.account == current_account().name,
        foreseen=outcome.foreseen,
        action=address(),
        words=words_typed(comment, Typed(request.form)),
        comment=comment,
        saving=saving_comment(draft.id),
        errors=errors,
        told=told,
    )


def _differences(ready: Prepared, reads: EventAnswer | None) -> object:
    if reads is None or ready.about == ready.filled.event_id:
        return ()
    before = event_now(current_connection(), ready.about)
    return field_differences(before.row, reads.row)


def _cautions(draft: Draft, ready: Prepared) -> tuple[Caution, ...]:
    """Return the doubts that its author saw; a deed about an event has none of its own."""
    if ready.deed is not None or draft.status != SUBMITTED:
        return ()
    corrected = "" if ready.about == ready.filled.event_id else ready.about
    typed = typed_of(draft)
    return cautions_for(current_connection(), ready.filled, typed, event_id=corrected)


def _passages(draft: Draft, reads: EventAnswer | None) -> tuple[Passage, ...]:
    """Return the quoted words where they stand in their source, as far as its text is kept."""
    quoting = [one for one in reads.row.claims if one.quote] if reads else []
    return tuple(
        passage
        for at, claim in enumerate(quoting)
        if (passage := _passage(claim, "" if at else draft.article)) is not None
    )


def _passage(claim: ClaimRow, article: str) -> Passage | None:
    texts = stored_texts(current_connection(), claim.source.id, article)
    holding = [text for text in texts if claim.quote in text]
    return marked((holding or texts)[0], claim.quote) if texts else None
