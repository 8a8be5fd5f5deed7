"""What a draft is made of before it is checked: mappings, ids, notes."""

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from archive.errors import FieldError
from archive.languages import Words
from archive.vocabulary.texts import cut_to_size

IDENTIFIER: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")
_ID_ACCEPTED = Words(
    "小写拉丁字母、数字、- . _，最长 120", "lower-case Latin letters, digits, - . _, at most 120"
)

GIVEN_BY_THE_LOG: Final = frozenset(
    {
        *("position", "stream_position", "recorded_at", "recorded_by", "hash"),
        *("standing", "versions"),
    }
)

Raw: TypeAlias = Mapping[str, object]


def identifier(raw: object, *, field: str) -> str:
    """Return *raw* if it can be the id of an entity, a source or an event; else FieldError."""
    if not isinstance(raw, str) or not IDENTIFIER.fullmatch(raw):
        raise FieldError(field=field, value=raw, accepted=_ID_ACCEPTED)
    return raw


def mapping(raw: object, *, field: str) -> Raw:
    """Return *raw* with text for keys, nothing as an empty mapping; else FieldError."""
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise FieldError(field=field, value=raw, accepted=Words("映射", "a mapping"))
    return {str(name): value for name, value in raw.items()}


def note(raw: object, *, field: str) -> str:
    """Return a text of bearable length; nothing is no text."""
    return cut_to_size(raw, field=field) if raw else ""
