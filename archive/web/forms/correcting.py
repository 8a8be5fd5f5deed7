"""An event as it reads → its form, filled; and the filled form → only what was changed in it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import msgspec
from sqlalchemy import Connection
from werkzeug.datastructures import MultiDict

from archive.dates import restated
from archive.errors import ArchiveError, FieldError
from archive.languages import LOCALES, Words
from archive.queries import EventAnswer, EventRow
from archive.vocabulary import REASON_KIND, Field, Mention, is_derived, kind
from archive.web.forms import claiming
from archive.web.forms.circumstances import correction_controls, reason_control
from archive.web.forms.drafting import fill
from archive.web.forms.faults import WHOLE, Faults
from archive.web.forms.filled import Draft, Filled
from archive.web.forms.steps import Step
from archive.web.forms.typed import Typed
from archive.web.frame.translating import current_locale

_CLAIM: Final = ("source", "locator", "quote", "confidence", "reason")
_WHEN: Final = ("when", "time", "stated", "date_kind", "place", "after", "before")
_A_CHANGE: Final = Words("至少一处改动", "at least one change")
_REASON: Final = Words("必填：为什么更正", "required: why it is corrected")
_RETRACTED: Final = Words("必填：为什么撤回", "required: why it is withdrawn")
_REASON_KIND: Final = Words("必选其一", "choose one")


class NothingChangedError(FieldError):
    """The form says what the event says already."""

    sentence = Words(
        zh="尚无改动：请先改正有误之处。", en="Nothing is changed yet: change what was wrong."
    )


def form_of_event(row: EventRow) -> Typed:
    """Return the form as one would have typed it to record the event as it reads now."""
    of_kind = kind(row.kind)
    is_hung = bool(row.occurred.after or row.occurred.before)
    is_told = not is_hung or bool(row.occurred.earliest or row.occurred.latest)
    fields: list[tuple[str, str]] = [
        ("when", _when(row) if is_told else ""),
        ("time", row.occurred.clock),
        ("stated", row.occurred.stated),
        ("date_kind", row.occurred.date_kind),
        ("place", row.occurred.place),
        ("after", row.occurred.after),
        ("before", row.occurred.before),
        ("importance", row.importance),
    ]
    fields += _claim_fields(row)
    fields += [(f"summary-{locale}", row.summary.in_language(locale)) for locale in LOCALES]
    title = {locale: row.title.in_language(locale) for locale in LOCALES}
    if not is_derived(title, of_kind, row.entities, row.data):
        fields += [(f"title-{locale}", text) for locale, text in title.items()]
    for mention in row.entities:
        fields.append((f"field-{mention.role}-id", mention.id))
    for one in of_kind.fields:
        if one.name in row.data:
            fields += data_fields(one, row.data[one.name])
    return Typed(MultiDict(fields))


def _when(row: EventRow) -> str:
    """Return the date in words that are read as the very same, or as EDTF where there are none.

    Words that a quote has would be taken for the source's own, and so for something new.
    """
    words = restated(row.occurred.edtf, locale=current_locale())
    is_quoted = any(words in claim.quote for claim in row.claims)
    return row.occurred.edtf if is_quoted else words


def _claim_fields(row: EventRow) -> list[tuple[str, str]]:
    """Return the first claim in the fields of its own, the others as rows of further ones."""
    if not row.claims:
        return []
    first, *rest = [claiming.row_of(one) for one in row.claims]
    fields = [(name, first[name]) for name in _CLAIM]
    return fields + [
        (f"{claiming.ROW}-{part}", one[part]) for one in rest for part in claiming.PARTS
    ]


def data_fields(field: Field, value: object) -> list[tuple[str, str]]:
    """Return the pairs of a form that hold a canonical value of *field*."""
    name, widget = f"field-{field.name}", field.type.widget
    if widget == "bilingual" and isinstance(value, Mapping):
        return [(f"{name}-{locale}", str(value.get(locale, ""))) for locale in LOCALES]
    if isinstance(value, list):
        return [(name, str(each)) for each in value]
    if isinstance(value, bool):
        return [(name, "true" if value else "false")]
    return [(name, field.type.key(value))]  # type: ignore[arg-type]  # canonical JSON by contract


def correction_from(
    connection: Connection, answer: EventAnswer, typed: Typed, *, step: Step
) -> tuple[Filled, Draft]:
    """Return the form as typed, and of its draft only what differs from the event as it reads."""
    of_kind = kind(answer.row.kind)
    before = form_of_event(answer.row)
    filled = fill(connection, of_kind, typed, step=step)
    filled = replace(filled, common={**filled.common, **correction_controls(typed)})
    shown = fill(connection, of_kind, before, step=Step("show"))
    changes = _changes(answer.row, before, typed, shown.raw, filled.raw)
    if step.is_final:
        filled = replace(filled, faults=_reasons(typed, changes).having(filled.faults.by_control))
    return filled, changes


def retraction_from(connection: Connection, typed: Typed, *, step: Step) -> Filled:
    """Return the form that asks why the event shall be withdrawn."""
    filled = fill(connection, kind("claim_retracted"), typed, step=Step("show"))
    faults: dict[str, ArchiveError] = {}
    if step.is_final and not typed.one("correction-reason"):
        faults["correction-reason"] = FieldError(field="", value="", accepted=_RETRACTED)
    common = reason_control(typed)
    return replace(filled, step=step, fields=(), raw={}, common=common, faults=Faults(faults))


def _reasons(typed: Typed, changes: Draft) -> Faults:
    faults: dict[str, ArchiveError] = {}
    if not changes:
        faults[WHOLE] = NothingChangedError(field="event", value="…", accepted=_A_CHANGE)
    if typed.one("correction-kind") not in REASON_KIND:
        value = typed.one("correction-kind")
        faults["correction-kind"] = FieldError(field="", value=value, accepted=_REASON_KIND)
    if not typed.one("correction-reason"):
        faults["correction-reason"] = FieldError(field="", value="", accepted=_REASON)
    return Faults(faults)


def _changes(row: EventRow, before: Typed, typed: Typed, old: Draft, new: Draft) -> Draft:
    changes: Draft = {
        name: new[name]
        for name in ("importance", "summary", "title")
        if new.get(name) != old.get(name)
    }
    if any(before.one(name) != typed.one(name) for name in _WHEN):
        changes["occurred"] = new["occurred"]
    entities = _entities(row, new["entities"])
    if _identities(entities) != _identities(old["entities"]):
        changes["entities"] = entities
    if kind(row.kind).is_world and _claimed(before) != _claimed(typed):
        changes["claims"] = _claims(row, typed)
    data = _data_changes(old["data"], new["data"])
    return changes | ({"data": data} if data else {})


def _identities(mentions: object) -> list[tuple[object, object]]:
    listed = mentions if isinstance(mentions, list) else []
    return sorted((str(one["role"]), str(one["id"])) for one in listed)


def _entities(row: EventRow, mentions: object) -> list[object]:
    """Return the mentions, those that were there before with the names they had then."""
    had: dict[tuple[str, str], Mention] = {(one.role, one.id): one for one in row.entities}
    listed = mentions if isinstance(mentions, list) else []
    return [
        msgspec.to_builtins(had[one["role"], one["id"]])
        if (one["role"], one["id"]) in had
        else one
        for one in listed
    ]


def _claimed(typed: Typed) -> list[object]:
    return [claiming.claim_from(typed), *claiming.further_claims(typed)]


def _claims(row: EventRow, typed: Typed) -> list[dict[str, str]]:
    """Return the claims as typed, with what no field of the form holds as it was before."""
    first, *rest = claiming.claims_from(typed) or [{}]
    grade = row.claims[0].grade if row.claims else ""
    is_same = bool(row.claims) and first.get("source") == row.claims[0].source.id
    graded = {**first, **({"grade": grade} if grade and is_same else {})}
    return [{**one, **_quote_language(row, one)} for one in (graded, *rest)]


def _quote_language(row: EventRow, claim: Mapping[str, str]) -> dict[str, str]:
    """Return the language noted of the quote, if the same source had the same words before."""
    said = claim.get("source"), claim.get("quote")
    had = [one.quote_language for one in row.claims if (one.source.id, one.quote) == said]
    return {"quote_language": had[0]} if any(had) else {}


def _data_changes(old: object, new: object) -> Draft:
    before = old if isinstance(old, Mapping) else {}
    after = new if isinstance(new, Mapping) else {}
    return {
        name: after.get(name)
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    }
