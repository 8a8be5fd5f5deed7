"""What can narrow the view further, with counts: one click chooses, a second one excludes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from flask import request
from flask_babel import gettext

from archive.queries import Facets
from archive.web.frame.filters import address, label, words
from archive.web.timelines.choosing import MINUS, PRECISIONS

_SHOWN = 7
# An id that nothing bears is told as it was typed.
_NAMED = frozenset({"entity", "source"})
_SINGLE = frozenset({"entity", "source", "confidence", "disputed"})


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to narrow by: its words, its count, what a click leads to, and how it stands."""

    value: str
    text: str
    count: int
    to: str
    state: str


@dataclass(frozen=True, slots=True)
class Section:
    """The facets of one kind; the later ones are folded away."""

    field: str
    title: str
    first: tuple[Facet, ...]
    more: tuple[Facet, ...]


def sections_of(found: Facets, names: Mapping[tuple[str, str], str]) -> tuple[Section, ...]:
    """Return the sections that have anything to offer; *names* says what is excluded."""
    kinds = [(name, label("kind", name), count) for name, count in found.kinds]
    offered: dict[str, tuple[str, list[tuple[str, str, int]]]] = {
        "group": (gettext("Kinds"), [(one, label("group", one), n) for one, n in found.groups]),
        "kind": (gettext("Every kind"), kinds),
        "entity": (
            gettext("Entities"),
            [(ref.id, words(ref.names), count) for ref, count in found.entities],
        ),
        "source": (gettext("Sources"), [(ref.id, ref.title, n) for ref, n in found.sources]),
        "precision": (
            gettext("Precision of the date"),
            [(one, words(PRECISIONS[one]), count) for one, count in found.precision],
        ),
        "confidence": (
            gettext("Confidence"),
            [(one, label("confidence", one), count) for one, count in found.confidence],
        ),
        "disputed": (
            gettext("Disputes"),
            [("1", gettext("disputed"), found.disputed)] if found.disputed else [],
        ),
    }
    made = (
        _section(field, title, [*_excluded(field, found, names), *rows])
        for field, (title, rows) in offered.items()
    )
    return tuple(section for section in made if section.first or section.more)


def _excluded(
    field: str, found: Facets, names: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, str, int]]:
    for of, value, count in found.excluded:
        if of == field == "disputed":
            yield "1", gettext("disputed"), count
        elif of == field:
            yield value, names.get((field, value)) or _called(field, value), count


def _called(field: str, value: str) -> str:
    if field == "precision":
        return words(PRECISIONS[value])
    return value if field in _NAMED else label(field, value)


def _section(field: str, title: str, rows: Iterable[tuple[str, str, int]]) -> Section:
    seen = {value: _facet(field, value, text, count) for value, text, count in rows}
    facets = iter(seen.values())
    shown = 0 if field == "kind" else _SHOWN
    return Section(field, title, tuple(islice(facets, shown)), tuple(facets))


def _facet(field: str, value: str, text: str, count: int) -> Facet:
    now = request.args.getlist(field)
    others = [word for word in now if word not in {value, MINUS + value}]
    if MINUS + value in now:
        return Facet(value, text, count, address(**{field: others}), "excluded")
    if value in now:
        return Facet(value, text, count, address(**{field: [*others, MINUS + value]}), "chosen")
    kept = [word for word in others if word.startswith(MINUS)] if field in _SINGLE else others
    return Facet(value, text, count, address(**{field: [*kept, value]}), "")
