"""A posted form → the draft of an event, and what keeps it from being one."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection

from archive.commands.drafts import ASSISTED
from archive.commands.recording import checked, new_id
from archive.dates import EXAMPLES
from archive.errors import FieldError, RefusedError
from archive.languages import LOCALES, Words
from archive.vocabulary import MACHINE_PROPOSED, Kind
from archive.web.forms import claiming, occurring
from archive.web.forms.bounding import BOUNDS, event_box
from archive.web.forms.circumstances import common_controls
from archive.web.forms.controls import both_titles, placeholder_title
from archive.web.forms.entities import EntityBox
from archive.web.forms.faults import Faults
from archive.web.forms.filled import Draft, Filled
from archive.web.forms.saying import canonical, controls_of, data_in, mentions_in
from archive.web.forms.steps import CLAIM, Step
from archive.web.forms.typed import LONGEST_LINE, Typed
from archive.web.frame.asking import MalformedRequestError

_REQUIRED_DATE: Final = Words(f"必填，例如 {EXAMPLES.zh}", f"required, for example {EXAMPLES.en}")


def fill(connection: Connection, kind: Kind, typed: Typed, *, step: Step) -> Filled:
    """Return the form of *kind* as typed, its entities and dates read, ready to be recorded.

    Faults are looked for when *step* is final; the vocabulary's own only when it is told.
    """
    typed = claiming.after_its_button(occurring.after_its_button(connection, typed, step), step)
    fields = controls_of(connection, kind, typed, step)
    boxes = [one for one in fields if isinstance(one, EntityBox)]
    bounds = {
        name: event_box(connection, name, typed, hinted=not step.is_final) for name in BOUNDS
    }
    date = occurring.date_in(connection, typed)
    data, faults = data_in(connection, kind, typed)
    mentions = mentions_in(boxes)
    said = canonical(kind, data)
    title = placeholder_title(kind, mentions, said)
    raw = _raw(kind, typed, boxes, data, occurring.occurred(typed, date, bounds))
    texts = {locale: typed.one(f"title-{locale}") for locale in LOCALES}
    raw |= {"title": both_titles(kind, mentions, said, texts)}
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
