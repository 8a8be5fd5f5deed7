"""A draft as its reviewer sees it: what it would record, how risky it is, who may accept it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from archive.commands import correct, record
from archive.commands.drafts import PUBLISHED, SUBMITTED, Draft, SecondPersonError, move
from archive.commands.noting import note
from archive.commands.recording import Recorded
from archive.commands.unsent import sent
from archive.errors import RefusedError
from archive.languages import Words
from archive.vocabulary import kind
from archive.web.forms.arguing import dispute, masking, retraction, settlement, supporting
from archive.web.forms.correcting import correction_from
from archive.web.forms.doing import Deed, Make, event_now
from archive.web.forms.drafting import fill
from archive.web.forms.entities import EntityBox
from archive.web.forms.filled import Filled
from archive.web.forms.foreseeing import Foreseen, mark_of, seen, seen_masking
from archive.web.forms.keeping import is_correction, typed_of
from archive.web.forms.reshaping import merge, new_source, split
from archive.web.forms.steps import Step
from archive.web.forms.typed import Typed
from archive.web.frame.filters import event_url
from archive.web.frame.guarding import current_account, current_instant
from archive.web.frame.session import current_settings

_IMPORTANCE: Final = {"landmark": 2, "major": 1}
_DOUBTFUL: Final = frozenset({"low", "rumour"})
ALL_KINDS: Final = "*"
CORRECTION: Final = "claim_corrected"
# By the kind of the event that each records; a correction is a form of the event itself.
DEEDS: Final[Mapping[str, Make]] = {
    "claim_retracted": retraction,
    "claim_corrected": supporting,
    "claim_disputed": dispute,
    "dispute_settled": settlement,
    "text_masked": masking,
    "entities_merged": merge,
    "entity_split": split,
    "source_added": new_source,
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a draft says, the command that would record it, and the event that it is about.

    ``kinds`` are those by which the rule of two people goes, as the draft's own content has them.
    ``deed`` is there where it is no event of its own. Its acceptance leads ``onward``.
    """

    filled: Filled
    command: Callable[[Connection], Recorded]
    about: str
    kinds: frozenset[str]
    onward: str
    deed: Deed | None = None

    @property
    def is_foreseen(self) -> bool:
        """Tell whether its effect is rehearsed unasked."""
        return self.deed is None or self.deed.is_foreseen

    @property
    def masks(self) -> bool:
        """Tell whether it takes the text of what it is about."""
        return self.deed is not None and self.deed.masks

    def mark(self, draft: Draft, told: Foreseen | None) -> str:
        """Return a mark of all that the reviewer is shown: an acceptance is of that alone."""
        shown = (self.deed.title, self.deed.events) if self.deed else ()
        return mark_of(told, draft.id, draft.version, shown)


class ChangedSinceShownError(RefusedError):
    """What the draft would record or change is no longer what the reviewer was shown."""

    sentence = Words(
        zh="自打开本页以来，这份草稿的内容或影响已有变化；请看过现在的样子再决定。",
        en="What this draft says or changes is no longer what was shown; look at it as it "
        "stands now, then decide.",
    )


def needs_second(*names: str) -> bool:
    """Tell whether an event of one of the kinds called *names* takes two people."""
    return bool({*names, ALL_KINDS} & current_settings().four_eyes)


def prepared(connection: Connection, draft: Draft, *, step: Step) -> Prepared:
    """Return what *draft* would record, in the name of whoever wrote it."""
    typed = typed_of(draft)
    if is_correction(draft):
        return _correction(connection, draft, typed, step=step)
    if draft.kind in DEEDS:
        # What came between its author and its reviewer is in what the reviewer is shown.
        made = DEEDS[draft.kind]
        unhindered = typed.having(expected="")
        deed = made(connection, draft.target, unhindered, step=step, by=draft.account)
        return Prepared(deed.filled, deed.command, deed.about, deed.kinds, deed.onward, deed)
    filled = fill(connection, kind(draft.kind), typed, step=step)
    return Prepared(
        filled,
        lambda one: record(one, raw=filled.raw, recorded_by=draft.account),
        filled.event_id,
        frozenset({filled.kind.name}),
        event_url(filled.event_id),
    )


def _correction(connection: Connection, draft: Draft, typed: Typed, *, step: Step) -> Prepared:
    answer = event_now(connection, draft.target)
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
        frozenset({answer.row.kind, CORRECTION}),
        event_url(answer.row.id),
    )


def accepting(draft: Draft, prepared: Prepared, *, shown: str) -> Callable[[Connection], Recorded]:
    """Return the command that records *draft* and notes who accepted it.

    It raises SecondPersonError where author and reviewer must differ and do not,
    SettledDraftError where somebody was faster, and ChangedSinceShownError where what comes of
    it does not bear the mark of what was *shown*.
    """
    by, now = current_account().name, current_instant()

    def both(connection: Connection) -> Recorded:
        if by == draft.account and needs_second(*prepared.kinds):
            raise SecondPersonError
        move(connection, draft=draft, to=PUBLISHED, since=(SUBMITTED,), now=now)
        if prepared.is_foreseen:
            told_by = seen_masking if prepared.masks else seen
            recorded, told = told_by(connection, prepared.command, event_id=prepared.about)
            mark = prepared.mark(draft, told)
        else:
            recorded, mark = prepared.command(connection), prepared.mark(draft, None)
        if mark != shown:
            raise ChangedSinceShownError
        deed = "accepted-own" if by == draft.account else "accepted"
        note(connection, deed=deed, about=draft.id, account=by, now=now, words=recorded.id)
        sent(connection, account=by, about=draft.id)
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
