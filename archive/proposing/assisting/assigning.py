"""The words of one field → its value, by the readers that plain proposals use; or nothing."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from archive.dates import read
from archive.errors import RefusedError
from archive.languages import LOCALES
from archive.proposing.assisting.grounding import Ground
from archive.proposing.calling import folded
from archive.proposing.counting import Counted
from archive.proposing.dating import When
from archive.proposing.guessing import amounts_of
from archive.proposing.narrating import capped
from archive.proposing.proposals import Filled, Named, Span, Value
from archive.proposing.staging import Stage
from archive.proposing.tables.measures import MEASURES, WORDED
from archive.proposing.tables.telling import TELLINGS
from archive.vocabulary import Field, Kind

_MEASURE: Final = "measure"


@dataclass(frozen=True, slots=True)
class Scene:
    """A text laid out for reading: its sentences, whom and which dates each of them names."""

    ground: Ground
    stages: Sequence[Stage]
    dates: Sequence[Sequence[When]]
    published: date
    language: str | None
    counted: dict[int, tuple[Counted, ...]] = field(default_factory=dict)

    def at(self, place: Span) -> int:
        """Return the number of the sentence in which *place* begins."""
        return max(0, bisect_right(self.stages, place.start, key=_start_of) - 1)

    def when(self, words: str, *, near: Span) -> When | None:
        """Return the one date that *words* tell, as the sentence around them has it read."""
        place = self.ground.place_of(words, near=near)
        if place is None:
            return None
        own = [one for one in self.dates[self.at(place)] if not one.is_carried]
        met = [one for one in own if one.span.meets(place)]
        if met:
            return met[0] if len(met) == 1 else None
        told = place.of(self.ground.text)
        found = read(told, ref=self.published, lang=self.language)
        if found is None:
            return None
        return When(capped(found, published=self.published), told, place)

    def bearers(self, field: Field, words: str, *, near: Span) -> tuple[Filled, ...]:
        """Return the entities that *words* name, if the role may be theirs."""
        place = self.ground.place_of(words, near=near)
        if place is None:
            return ()
        types = getattr(field.type, "types", ())
        named = self.stages[self.at(place)].named
        met = {one.id: one for one in named if one.type in types and one.span.meets(place)}
        if len(met) > 1 and not field.is_many:
            return ()
        return tuple(_in_role(field, one) for one in met.values())

    def datum(self, kind: Kind, field: Field, words: str, *, near: Span) -> Filled | None:
        """Return the value that *words* give to *field*; None where no reader takes them so."""
        if field.type.widget == "date":
            when = self.when(words, near=near)
            value = _read(field, when.reading.edtf) if when else None
            return _filled(field, value, when.words, when.span) if when else None
        place = self.ground.place_of(words, near=near)
        if place is None:
            return None
        told = place.of(self.ground.text)
        if field.type.widget == "amount":
            readings = _told(kind, field, told)
            return self._amount(field, place) or _first(field, readings, told, place)
        return _first(field, _readings(kind, field, told), told, place)

    def _amount(self, field: Field, place: Span) -> Filled | None:
        """Return the one amount that stands at *place*, whole, as its sentence tells it."""
        number = self.at(place)
        stage = self.stages[number]
        if number not in self.counted:  # many fields ask of the same sentence
            self.counted[number] = amounts_of(stage, self.dates[number])
        met = [one for one in self.counted[number] if one.span.meets(place)]
        if len(met) != 1:
            return None
        words = stage.sentence.words_of(met[0].span)
        return _filled(field, met[0].read_as(field, words), words, met[0].span)


def _start_of(stage: Stage) -> int:
    return stage.sentence.start


def _in_role(field: Field, one: Named) -> Filled:
    return Filled(field.name, one.id, one.words, one.span)


def _filled(field: Field, value: object | None, words: str, place: Span) -> Filled | None:
    return None if value is None else Filled(field.name, value, words, place)  # type: ignore[arg-type]  # canonical JSON


def _first(field: Field, readings: Iterator[str], words: str, place: Span) -> Filled | None:
    values = (_read(field, one) for one in readings)
    return _filled(field, next((one for one in values if one is not None), None), words, place)


def _told(kind: Kind, field: Field, words: str) -> Iterator[str]:
    """Yield the values that *words* tell of *field*, by the table of such words."""
    plain = folded(words)
    for row in TELLINGS.get(kind.name, ()):
        if row.field == field.name and row.value and row.pattern.search(plain):
            yield row.value


def _readings(kind: Kind, field: Field, words: str) -> Iterator[str]:
    """Yield what *words* may stand for: a choice that they tell, the name of one, themselves."""
    yield from _told(kind, field, words)
    plain = folded(words)
    if field.name == _MEASURE:
        yield from (row.measure for row in (*MEASURES, *WORDED) if row.pattern.search(plain))
    options = getattr(field.type, "options", {})
    for name, label in options.items():
        if plain in {folded(label.in_language(locale)) for locale in LOCALES}:
            yield name
    yield words


def _read(field: Field, raw: str) -> Value | None:
    try:
        return field.type.read(raw, field=field.name)  # type: ignore[return-value]  # canonical JSON
    except RefusedError:
        return None
