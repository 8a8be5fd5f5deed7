"""Whether two events say the same."""

from hashlib import sha256

from archive.log.codec import encode
from archive.vocabulary import Event


def says_the_same(one: Event, other: Event) -> bool:
    """Tell whether two events have the same id, place in the world, and content."""
    return identity(one) == identity(other)


def identity(event: Event) -> bytes:
    """Return bytes that are the same for events that say the same, and for no others."""
    envelope = (event.id, event.stream, event.kind, event.kind_version, event.occurred.edtf)
    return repr(envelope).encode() + encode(event)


def digest(event: Event) -> bytes:
    """Return few bytes in the place of ``identity``."""
    return sha256(identity(event)).digest()
