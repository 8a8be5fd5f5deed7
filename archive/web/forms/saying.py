"""What the fields of a kind say, as typed: their controls, the data they give, whom they name."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection

from archive.errors import ArchiveError, FieldError, RefusedError, UnreadableDateError
from archive.languages import LOCALES, Words
from archive.vocabulary import UNKNOWN, Field, Kind, Mention
from archive.web.forms.controls import Control, control_for, name_of
from archive.web.forms.dating import answer_for
from archive.web.forms.entities import EntityBox, box_from
from archive.web.forms.filled import Draft
from archive.web.forms.steps import Step
from archive.web.forms.typed import LONGEST_LINE, Typed

_UNKNOWN_WORDS: Final = frozenset({"未知", "不详", UNKNOWN})
_LINES: Final = frozenset({"amount", "flag", "choice", "licence", "region", "date"})
_SHORT_ENOUGH: Final = Words(f"不超过 {LONGEST_LINE} 个字符", f"at most {LONGEST_LINE} characters")


def controls_of(
    connection: Connection, kind: Kind, typed: Typed, step: Step
) -> tuple[Control | EntityBox, ...]:
    """Return the control of each field of *kind*, as typed."""
    return tuple(
        box_from(connection, one, kind=kind.name, typed=typed, step=step)
        if one.is_role
        else control_for(one, typed)
        for one in kind.fields
    )


def data_in(
    connection: Connection, kind: Kind, typed: Typed
) -> tuple[Draft, dict[str, ArchiveError]]:
    """Return what the fields that name no entity say, and what is wrong with each."""
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


def mentions_in(boxes: Iterable[EntityBox]) -> tuple[Mention, ...]:
    """Return the entities that boxes name, chosen or new."""
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


def canonical(kind: Kind, data: Mapping[str, object]) -> Draft:
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
