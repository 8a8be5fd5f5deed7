"""An event as it was written years ago → the same event as its kind says it today."""

from collections.abc import Callable
from typing import Final, TypeAlias

import msgspec

from archive.vocabulary.event import Event, nested_event

Upcast: TypeAlias = Callable[[Event], Event]

# From a version of a kind to the next; none is ever changed or taken out. None so far: every kind
# is at its first version.
UPCASTS: Final[dict[tuple[str, int], Upcast]] = {}


def as_said_today(event: Event) -> Event:
    """Return what *event* says in its kind's words of today, and a correction's event likewise."""
    if not UPCASTS:
        return event
    while step := UPCASTS.get((event.kind, event.kind_version)):
        event = msgspec.structs.replace(step(event), kind_version=event.kind_version + 1)
    inner = nested_event(event)
    if inner is None:
        return event
    data = {**event.data, "event": msgspec.to_builtins(as_said_today(inner))}
    return msgspec.structs.replace(event, data=data)
