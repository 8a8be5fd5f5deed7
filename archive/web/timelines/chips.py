"""The chips above the list: one for each thing that narrows it, and the address without it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from archive.web.frame.filters import address, day, label
from archive.web.timelines.questions import Question


@dataclass(frozen=True, slots=True)
class Chip:
    """One narrowing: the word of the address, its value, its words, and the way out of it."""

    field: str
    value: str
    text: str
    undo: str
    count: int = 0


def chips_of(question: Question, *, names: Mapping[tuple[str, str], str]) -> tuple[Chip, ...]:
    """Return a chip for each narrowing of *question*; *names* says what ids are called."""
    return tuple(_chips(question, names))


def _chips(question: Question, names: Mapping[tuple[str, str], str]) -> Iterator[Chip]:
    filters, known = question.filters, request.args.get("known", "")
    if question.first_day is not None or question.last_day is not None:
        yield Chip("from", "", _days(question), address(**{"from": "", "to": ""}))
    for field, values in (("group", filters.groups), ("kind", filters.kinds)):
        for value in sorted(values):
            yield Chip(field, value, label(field, value), _less(field, value))
    for field, value, text in (
        ("entity", filters.entity, names.get(("entity", filters.entity), filters.entity)),
        ("source", filters.source, names.get(("source", filters.source), filters.source)),
        ("q", filters.text, gettext("words: %(words)s", words=filters.text)),
        ("importance", filters.importance, _importance(filters.importance)),
        ("confidence", filters.confidence, _confidence(filters.confidence)),
        ("disputed", "1" if filters.disputed else "", gettext("disputed only")),
        ("retracted", "1" if filters.retracted else "", gettext("with retracted")),
        ("known", known, gettext("as known on %(when)s", when=known)),
    ):
        if value:
            yield Chip(field, value, text, address(**{field: ""}))


def _importance(name: str) -> str:
    words = {"landmark": gettext("landmarks only"), "major": gettext("major and landmarks")}
    return str(words.get(name) or label("importance", name))


def _confidence(name: str) -> str:
    return str(gettext("Confidence: %(how)s", how=label("confidence", name)))


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
