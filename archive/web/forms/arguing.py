"""Deeds to events: withdrawn, sourced once more, disputed, settled, masked."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from archive.commands import retract, support
from archive.errors import NotFoundError
from archive.languages import Words
from archive.queries import EventRow, head
from archive.web.forms.correcting import retraction_from
from archive.web.forms.deeds import (
    CHOICE,
    dispute_form,
    disputed_with,
    masking_form,
    named_rivals,
    settlement_form,
    support_form,
    support_reason,
)
from archive.web.forms.doing import Deed, event_now, of_event, recording
from archive.web.forms.steps import Step
from archive.web.forms.typed import Typed

# Events that are folded again in about the time in which a page is expected.
MOST_REHEARSED: Final = 10_000


def retraction(
    connection: Connection, target: str, typed: Typed, /, *, step: Step, by: str
) -> Deed:
    """Return the retraction of an event."""
    answer = event_now(connection, target)
    filled, row = retraction_from(connection, typed, step=step), answer.row
    return of_event(
        "claim_retracted",
        Words(f"撤回：{row.title.zh}", f"Retract: {row.title.en}"),
        filled,
        lambda one: retract(
            one,
            target=row.id,
            reason=typed.one("correction-reason"),
            recorded_by=by,
            event_id=filled.event_id,
            expected_position=filled.expected,
        ),
        answer,
    )


def supporting(
    connection: Connection, target: str, typed: Typed, /, *, step: Step, by: str
) -> Deed:
    """Return one more source of an event."""
    answer = event_now(connection, target)
    (filled, claim), row = support_form(connection, typed, step=step), answer.row
    return of_event(
        "claim_corrected",
        Words(f"补充来源：{row.title.zh}", f"One more source: {row.title.en}"),
        filled,
        lambda one: support(
            one,
            target=row.id,
            claim=claim,
            reason=support_reason(typed),
            recorded_by=by,
            event_id=filled.event_id,
            expected_position=filled.expected,
        ),
        answer,
    )


def dispute(connection: Connection, target: str, typed: Typed, /, *, step: Step, by: str) -> Deed:
    """Return what says that an event and others contradict each other."""
    answer = event_now(connection, target)
    filled = dispute_form(connection, answer, typed, step=step)
    title = Words(f"存在争议：{answer.row.title.zh}", f"Disputed: {answer.row.title.en}")
    others = _rows(connection, named_rivals(typed), but=answer.row.id)
    return of_event("claim_disputed", title, filled, recording(filled, by), answer, others)


def settlement(
    connection: Connection, target: str, typed: Typed, /, *, step: Step, by: str
) -> Deed:
    """Return what prefers one of the events in dispute."""
    answer = event_now(connection, target)
    filled = settlement_form(connection, answer, typed, step=step)
    others = _rows(connection, disputed_with(answer), but=answer.row.id)
    preferred = [one for one in (answer.row, *others) if one.id == typed.one(CHOICE)]
    said = preferred[0].title if preferred else Words("……", "…")
    title = Words(f"采信：{said.zh}", f"Prefer: {said.en}")
    return of_event("dispute_settled", title, filled, recording(filled, by), answer, others)


def masking(connection: Connection, target: str, typed: Typed, /, *, step: Step, by: str) -> Deed:
    """Return what takes the text of an event, and of its corrections, out of the log for ever.

    Its draft does not repeat that text. Every read model is made anew for it, and for each
    rehearsal: in a large archive that is done only where it is asked for.
    """
    answer = event_now(connection, target)
    filled, name = masking_form(connection, answer, typed, step=step), answer.row.id
    title = Words(f"遮蔽文字：{name}", f"Mask the text of {name}")
    deed = of_event("text_masked", title, filled, recording(filled, by), answer)
    is_small = head(connection).position <= MOST_REHEARSED
    return replace(deed, is_foreseen=is_small, masks=True)


def _rows(connection: Connection, names: Iterable[str], *, but: str) -> tuple[EventRow, ...]:
    """Return the events called so, as far as the archive has them."""
    found: list[EventRow] = []
    for name in dict.fromkeys(names):
        with suppress(NotFoundError):
            found += [event_now(connection, name).row] if name != but else []
    return tuple(found)
