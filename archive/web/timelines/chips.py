"""The chips above the drawing: one for each thing that narrows it, and the address without it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import request
from flask_babel import gettext
from sqlalchemy import Connection

from archive.queries.known.rows import refs_called, source_refs
from archive.web.frame.filters import address, day, label, words
from archive.web.timelines.choosing import MINUS, PRECISIONS
from archive.web.timelines.questions import Question

_LABELLED = ("group", "kind", "importance", "confidence")


@dataclass(frozen=True, slots=True)
class Chip:
    """One narrowing: the word of the address, its value, its words, and the way out of it."""

    field: str
    value: str
    text: str
    undo: str
    count: int = 0
    is_excluded: bool = False


def chips_of(connection: Connection, question: Question) -> tuple[Chip, ...]:
    """Return a chip for each narrowing of *question*."""
    return tuple(_chips(question, names_of(connection, question)))


def names_of(connection: Connection, question: Question) -> Mapping[tuple[str, str], str]:
    """Return what the entities and sources that narrow are called."""
    filters, without, known = question.filters, question.choice.without, question.known
    entities = {*without.entities, filters.entity} - {""}
    sources = {*without.sources, filters.source} - {""}
    named = refs_called(connection, entities, known=known).values() if entities else ()
    titled = source_refs(connection, sources, known=known).values() if sources else ()
    return {("entity", ref.id): words(ref.names) for ref in named} | {
        ("source", ref.id): ref.title for ref in titled
    }


def _chips(question: Question, names: Mapping[tuple[str, str], str]) -> Iterator[Chip]:
    filters, choice, without = question.filters, question.choice, question.choice.without
    if question.first_day is not None or question.last_day is not None:
        yield Chip("from", "", _days(question), address(**{"from": "", "to": ""}))
    for field, chosen, excluded in (
        ("group", filters.groups, without.groups),
        ("kind", filters.kinds, without.kinds),
        ("importance", {filters.importance}, without.importance),
        ("confidence", {filters.confidence}, without.confidence),
        ("precision", choice.precisions, without.precisions),
        ("entity", {filters.entity}, without.entities),
        ("source", {filters.source}, without.sources),
    ):
        for value in sorted(set(chosen) - {""}):
            yield Chip(field, value, _said(field, value, names), _less(field, value))
        for value in sorted(excluded):
            text = gettext("without %(what)s", what=_named(field, value, names))
            undo = _less(field, MINUS + value)
            yield Chip(field, value, text, undo, is_excluded=True)
    for field, value, text in (
        ("q", filters.text, gettext("words: %(words)s", words=filters.text)),
        ("disputed", "1" if filters.disputed else "", gettext("disputed only")),
        ("disputed", "1" if without.disputed else "", gettext("without disputed")),
        ("retracted", "1" if filters.retracted else "", gettext("with retracted")),
        ("known", _known(), gettext("as known on %(when)s", when=_known())),
    ):
        if value:
            yield Chip(field, value, text, address(**{field: ""}))


def _known() -> str:
    return request.args.get("known", "")


def _said(field: str, value: str, names: Mapping[tuple[str, str], str]) -> str:
    if field == "importance":
        said = {"landmark": gettext("landmarks only"), "major": gettext("major and landmarks")}
        return str(said.get(value) or label("importance", value))
    if field == "confidence":
        return str(gettext("Confidence: %(how)s", how=label("confidence", value)))
    return _named(field, value, names)


def _named(field: str, value: str, names: Mapping[tuple[str, str], str]) -> str:
    if field == "precision":
        return words(PRECISIONS[value])
    if field in _LABELLED:
        return label(field, value)
    return names.get((field, value), value)


def _days(question: Question) -> str:
    if question.first_day is None:
        return str(gettext("until %(day)s", day=day(question.last_day)))
    if question.last_day is None:
        return str(gettext("from %(day)s", day=day(question.first_day)))
    if question.first_day == question.last_day:
        return day(question.first_day)
    first, last = day(question.first_day), day(question.last_day)
    return str(gettext("%(first)s to %(last)s", first=first, last=last))


def _less(field: str, value: str) -> str:
    return address(**{field: [one for one in request.args.getlist(field) if one != value]})
