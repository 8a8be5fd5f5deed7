"""The chips above the list: one for each thing that narrows it, and the address without it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from archive.web.questions import Question
from archive.web.filters import address, day, label


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
    filters = question.filters
    if question.first_day is not None or question.last_day is not None:
        yield Chip("from", "", _days(question), address(**{"from": "", "to": ""}))
    for group in sorted(filters.groups):
        yield Chip("group", group, label("group", group), _less("group", group))
    for kind in sorted(filters.kinds):
        yield Chip("kind", kind, label("kind", kind), _less("kind", kind))
    for field, value in (("entity", filters.entity), ("source", filters.source)):
        if value:
            yield Chip(field, value, names.get((field, value), value), address(**{field: ""}))
    if filters.text:
        yield Chip("q", filters.text, gettext("words: %(words)s", words=filters.text), address(q=""))
    if filters.importance == "landmark":
        yield Chip("importance", "landmark", gettext("landmarks only"), address(importance=""))
    if filters.importance == "major":
        yield Chip("importance", "major", gettext("major and landmarks"), address(importance=""))
    if filters.confidence:
        words = gettext("Confidence: %(how)s", how=label("confidence", filters.confidence))
        yield Chip("confidence", filters.confidence, words, address(confidence=""))
    if filters.disputed:
        yield Chip("disputed", "1", gettext("disputed only"), address(disputed=""))
    if filters.retracted:
        yield Chip("retracted", "1", gettext("with retracted"), address(retracted=""))
    if request.args.get("known"):
        words = gettext("as known on %(when)s", when=request.args["known"])
        yield Chip("known", request.args["known"], words, address(known=""))


def _days(question: Question) -> str:
    if question.first_day is None:
        return gettext("until %(day)s", day=day(question.last_day))
    if question.last_day is None:
        return gettext("from %(day)s", day=day(question.first_day))
    if question.first_day == question.last_day:
        return day(question.first_day)
    return gettext("%(first)s to %(last)s", first=day(question.first_day), last=day(question.last_day))


def _less(field: str, value: str) -> str:
    return address(**{field: [one for one in request.args.getlist(field) if one != value]})
