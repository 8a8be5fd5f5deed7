"""What an event is called: its fields in words, put into the sentence of its kind."""

from collections.abc import Iterable, Mapping
from functools import cache

from archive.languages import LOCALES
from archive.vocabulary import amounts
from archive.vocabulary.definition import Field, Kind, named_in, sentence
from archive.vocabulary.event import Mention
from archive.vocabulary.fields import UNKNOWN, Amount


def spoken(
    known: Kind, mentions: Iterable[Mention], data: Mapping[str, object], *, locale: str
) -> dict[str, str]:
    """Return each given field in words, entities by their names in *locale*."""
    return _spoken(known.fields, tuple(mentions), data, locale)


def derived_title(
    known: Kind, mentions: Iterable[Mention], data: Mapping[str, object]
) -> dict[str, str]:
    """Return the title that the kind's sentence gives, in each language."""
    listed = tuple(mentions)
    return {
        locale: sentence(
            known, _spoken(_named(known, locale), listed, data, locale), locale=locale
        )
        for locale in LOCALES
    }


def is_derived(
    title: Mapping[str, str], known: Kind, mentions: Iterable[Mention], data: Mapping[str, object]
) -> bool:
    """Tell whether *title* is what the kind's sentence gives, or gave while it wrote a hyphen.

    An older log has titles in which a hyphen stands for the minus.
    """
    derived = derived_title(known, mentions, data)
    of_old = {locale: text.replace(amounts.MINUS, "-") for locale, text in derived.items()}
    return title in (derived, of_old)


@cache
def _named(known: Kind, locale: str) -> tuple[Field, ...]:
    """Return the fields on which the kind's sentence depends."""
    names = named_in(known.title.in_language(locale))
    return tuple(one for one in known.fields if one.name in names)


def _spoken(
    fields: Iterable[Field], mentions: tuple[Mention, ...], data: Mapping[str, object], locale: str
) -> dict[str, str]:
    language = "zh" if locale.startswith("zh") else "en"
    joint = "、" if language == "zh" else ", "
    words: dict[str, str] = {}
    for field in fields:
        name = field.name
        if field.is_role:
            names = [one.names.get(language, one.id) for one in mentions if one.role == name]
            words[name] = joint.join(names)
        elif name in data and data[name] != UNKNOWN:
            words[name] = _words(field, data[name], language)
    return words


def _words(field: Field, value: object, language: str) -> str:
    of_type = field.type
    if isinstance(of_type, Amount) and isinstance(value, Mapping):
        # What its key reads back as, which for every title would be read to be written again.
        return amounts.words(value, language, unit="percent" if of_type.unit == "share" else "")
    key = of_type.key(value)  # type: ignore[arg-type]  # canonical JSON by contract
    return of_type.words(key, language)
