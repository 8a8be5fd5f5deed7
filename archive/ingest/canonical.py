"""Events made alike, so that what says the same is kept as the same bytes.

msgspec leaves a default out when it is the very object, not an equal one: a text that came from a
file must be put back to the default before two events are compared by their bytes.
"""

from typing import TypeVar

import msgspec

from archive.log.codec import encode
from archive.vocabulary import Event, nested_event

T = TypeVar("T")


def canonical(event: Event) -> Event:
    """Return an event equal to *event* whose bytes do not depend on how it was made."""
    inner = nested_event(event)
    if inner is None:
        return _alike(event)
    data = {**event.data, "event": msgspec.to_builtins(_alike(inner))}
    return _alike(msgspec.structs.replace(event, data=data))


def says_the_same(one: Event, other: Event) -> bool:
    """Tell whether two events have the same id, place in the world, and content."""
    return identity(one) == identity(other)


def identity(event: Event) -> bytes:
    """Return bytes that are the same for events that say the same, and for no others."""
    alike = canonical(event)
    envelope = (alike.id, alike.stream, alike.kind, alike.kind_version, alike.occurred.edtf)
    return repr(envelope).encode() + encode(alike)


def _alike(value: T) -> T:
    if isinstance(value, tuple):
        return type(value)(_alike(part) for part in value)
    if not isinstance(value, msgspec.Struct):
        return value
    given = {
        field.name: _alike(part)
        for field in msgspec.structs.fields(value)
        if (part := getattr(value, field.name)) != field.default
    }
    return type(value)(**given)
