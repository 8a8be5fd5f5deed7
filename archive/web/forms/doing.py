"""A deed about what the archive holds: its form, its command, and what it is about.

The page that asks for a deed and the review of its draft make it by the same function, so that
what is accepted is what would have been recorded at once.
"""

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection

from archive.commands import record
from archive.languages import Words
from archive.queries import EventAnswer, EventRow, event, head
from archive.web.forms.filled import Filled
from archive.web.forms.steps import Step
from archive.web.forms.submitting import Command
from archive.web.forms.typed import Typed
from archive.web.frame.filters import entity_url, event_url


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be done, as a form, in words and as a command.

    ``kinds`` are those by which the rule of two people goes. ``target`` is the event or the entity
    that it is done to. ``about`` names the event that will read otherwise, where there is one;
    ``events`` are those it speaks of, as they read before it. It leads ``onward``.
    ``is_foreseen`` tells that it is rehearsed unasked, so that its effect is seen before;
    ``masks`` tells that it takes the text of what it is about.
    """

    kind: str
    title: Words
    filled: Filled
    command: Command
    kinds: frozenset[str]
    onward: str
    target: str = ""
    about: str = ""
    events: tuple[EventRow, ...] = ()
    is_foreseen: bool = True
    masks: bool = False


class Make(Protocol):
    """Makes a deed to a target of what was typed, recorded in the name of *by*."""

    def __call__(
        self, connection: Connection, target: str, typed: Typed, /, *, step: Step, by: str
    ) -> Deed:
        """Return the deed."""


def event_now(connection: Connection, name: str) -> EventAnswer:
    """Return the event called *name* as it reads now; raises NotFoundError."""
    return event(connection, id=name, known=head(connection).position)


def recording(filled: Filled, by: str) -> Command:
    """Return the command that records what the form says, in the name of *by*."""
    return lambda one: record(one, raw=filled.raw, recorded_by=by)


def of_event(
    kind: str,
    title: Words,
    filled: Filled,
    command: Command,
    answer: EventAnswer,
    others: tuple[EventRow, ...] = (),
) -> Deed:
    """Return a deed to an event, and perhaps to *others*; the rule of its kind covers it too."""
    name = answer.row.id
    return Deed(
        kind,
        title,
        filled,
        command,
        frozenset({kind, answer.row.kind}),
        event_url(name),
        target=name,
        about=name,
        events=(answer.row, *others),
    )


def of_entity(
    kind: str, title: Words, filled: Filled, by: str, target: str, *, onward: str = ""
) -> Deed:
    """Return a deed to an entity, which leads to its page if not *onward*."""
    return Deed(
        kind,
        title,
        filled,
        recording(filled, by),
        frozenset({kind}),
        onward or entity_url(target),
        target=target,
    )
