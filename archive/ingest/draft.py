"""A row read but not yet recorded, where it stands in its file, and what is wrong with it."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from typing_extensions import override

from archive.errors import BatchError, RefusedError
from archive.languages import Words
from archive.vocabulary import GIVEN_BY_THE_LOG, Raw

_BY_CONTENT: Final = uuid.UUID("6f3a8d52-9a0e-5c41-8d0b-3f6f6c1b7e21")
_LONG: Final = 6


@dataclass(frozen=True, slots=True)
class Draft:
    """One row of a file: ``place`` is its file and line, ``errors`` why it could not be read."""

    place: str
    raw: Raw
    errors: tuple[RefusedError, ...] = ()


class PlacedError(RefusedError):
    """An error with the file and line where it stands."""

    sentence = Words(zh="{place}：{error}", en="{place}: {error}")

    def __init__(self, error: RefusedError, *, place: str) -> None:
        self.error = error
        self.place = place
        super().__init__(place=place, error=error)

    @override
    def words(self, locale: str) -> str:
        """Return the place, uncut, and the sentence of the error."""
        return self.sentence.in_language(locale).format(
            place=self.place, error=self.error.words(locale)
        )


def each_of(error: RefusedError) -> tuple[RefusedError, ...]:
    """Return the single errors that *error* holds."""
    return error.errors if isinstance(error, BatchError) else (error,)


def placed(errors: Iterable[RefusedError], *, place: str) -> list[RefusedError]:
    """Return *errors*, each saying where it stands."""
    return [PlacedError(error, place=place) for error in errors]


def numbered(row: dict[str, object]) -> dict[str, object]:
    """Return *row* with its version as a number: the only one that is no text in an event."""
    version = row.get("kind_version")
    if isinstance(version, str) and version.isdecimal() and len(version) < _LONG:
        return {**row, "kind_version": int(version)}
    return row


def with_id(raw: Raw) -> dict[str, object]:
    """Return *raw* without what the log puts on, and with an id of its content if it has none."""
    said = numbered(dict(raw))
    for name in GIVEN_BY_THE_LOG:
        said.pop(name, None)
    if said.get("id"):
        return said
    content = json.dumps(
        {name: value for name, value in said.items() if value is not None},
        ensure_ascii=False,
        sort_keys=True,
        default=str,
    )
    return {**said, "id": str(uuid.uuid5(_BY_CONTENT, content))}


def merged(defaults: Mapping[str, object], item: Mapping[str, object]) -> dict[str, object]:
    """Return *item* over *defaults*; where both hold a mapping, those are merged likewise."""
    result = {**defaults, **item}
    for name, value in defaults.items():
        own = item.get(name)
        if isinstance(value, Mapping) and isinstance(own, Mapping):
            result[name] = {**value, **own}
    return result
