"""One control for each field: its label, its help, and what stands in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from babel import Locale

from archive.errors import RefusedError
from archive.languages import LOCALES, Words
from archive.vocabulary import Field, Kind, Mention, derived_title, sentence, spoken
from archive.web.forms.typed import LONGEST_LINE, Typed

NO_WORDS: Final = Words("", "")
_YES_NO: Final = {"true": Words("是", "yes"), "false": Words("否", "no")}
_LONG_TEXT: Final = 400
_CODE: Final = re.compile("[A-Z]{2}")
_NO_PLACE: Final = frozenset({"CQ", "ZZ", "XA", "XB", "QO", "EZ", "UN"})
# The notation is what files need; in a form a date is typed as people write it.
_NOTATION: Final = Words("EDTF", "EDTF")
_AS_WRITTEN: Final = Words(
    "照常书写，例如 2023年10月8日、2023年三季度", "As people write it: 8 October 2023, Q3 2023"
)
_MISSING: Final = Words("〔{}〕", "[{}]")
_FIRST_PLACES: Final = ("CN", "US")


@dataclass(frozen=True, slots=True)
class Control:
    """A form's control: *widget* says which; *texts* holds one value for each language.

    ``is_part`` tells that an amount is a part of one whole, in percent.
    """

    name: str
    widget: str
    label: Words
    help: Words = NO_WORDS
    required: bool = False
    value: str = ""
    values: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Words] = field(default_factory=dict)
    placeholder: Words = NO_WORDS
    reading: Words = NO_WORDS
    is_part: bool = False


def _territories(locale: str) -> Mapping[str, str]:
    return {str(code): str(name) for code, name in Locale.parse(locale).territories.items()}


@cache
def regions() -> Mapping[str, Words]:
    """Return the world and each country by its code, those most written about first."""
    zh, en = (_territories(locale) for locale in LOCALES)
    codes = [code for code in en if _CODE.fullmatch(code) and code not in _NO_PLACE]
    rest = sorted((code for code in codes if code not in _FIRST_PLACES), key=en.__getitem__)
    named = {code: Words(zh.get(code, en[code]), en[code]) for code in (*_FIRST_PLACES, *rest)}
    return {"worldwide": Words("全球", "worldwide"), **named}


def name_of(field: Field) -> str:
    """Return the name that a field's control bears in the form."""
    return f"field-{field.name}"


def control_for(field: Field, typed: Typed) -> Control:
    """Return the control of a field that holds data, with what was typed, and how it reads."""
    name, widget = name_of(field), field.type.widget
    if widget == "text" and getattr(field.type, "longest", 0) > _LONG_TEXT:
        widget = "area"
    value = typed.one(name)
    return Control(
        name=name,
        widget=widget,
        label=field.label,
        help=_AS_WRITTEN if field.help == _NOTATION else field.help,
        required=field.required,
        value=value,
        reading=amount_in_words(field, value) if widget == "amount" else NO_WORDS,
        values=typed.several(name),
        is_part=getattr(field.type, "is_part", False),
        texts={locale: typed.one(f"{name}-{locale}") for locale in LOCALES},
        options=_options(field),
    )


def amount_in_words(field: Field, text: str) -> Words:
    """Return how a typed amount is read; nothing where it cannot be, or is not yet typed."""
    if not text or len(text) > LONGEST_LINE:
        return NO_WORDS
    try:
        key = field.type.key(field.type.read(text, field=field.name))
    except RefusedError:
        return NO_WORDS
    return Words(*(field.type.words(key, locale) for locale in LOCALES))


def _options(field: Field) -> Mapping[str, Words]:
    by_widget: Mapping[str, Mapping[str, Words]] = {"flag": _YES_NO, "region": regions()}
    given: Mapping[str, Words] = getattr(field.type, "options", {})
    return by_widget.get(field.type.widget, given)


def placeholder_title(
    kind: Kind, mentions: tuple[Mention, ...], data: Mapping[str, object]
) -> Words:
    """Return the sentence that the kind gives, labels in brackets where something is missing."""
    said = {}
    for locale in LOCALES:
        missing = (one for one in kind.fields if one.required)
        bracketed = _MISSING.in_language(locale)
        labels = {one.name: bracketed.format(one.label.in_language(locale)) for one in missing}
        words = spoken(kind, mentions, data, locale=locale)
        given = {name: text for name, text in words.items() if text}
        said[locale] = sentence(kind, {**labels, **given}, locale=locale)
    return Words(said["zh"], said["en"])


def both_titles(
    kind: Kind, mentions: tuple[Mention, ...], data: Mapping[str, object], typed: Mapping[str, str]
) -> dict[str, str]:
    """Return the titles typed, the kind's sentence where only one language was."""
    given = {locale: text for locale, text in typed.items() if text}
    return {**derived_title(kind, mentions, data), **given} if given else {}
