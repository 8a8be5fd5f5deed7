"""A deed told to the archive, or handed to a second person where the rule, or its author, asks."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from flask import Response, flash
from flask_babel import gettext

from archive.web.forms.doing import Deed
from archive.web.forms.keeping import settling, submit
from archive.web.forms.reviewing import needs_second
from archive.web.forms.steps import SUBMIT
from archive.web.forms.submitting import Outcome, looked_at, submitted
from archive.web.forms.typed import Typed
from archive.web.frame.htmx import see_other

_MOST_DAYS: Final = 3
# What takes away, or moves many events at once, asks for more care than what adds.
_RISKS: Final[Mapping[str, int]] = {
    "claim_retracted": 2,
    "dispute_settled": 1,
    "entities_merged": 3,
    "entity_split": 3,
    "text_masked": 5,
}


def carried_out(deed: Deed, typed: Typed) -> Outcome:
    """Return the outcome of *deed*: recorded, or its draft handed to a second person.

    What is handed over was rehearsed or checked before, so nobody is asked to accept what cannot
    be recorded.
    """
    step = deed.filled.step
    is_told = step.is_final and not step.is_rehearsal
    if step.verb == SUBMIT or (is_told and needs_second(*deed.kinds)):
        return _handed(deed, typed)
    return submitted(
        deed.filled, settling(typed, deed.command), about=deed.about, masks=deed.masks
    )


def _handed(deed: Deed, typed: Typed) -> Outcome:
    outcome = (
        submitted(
            deed.filled, deed.command, about=deed.about, only_rehearsed=True, masks=deed.masks
        )
        if deed.is_foreseen
        else looked_at(deed.filled)
    )
    if outcome.filled.faults or outcome.recorded:
        return outcome
    days = min(len(outcome.foreseen.effect.days), _MOST_DAYS) if outcome.foreseen else 0
    risk = _RISKS.get(deed.kind, 0) + days
    draft = submit(deed.filled, typed, risk=risk, target=deed.target, title=deed.title)
    return replace(outcome, handed=draft.id)


def handed_over(outcome: Outcome) -> Response:
    """Lead to the draft that now waits for somebody else."""
    flash(gettext("Submitted: another person will look at it."), "done")
    return see_other(f"/admin/drafts/{outcome.handed}")
