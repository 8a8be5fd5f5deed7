"""A posted form → the draft of an event, and what keeps it from being one."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import Connection

from archive.commands.drafts import ASSISTED
from archive.commands.recording import checked, new_id
from archive.dates import EXAMPLES
from archive.errors import ArchiveError, FieldError, RefusedError, UnreadableDateError
from archive.languages import LOCALES, Words
from archive.vocabulary import MACHINE_PROPOSED, UNKNOWN, Field, Kind, Mention
from archive.web.forms import claiming
from archive.web.forms.bounding import BOUNDS, EventBox, event_box
from archive.web.forms.circumstances import common_controls
from archive.web.forms.controls import (
    Control,
    both_titles,
    control_for,
    name_of,
    placeholder_title,
)
from archive.web.forms.dating import DateAnswer, answer_for
from archive.web.forms.entities import EntityBox, box_from
from archive.web.forms.faults import Faults, faults_of
from archive.web.forms.steps import BOUND, CLAIM, WHEN, Step
from archive.web.forms.typed import LONGEST_LINE, Typed
from archive.web.frame.asking import MalformedRequestError
from archive.web.frame.session import today

Draft = dict[str, object]

_WHY, _REASON = "correction-reason", "field-reason"
_UNKNOWN_WORDS: Final = frozenset({"未知", "不详", UNKNOWN})
_LINES: Final = frozenset({"amount", "flag", "choice", "licence", "region", "date"})
_SHORT_ENOUGH: Final = Words(f"不超过 {LONGEST_LINE} 个字符", f"at most {LONGEST_LINE} characters")
_REQUIRED_DATE: Final = Words(f"必填，例如 {EXAMPLES.zh}", f"required, for example {EXAMPLES.en}")


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it stands: its controls, the draft they make, and what is wrong with it."""

    kind: Kind
    event_id: str
    step: Step
    fields: tuple[Control | EntityBox, ...]
    common: Mapping[str, Control]
    date: DateAnswer
    raw: Draft
    faults: Faults = field(default_factory=Faults)
    expected: int | None = None
    bounds: Mapping[str, EventBox] = field(default_factory=dict)
    further: tuple[Mapping[str, str], ...] = ()

    @property
    def labels(self) -> dict[str, Words]:
        """Return the label of each control that an error may be about."""
        found: dict[str, Words] = {}
        for one in self.fields:
            label = one.field.label if isinstance(one, EntityBox) else one.label
            found |= dict.fromkeys((one.name, *(f"{one.name}-{each}" for each in LOCALES)), label)
        found |= {name: box.control.label for name, box in self.bounds.items()}
        for name, one in self.common.items():
            found |= dict.fromkeys((name, *(f"{name}-{each}" for each in LOCALES)), one.label)
        return found

    def refused(self, error: ArchiveError) -> "Filled":
        """Return the same form with *error* beside what it is about."""
        found = faults_of(error, self.kind)
        if _WHY in self.common and _REASON in found:  # the reason of a deed has its own control
            found[_WHY] = found.pop(_REASON)
        return replace(self, faults=self.faults.having(found))


def fill(connection: Connection, kind: Kind, typed: Typed, *, step: Step) -> Filled:
    """Return the form of *kind* as typed, its entities and dates read, ready to be recorded.

    Faults are looked for when *step* is final; the vocabulary's own only when it is told.
    """
    typed = claiming.after_its_button(_after_its_button(connection, typed, step), step)
    fields = _fields(connection, kind, typed, step)
    boxes = [one for one in fields if isinstance(one, EntityBox)]
    bounds = {
        name: event_box(connection, name, typed, hinted=not step.is_final) for name in BOUNDS
    }
    date = _date(connection, typed)
    data, faults = _data(connection, kind, typed)
    mentions = _mentions(boxes)
    canonical = _canonical(kind, data)
    title = placeholder_title(kind, mentions, canonical)
    raw = _raw(kind, typed, boxes, data, _occurred(typed, date, bounds))
    texts = {locale: typed.one(f"title-{locale}") for locale in LOCALES}
    raw |= {"title": both_titles(kind, mentions, canonical, texts)}
    for box in boxes:
        faults |= {box.name: box.error} if box.error else {}
    faults |= {name: fault for name, box in bounds.items() if (fault := box.fault())}
    faults |= claiming.faults_of_rows(typed)
    if date.reading is None and not date.is_kept_as_stated:
        faults["when"] = date.fault or FieldError(field="when", value="", accepted=_REQUIRED_DATE)
    common = common_controls(connection, typed, is_world=kind.is_world, title=title)
    event_id = _id(typed)
    return Filled(
        kind=kind,
        event_id=event_id,
        step=step,
        fields=fields,
        common=common,
        date=date,
        raw={"id": event_id, **raw},
        faults=Faults(faults) if step.is_final else Faults(),
        expected=_number(typed.one("expected")),
        bounds=bounds,
        further=_further(typed, step),
    )


def also_refused_by_the_vocabulary(connection: Connection, filled: Filled) -> Filled:
    """Return the form with every further error that its draft has, all told at once."""
    if not filled.raw:
        return filled
    try:
        checked(connection, [filled.raw])
    except RefusedError as error:
        return filled.refused(error)
    return filled


