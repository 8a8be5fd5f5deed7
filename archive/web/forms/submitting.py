"""A filled form told to the archive: recorded, or given back with all that is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from archive.commands.recording import Recorded, new_id
from archive.commands.targets import AlreadyRetractedError
from archive.errors import ConflictError, KeyReusedError, RefusedError
from archive.log import read_by_ids
from archive.storage import writing
from archive.web.forms.drafting import also_refused_by_the_vocabulary
from archive.web.forms.filled import Filled
from archive.web.forms.foreseeing import Foreseen, foreseen
from archive.web.frame.session import current_connection, engine

Command = Callable[[Connection], Recorded]

_REFUSED, _CONFLICT, _LOOKED_AT = 422, 409, 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a form: what was recorded, or the form again and the status of the answer.

    ``handed`` is the draft that was handed to a second person instead, if it was.
    """

    filled: Filled
    recorded: Recorded | None = None
    status: int = _LOOKED_AT
    foreseen: Foreseen | None = None
    handed: str = ""


def submitted(
    filled: Filled,
    command: Command,
    *,
    about: str = "",
    only_rehearsed: bool = False,
    masks: bool = False,
) -> Outcome:
    """Return the outcome of telling the archive what *filled* says, through *command*.

    The same form sent twice is recorded once, and answered alike both times. Where only the
    effect is asked for, or *only_rehearsed* says so, nothing is kept; *about* names the event
    whose reading is wanted too, or whose text goes where *masks* says so.
    """
    if not filled.step.is_final:
        return Outcome(filled)
    before = _recorded_before(filled.event_id)
    if filled.faults and before is None:
        return looked_at(filled)
    try:
        if filled.step.is_rehearsal or only_rehearsed:
            return Outcome(filled, foreseen=foreseen(command, event_id=about, masks=masks))
        with writing(engine()) as connection:
            return Outcome(filled, command(connection))
    except ConflictError as error:
        return Outcome(_contested(filled, error), status=_CONFLICT)
    except RefusedError as error:
        repeated = before if _is_of_a_repeat(error) else None
        return Outcome(filled.refused(error), repeated, _REFUSED)


def looked_at(filled: Filled) -> Outcome:
    """Return the outcome of only checking a form: nothing is told to the archive or rehearsed."""
    told = also_refused_by_the_vocabulary(current_connection(), filled)
    return Outcome(told, status=_REFUSED if told.faults else _LOOKED_AT)


def fragment_for(outcome: Outcome, *, form: str = "admin_form") -> str:
    """Return what htmx swaps: the panel of the effect where that was asked for, else the form."""
    return "admin_effect" if outcome.filled.step.is_rehearsal else form


def _contested(filled: Filled, error: ConflictError) -> Filled:
    """Return the form again; one whose id another event bears gets a fresh id."""
    again = filled.refused(error)
    return replace(again, event_id=new_id()) if isinstance(error, KeyReusedError) else again


def _recorded_before(event_id: str) -> Recorded | None:
    found = read_by_ids(current_connection(), [event_id]).get(event_id)
    return Recorded(event_id, found.position, is_new=False) if found else None


def _is_of_a_repeat(error: RefusedError) -> bool:
    """Tell whether a correction or retraction is refused only because it was recorded before."""
    return isinstance(error, AlreadyRetractedError) or getattr(error, "field", "") == "event"
