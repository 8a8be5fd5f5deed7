"""Answers as JSON documents: whatever a query returns, in plain values."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime

import msgspec

from archive.queries import EventRow

# Day numbers order rows inside; a reader has the bounds of ``occurred``.
_INNER: Mapping[type, frozenset[str]] = {EventRow: frozenset({"first_day", "last_day"})}


def document(value: object) -> object:
    """Return *value* as mappings, lists, text, numbers, booleans and nulls."""
    if is_dataclass(value) and not isinstance(value, type):
        hidden = _INNER.get(type(value), frozenset())
        return {
            field.name: document(getattr(value, field.name))
            for field in fields(value)
            if field.name not in hidden
        }
    if isinstance(value, msgspec.Struct):
        return {
            name: document(part)
            for name in value.__struct_fields__
            if (part := getattr(value, name)) is not msgspec.UNSET
        }
    if isinstance(value, Mapping):
        return {str(name): document(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [document(part) for part in value]
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value
