"""What queries answer with: frozen rows that pages, commands and files may rely on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from archive.languages import Words
from archive.vocabulary import Mention, Occurred


class EntityRef(msgspec.Struct, frozen=True, gc=False):
    """An entity by its id, with its type and the names that pages show."""

    id: str
    type: str
    names: Words


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A source by its id; ``published`` is EDTF or empty."""

    id: str
    title: str
    publisher: Words
    published: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """Who says so, where in it, and how far it is to be trusted."""

    source: SourceRef
    locator: str
    confidence: str
    reason: str
    grade: str
    quote: str
    quote_language: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as it reads at a record position: corrections applied.

    ``id`` is that of the event as first recorded, ``position`` that of the version shown. Days are
    Julian Day Numbers; open ends are the earliest and the latest day.
    """

    id: str
    position: int
    kind: str
    occurred: Occurred
    first_day: int
    last_day: int
    title: Words
    summary: Words
    entities: tuple[Mention, ...]
    data: Mapping[str, object]
    claims: tuple[ClaimRow, ...]
    importance: str
    confidence: str
    is_corrected: bool
    is_retracted: bool
    is_disputed: bool
    recorded_at: datetime
    recorded_by: str
    is_machine_proposed: bool = False


NO_WORDS = Words("", "")


def words_of(texts: Mapping[str, str]) -> Words:
    """Return the texts keyed by language as one pair, each language standing in for the other."""
    spare = next(iter(texts.values()), "")
    return Words(texts.get("zh", spare), texts.get("en", spare))
