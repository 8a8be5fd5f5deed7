"""``--set FIELD=VALUE`` and its sisters → the parts of a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from archive.cli.reading import read_pair
from archive.errors import FieldError
from archive.ingest import read_if_date, read_mentions
from archive.languages import Words
from archive.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Said:
    """What the options say of the fields of a kind: entities by role, and data."""

    entities: Mapping[str, list[dict[str, object]]]
    data: Mapping[str, object]


def read_fields(known: Kind, pairs: Sequence[str]) -> Said:
    """Return what *pairs* say: roles take ids joined by commas, an empty value takes a field out.

    A name that is no role is data; whether the kind has it is for the check to say.
    """
    entities: dict[str, list[dict[str, object]]] = {}
    data: dict[str, object] = {}
    for pair in pairs:
        name, value = read_pair(pair, field="set")
        field = known.field(name)
        if field is not None and field.is_role:
            entities.setdefault(name, []).extend(read_mentions(value, role=name, joint=","))
        else:
            _put(data, name, value)
    return Said(entities, data)


def _put(data: dict[str, object], name: str, value: str) -> None:
    field, dot, language = name.partition(".")
    if dot:
        both = data.setdefault(field, {})
        if isinstance(both, dict):
            both[language] = value
            return
    if field in data:
        raise FieldError(field=field, value=value, accepted=Words("给一次", "to be set once"))
    data[field] = value or None


def read_occurred(
    words: str | None,
    *,
    ref: date,
    date_kind: str | None,
    place: str | None,
    time: str | None = None,
    relations: Mapping[str, str] = MappingProxyType({}),
    day_first: bool | None = None,
) -> dict[str, object]:
    """Return the parts of ``occurred`` that were given.

    Words that are no date are taken as stated where *relations*, the events ``after`` and
    ``before`` which it lies, bound the date.
    """
    parts: dict[str, object] = dict(relations)
    if words is not None:
        is_hung = any(relations.values())
        found = read_if_date(words, ref=ref, day_first=day_first, is_hung=is_hung)
        is_mere = found is None or found.edtf != words
        parts |= {"edtf": found.edtf if found else "", "stated": words if is_mere else ""}
    if date_kind:
        parts["date_kind"] = date_kind
    if place:
        parts["place"] = place
    if time is not None:
        parts["time"] = time
    return parts


def read_texts(name: str, given: Mapping[str, object]) -> dict[str, object]:
    """Return the text called *name* in the languages in which it was given."""
    texts = {language: given.get(f"{name}_{language}") for language in ("zh", "en")}
    return {language: text for language, text in texts.items() if text}
