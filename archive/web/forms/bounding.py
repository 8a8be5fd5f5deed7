"""The events that bound a date: named by id or by the address of their page, or suggested."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from sqlalchemy import Connection

from archive.errors import FieldError, NotFoundError
from archive.languages import Words
from archive.queries import EventRow, Filters, event, head, timeline
from archive.web.forms.controls import Control
from archive.web.forms.typed import Typed

BOUNDS: Final = {
    "after": Words("不早于此事件", "No earlier than this event"),
    "before": Words("不晚于此事件", "No later than this event"),
}
_HELP: Final = {
    "after": Words(
        "“公布之后”所指的事件：填标识，或粘贴事件页地址",
        "The event of “after the announcement”: its id, or the address of its page",
    ),
    "before": Words(
        "“交割之前”所指的事件：填标识，或粘贴事件页地址",
        "The event of “before the closing”: its id, or the address of its page",
    ),
}
_ACCEPTED: Final = Words(
    "档案中某事件的标识，或其页面地址（/events/…）",
    "the id of an event that the archive holds, or the address of its page (/events/…)",
)
_ADDRESS: Final = re.compile(r"(?:https?://[^/\s]+)?/?events/([^/?#\s]+)\S*")
_CHOSEN: Final = re.compile(r"field-.+(?<!-new)-id")
_SHOWN: Final = 6
_LOOKED_AT: Final = 60
_MOST_ENTITIES: Final = 6


@dataclass(frozen=True, slots=True)
class EventBox:
    """The control of one bound: the event named in it, else events to choose from."""

    control: Control
    chosen: EventRow | None = None
    hints: tuple[EventRow, ...] = ()

    @property
    def name(self) -> str:
        """Return the control's name, ``after`` or ``before``."""
        return self.control.name

    @property
    def event_id(self) -> str:
        """Return the id of the event named, as typed where the archive has no such event."""
        return self.chosen.id if self.chosen else event_id_of(self.control.value)

    def fault(self) -> FieldError | None:
        """Return what is wrong with what was typed, if anything is."""
        if self.chosen or not self.control.value:
            return None
        return FieldError(field=self.name, value=self.control.value, accepted=_ACCEPTED)


def event_id_of(text: str) -> str:
    """Return the event's id that *text* is, or that the address of its page holds."""
    found = _ADDRESS.fullmatch(text)
    return unquote(found[1]) if found else text


def event_box(connection: Connection, name: str, typed: Typed, *, hinted: bool) -> EventBox:
    """Return the control of a bound as typed; *hinted* asks for events to choose from."""
    control = Control(name, "event", BOUNDS[name], _HELP[name], value=typed.line(name))
    chosen = _event_called(connection, event_id_of(control.value)) if control.value else None
    if chosen is None and hinted:
        return EventBox(control, hints=_neighbours(connection, typed, control.value))
    return EventBox(control, chosen)


def _event_called(connection: Connection, slug: str) -> EventRow | None:
    try:
        return event(connection, id=slug, known=head(connection).position).row
    except NotFoundError:
        return None


def _neighbours(connection: Connection, typed: Typed, words: str) -> tuple[EventRow, ...]:
    """Return events of the entities that the form names, those of most of them first.

    *words* narrow them; where the form names nobody yet, words find them alone.
    """
    named = list(dict.fromkeys(_entities(typed)))[:_MOST_ENTITIES]
    if not (named or words):
        return ()
    filters = [Filters(entity=one, text=words) for one in named] or [Filters(text=words)]
    known = head(connection).position
    rows: dict[str, EventRow] = {}
    shared: Counter[str] = Counter()
    for each in filters:
        page = timeline(connection, filters=each, known=known, limit=_LOOKED_AT, is_counted=False)
        rows |= {row.id: row for row in page.rows}
        shared.update(row.id for row in page.rows)
    ranked = sorted(rows.values(), key=lambda row: (-shared[row.id], -row.first_day))
    return tuple(ranked[:_SHOWN])


def _entities(typed: Typed) -> Iterable[str]:
    names = [name for name in typed.fields if _CHOSEN.fullmatch(name)]
    return (one for name in names for one in typed.several(name))
