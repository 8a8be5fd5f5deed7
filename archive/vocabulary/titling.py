"""What an event is called: its fields in words, put into the sentence of its kind."""

from collections.abc import Iterable, Mapping

from archive.languages import LOCALES
from archive.vocabulary.definition import Kind, sentence
from archive.vocabulary.event import Mention
from archive.vocabulary.fields import UNKNOWN


def spoken(
    known: Kind, mentions: Iterable[Mention], data: Mapping[str, object], *, locale: str
) -> dict[str, str]:
    """Return each given field in words, entities by their names in *locale*."""
    language = "zh" if locale.startswith("zh") else "en"
    joint = "、" if language == "zh" else ", "
    words: dict[str, str] = {}
    for field in known.fields:
        if field.is_role:
            names = [m.names.get(language, m.id) for m in mentions if m.role == field.name]
            words[field.name] = joint.join(names)
        elif field.name in data and data[field.name] != UNKNOWN:
            value = data[field.name]
            key = field.type.key(value)  # type: ignore[arg-type]  # canonical JSON by contract
            words[field.name] = field.type.words(key, language)
    return words


def derived_title(
    known: Kind, mentions: Iterable[Mention], data: Mapping[str, object]
) -> dict[str, str]:
    """Return the title that the kind's sentence gives, in each language."""
    listed = tuple(mentions)
    return {
        locale: sentence(known, spoken(known, listed, data, locale=locale), locale=locale)
        for locale in LOCALES
    }
