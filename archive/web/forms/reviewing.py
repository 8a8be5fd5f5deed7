"""A draft as its reviewer sees it: what it would record, how risky it is, who may accept it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from archive.commands import correct, record
from archive.commands.drafts import (
    PUBLISHED,
    SUBMITTED,
    Draft,
    SecondPersonError,
    move,
    note,
)
from archive.commands.recording import Recorded
from archive.queries import event, head
from archive.vocabulary import kind
from archive.web.forms.correcting import correction_from
from archive.web.forms.drafting import Filled, fill
from archive.web.forms.entities import EntityBox
from archive.web.forms.keeping import typed_of
from archive.web.forms.steps import Step
from archive.web.frame.guarding import current_account, current_instant
from archive.web.frame.session import current_settings

_IMPORTANCE: Final = {"landmark": 2, "major": 1}
_DOUBTFUL: Final = frozenset({"low", "rumour"})
ALL_KINDS: Final = "*"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a draft says, the command that would record it, and the event that it is about."""

    filled: Filled
    command: Callable[[Connection], Recorded]
    about: str


def needs_second(name: str) -> bool:
    """Tell whether an event of the kind called *name* takes two people."""
    return bool({name, ALL_KINDS} & current_settings().four_eyes)


def by_a_second(
    command: Callable[[Connection], Recorded], *kinds: str
) -> Callable[[Connection], Recorded]:
    """Return *command*, refused to an editor where one of *kinds* takes two people.

    For what has no draft to be handed over: a reviewer does it.
    """

    def guarded(connection: Connection) -> Recorded:
        if any(needs_second(name) for name in kinds) and not current_account().may_review:
            raise SecondPersonError
        return command(connection)

    return guarded


def prepared(connection: Connection, draft: Draft, *, step: Step) -> Prepared:
    """Return what *draft* would record, in the name of whoever wrote it."""
    typed = typed_of(draft)
    if not draft.target:
        filled = fill(connection, kind(draft.kind), typed, step=step)
        return Prepared(
            filled,
            lambda one: record(one, raw=filled.raw, recorded_by=draft.account),
            filled.event_id,
        )
    answer = event(connection, id=draft.target, known=head(connection).position)
    filled, changes = correction_from(connection, answer, typed, step=step)
    return Prepared(
        filled,
        lambda one: correct(
            one,
            target=answer.row.id,
            raw=changes,
            reason_kind=typed.one("correction-kind"),
            reason=typed.one("correction-reason"),
            recorded_by=draft.account,
            event_id=filled.event_id,
            expected_position=filled.expected,
        ),
        answer.row.id,
    )


def accepting(draft: Draft, prepared: Prepared) -> Callable[[Connection], Recorded]:
    """Return the command that records *draft* and notes who accepted it.

    It raises SecondPersonError where author and reviewer must differ and do not, and
    SettledDraftError where somebody was faster.
    """
    by, now = current_account().name, current_instant()

    def both(connection: Connection) -> Recorded:
        if by == draft.account and needs_second(draft.kind):
            raise SecondPersonError
        move(connection, draft=draft, to=PUBLISHED, since=(SUBMITTED,), now=now)
        recorded = prepared.command(connection)
        deed = "accepted-own" if by == draft.account else "accepted"
        note(connection, deed=deed, about=draft.id, account=by, now=now, words=recorded.id)
        return recorded

    return both


def risk_of(filled: Filled, *, cautions: int, days: int) -> int:
    """Return how much care a draft asks for: doubt, weight, newcomers, a changed past."""
    importance = filled.common["importance"].value if "importance" in filled.common else ""
    confidence = filled.common["confidence"].value if "confidence" in filled.common else ""
    newcomers = sum(len(one.newcomers) for one in filled.fields if isinstance(one, EntityBox))
    return (
        _IMPORTANCE.get(importance, 0)
        + 2 * (confidence in _DOUBTFUL)
        + newcomers
        + 2 * cautions
        + min(days, 3)
    )
