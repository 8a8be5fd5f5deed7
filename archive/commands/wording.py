"""The words by which the text of an event is found again where people typed or pasted it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, or_, select

from archive.log import RecordedEvent, read_by_positions
from archive.log.tables import events
from archive.projections.tables import entity_names, occurrence_entities
from archive.vocabulary import Event, kind_of, nested_event

_MASKING: Final = "text_masked"
_TEXTS: Final = frozenset({"text", "bilingual"})
# Shorter words stand in what has nothing to do with the event; a wide sign counts twice.
_TELLING: Final = 6
_TELLING_DATUM: Final = 16
_NEEDLE: Final = 120
_WIDE: Final = frozenset("WF")
_BEFORE: Final = re.compile(r"[。！？!?；;…\n]|\.(?=\s)")
_SIGN: Final = re.compile(r"\S")
_BLANK: Final = "█"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an event in all its versions, and the names that nothing else tells.

    ``sources`` are those that the event cites.
    """

    words: tuple[str, ...]
    names: tuple[str, ...]
    sources: frozenset[str]

    def needles(self) -> tuple[str, ...]:
        """Return the beginning of each of the words, on one line, to be sought in a table."""
        lines = (one.splitlines()[0].strip()[:_NEEDLE] for one in self.words if one.strip())
        return tuple(dict.fromkeys(line for line in lines if _weight(line) >= _TELLING))


def wording_of(connection: Connection, event: str) -> Wording:
    """Return the words of the event called *event*, of its corrections and of what withdrew it."""
    about = or_(events.c.id == event, events.c.about == event)
    readable = (about, events.c.payload.is_not(None))
    positions = list(connection.scalars(select(events.c.position).where(*readable)))
    versions = read_by_positions(connection, positions)
    kept = (one for one in versions.values() if one.event.kind != _MASKING)
    said = [one for version in kept for one in _events(version)]
    words = [one for event in said for one in _words(event)]
    return Wording(
        tuple(dict.fromkeys(words)),
        tuple(_names_told_only_by(connection, positions)),
        frozenset(claim.source for event in said for claim in event.claims),
    )


def _names_told_only_by(connection: Connection, positions: Sequence[int]) -> Iterator[str]:
    """Yield the names of those whom no event but those at *positions* touches."""
    mine = entity_names.c.position.in_(positions)
    touched = select(occurrence_entities.c.entity_id)
    others = touched.where(occurrence_entities.c.position.not_in(positions))
    query = select(entity_names.c.name).where(mine, entity_names.c.entity_id.not_in(others))
    yield from connection.scalars(query)


def blanked(text: str, words: Iterable[str], places: Sequence[tuple[int, int]] = ()) -> str:
    """Return *text* without the sentences that hold any of *words*, or stand at *places*.

    A sign stands for each that was readable, so that every other place stays where it was.
    """
    spans = [*places, *(match.span() for one in words for match in _matches(one, text))]
    for first, last in [_sentence(text, start, end) for start, end in spans]:
        text = text[:first] + _SIGN.sub(_BLANK, text[first:last]) + text[last:]
    return text


def _matches(words: str, text: str) -> Iterator[re.Match[str]]:
    parts = unicodedata.normalize("NFC", words).split()
    if parts:
        yield from re.finditer(r"\s+".join(map(re.escape, parts)), text, re.IGNORECASE)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    before = [match.end() for match in _BEFORE.finditer(text, 0, start)]
    after = _BEFORE.search(text, max(start, end - 1))
    return (before[-1] if before else 0), (after.end() if after else len(text))


def _events(version: RecordedEvent) -> Iterator[Event]:
    yield version.event
    if inner := nested_event(version.event):
        yield inner


def _words(event: Event) -> Iterator[str]:
    told = [*event.title.values(), *event.summary.values()]
    told += [words for claim in event.claims for words in (claim.quote, claim.reason)]
    yield from (one for one in told if _weight(one) >= _TELLING)
    kind = kind_of(event)
    for name, value in event.data.items():
        field = kind.field(name)
        if field is not None and field.type.widget in _TEXTS:
            texts = value.values() if isinstance(value, dict) else [value]
            yield from (str(one) for one in texts if _weight(str(one)) >= _TELLING_DATUM)


def _weight(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in _WIDE else 1 for one in words.strip())