def _after_its_button(connection: Connection, typed: Typed, step: Step) -> Typed:
    """Return the form after a button of the date's own: a reading taken, an event chosen.

    Words that may mean two days are kept as stated: so the log remembers which was chosen.
    """
    if step.verb == BOUND and step.field in BOUNDS:
        return typed.having(**{step.field: step.about})
    if step.verb != WHEN:
        return typed
    before = _date(connection, typed)
    stated = typed.one("stated") or (before.words if before.is_ambiguous else "")
    return typed.having(when=step.field, stated=stated)


def _date(connection: Connection, typed: Typed) -> DateAnswer:
    return answer_for(
        connection,
        typed.one("when"),
        source=typed.one("source"),
        is_relative=any(typed.one(name) for name in BOUNDS),
    )


def _id(typed: Typed) -> str:
    said = typed.one("event_id")
    if not said:
        return new_id()
    try:
        return str(uuid.UUID(said))
    except ValueError as error:
        what = Words("表单的 event_id 不是标识", "the form's event_id is no id")
        raise MalformedRequestError(what=what) from error


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= LONGEST_LINE // 20 else None


def _fields(
    connection: Connection, kind: Kind, typed: Typed, step: Step
) -> tuple[Control | EntityBox, ...]:
    return tuple(
        box_from(connection, one, kind=kind.name, typed=typed, step=step)
        if one.is_role
        else control_for(one, typed)
        for one in kind.fields
    )


def _data(
    connection: Connection, kind: Kind, typed: Typed
) -> tuple[Draft, dict[str, ArchiveError]]:
    data: Draft = {}
    faults: dict[str, ArchiveError] = {}
    for one in kind.fields:
        if one.is_role:
            continue
        try:
            value = _datum(connection, one, typed)
        except FieldError as error:
            faults[name_of(one)] = error
            continue
        if value:
            data[one.name] = value
    return data, faults


def _datum(connection: Connection, field: Field, typed: Typed) -> object:
    name, widget = name_of(field), field.type.widget
    if widget == "bilingual":
        texts = {locale: typed.one(f"{name}-{locale}") for locale in LOCALES}
        return {locale: text for locale, text in texts.items() if text}
    if widget == "choices":
        return list(typed.several(name))
    text = typed.one(name)
    if widget in _LINES and len(text) > LONGEST_LINE:
        raise FieldError(field=field.name, value=text, accepted=_SHORT_ENOUGH)
    if text in _UNKNOWN_WORDS and widget != "choice":
        return UNKNOWN
    if widget == "date" and text:
        return _edtf(connection, field, text, source=typed.one("source"))
    return text


def _edtf(connection: Connection, field: Field, text: str, *, source: str) -> str:
    answer = answer_for(connection, text, source=source)
    if answer.reading is None:
        refusal = type(answer.fault) if answer.fault else UnreadableDateError
        raise refusal(text, field=field.name)
    return answer.reading.edtf


def _mentions(boxes: Iterable[EntityBox]) -> tuple[Mention, ...]:
    chosen = (
        Mention(ref.id, ref.type, box.field.name, {"zh": ref.names.zh, "en": ref.names.en})
        for box in boxes
        for ref in box.chosen
    )
    created = (
        Mention(one.id, one.type, box.field.name, one.names)
        for box in boxes
        for one in box.newcomers
    )
    return (*chosen, *created)


def _canonical(kind: Kind, data: Mapping[str, object]) -> Draft:
    """Return what of the data can be read already, for the sentence that titles the event."""
    read: Draft = {}
    for one in kind.fields:
        if one.name not in data:
            continue
        try:
            read[one.name] = one.type.read(data[one.name], field=one.name)
        except RefusedError:
            continue
    return read


def _raw(
    kind: Kind, typed: Typed, boxes: Iterable[EntityBox], data: Draft, occurred: Draft
) -> Draft:
    summary = {locale: typed.one(f"summary-{locale}") for locale in LOCALES}
    raw: Draft = {
        "kind": kind.name,
        "entities": [mention for box in boxes for mention in box.mentions()],
        "data": data,
        "occurred": occurred,
        "summary": {locale: text for locale, text in summary.items() if text},
        "importance": typed.one("importance") or "minor",
    }
    if kind.is_world and claiming.claims_from(typed):
        raw["claims"] = claiming.claims_from(typed)
    if typed.line("origin") == ASSISTED:
        raw["tags"] = [MACHINE_PROPOSED]
    return raw


def _further(typed: Typed, step: Step) -> tuple[Mapping[str, str], ...]:
    rows = claiming.further_claims(typed)
    return tuple(row for row in rows if step.verb == CLAIM or claiming.says_something(row))


def _occurred(typed: Typed, date: DateAnswer, bounds: Mapping[str, EventBox]) -> Draft:
    given = {
        **_said(date),
        "date_kind": typed.one("date_kind") or "occurred",
        "place": typed.one("place"),
        **{name: box.event_id for name, box in bounds.items()},
    }
    if typed.one("stated"):
        given["stated"] = typed.one("stated")
    return {name: value for name, value in given.items() if value}


def _said(date: DateAnswer) -> dict[str, str]:
    if date.reading:
        is_notation = date.reading.edtf == date.words
        return {"edtf": date.reading.edtf, "stated": "" if is_notation else date.words}
    if date.is_kept_as_stated:
        return {"stated": date.words}
    # A date that cannot be read is told as the form's own error, and stands for itself here.
    return {"edtf": today().isoformat()}
