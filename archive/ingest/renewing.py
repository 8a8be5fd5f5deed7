"""A line as it was exported years ago → the same line in the words of its kind of today."""

from collections.abc import Mapping
from typing import Final

import msgspec

from archive.errors import FieldError
from archive.languages import Words
from archive.vocabulary import UPCASTS, Event, Raw, as_said_today

_AS_EXPORTED: Final = Words(
    "当前版本，或 archive export 当年写出的完整一行",
    "today's version, or a whole line as archive export wrote it then",
)


def renewed(raw: Raw) -> Raw:
    """Return *raw* as its kind says it today, the event within a correction likewise.

    The very steps by which the log is read bring it there, so that a line and the event that it
    was exported from say the same for ever. It is recorded in the version of today: what was
    written in the log of its time stays as it is there. Raises FieldError where it is not whole.
    """
    if not is_older(raw):
        return raw
    said = {name: value for name, value in raw.items() if value is not None}
    try:
        event = as_said_today(msgspec.convert({"stream": "", **said}, Event))
    except msgspec.ValidationError as error:
        version = raw.get("kind_version")
        raise FieldError(field="kind_version", value=version, accepted=_AS_EXPORTED) from error
    occurred = msgspec.to_builtins(event.occurred)
    bounded = {name: one for name, one in occurred.items() if one is not None}
    return {**said, **msgspec.to_builtins(event), "occurred": bounded}


def is_older(raw: Raw) -> bool:
    """Tell whether *raw*, or the event within it, says what it says in words of years ago."""
    return bool(UPCASTS) and (_is_of_old(raw) or _is_of_old(_inner(raw)))


def _is_of_old(raw: Raw) -> bool:
    kind, version = raw.get("kind"), raw.get("kind_version")
    return isinstance(kind, str) and isinstance(version, int) and (kind, version) in UPCASTS


def _inner(raw: Raw) -> Raw:
    data = raw.get("data")
    inner = data.get("event") if isinstance(data, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}
