"""Fields that hold words: entities by their ids, texts in one language or two, addresses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from archive.errors import FieldError
from archive.languages import LOCALES, Words
from archive.vocabulary.fields.reading import Json
from archive.vocabulary.texts import LONGEST_TEXT, cut_to_size


@dataclass(frozen=True, slots=True)
class Entities:
    """One or several entities in the role that bears the field's name."""

    types: tuple[str, ...]
    many: bool = False
    widget: str = "entity"

    def read(self, raw: object, *, field: str) -> Json:
        """Return the entity's id; a list becomes one mention each elsewhere."""
        return cut_to_size(raw, field=field)

    def key(self, value: Json) -> str:
        """Return the id."""
        return str(value)

    def words(self, key: str, locale: str) -> str:  # noqa: ARG002 - names are a query's to find
        """Return the id; a page puts the name in its place."""
        return key

    def schema(self) -> dict[str, object]:
        """Describe a reference by id."""
        return {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]*$"}


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text, the same in every language: a version, a ticker, a name."""

    longest: int = LONGEST_TEXT
    widget: str = "text"

    def read(self, raw: object, *, field: str) -> Json:
        """Return the text without blanks at its ends."""
        return cut_to_size(raw, field=field, longest=self.longest)

    def key(self, value: Json) -> str:
        """Return the text."""
        return str(value)

    def words(self, key: str, locale: str) -> str:  # noqa: ARG002 - the same in every language
        """Return the text."""
        return key

    def schema(self) -> dict[str, object]:
        """Describe a text."""
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


_CHINESE: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def _halves(text: str) -> Words | None:
    """Return the two halves of *text*, of which one is Chinese; None where it is not so.

    A bar with blanks around it is part of a text, as in the title of a page.
    """
    first, bar, second = text.partition("|")
    is_typed_so = bar and "|" not in second and first[-1:] != " " != second[:1]
    if not (is_typed_so and first.strip() and second.strip()):
        return None
    is_first, is_second = (bool(_CHINESE.search(half)) for half in (first, second))
    if is_first is is_second:
        return None
    return Words(first, second) if is_first else Words(second, first)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """Text in our own words, in Chinese and English; a single text stands for both.

    A single text of two halves, one of them Chinese, says both: ``zh|en`` or ``en|zh``.
    """

    longest: int = LONGEST_TEXT
    widget: str = "bilingual"

    def read(self, raw: object, *, field: str) -> Json:
        """Return ``{"zh": …, "en": …}``, each language given or taken from the other."""
        if isinstance(raw, str):
            text = cut_to_size(raw, field=field, longest=self.longest)
            both = _halves(text) or Words(text, text)
            return {"zh": both.zh, "en": both.en}
        if not isinstance(raw, Mapping) or not raw or set(raw) - set(LOCALES):
            accepted = Words("文字，或含 zh 与 en 的映射", "text, or a mapping of zh and en")
            raise FieldError(field=field, value=raw, accepted=accepted)
        given = {
            str(name): cut_to_size(text, field=f"{field}.{name}", longest=self.longest)
            for name, text in raw.items()
        }
        spare = next(iter(given.values()))
        return {name: given.get(name, spare) for name in LOCALES}

    def key(self, value: Json) -> str:
        """Return the English words, and the Chinese after a bar where they differ."""
        both = value if isinstance(value, dict) else {"zh": str(value), "en": str(value)}
        return str(both["en"]) if both["en"] == both["zh"] else f"{both['en']}|{both['zh']}"

    def words(self, key: str, locale: str) -> str:
        """Return the half of the key that is in *locale*: which is Chinese decides, else the turn.

        The key of a text kept before its halves were told apart may begin with the Chinese.
        """
        english, bar, chinese = key.partition("|")
        both = _halves(key) or Words(chinese if bar else english, english)
        return both.in_language(locale)

    def schema(self) -> dict[str, object]:
        """Describe a pair of texts."""
        texts = {name: {"type": "string", "minLength": 1} for name in LOCALES}
        return {
            "type": "object",
            "properties": texts,
            "required": list(LOCALES),
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class Address:
    """A web address."""

    widget: str = "address"

    def read(self, raw: object, *, field: str) -> Json:
        """Return the address if it is http or https."""
        text = cut_to_size(raw, field=field)
        try:
            parts = urlsplit(text)
            is_address = parts.scheme in {"http", "https"} and bool(parts.netloc)
        except ValueError:  # such as a bracket left open
            is_address = False
        if not is_address:
            raise FieldError(field=field, value=raw, accepted=Words("https://…", "https://…"))
        return text

    def key(self, value: Json) -> str:
        """Return the address."""
        return str(value)

    def words(self, key: str, locale: str) -> str:  # noqa: ARG002 - the same in every language
        """Return the address."""
        return key

    def schema(self) -> dict[str, object]:
        """Describe an address."""
        return {"type": "string", "format": "uri"}


@dataclass(frozen=True, slots=True)
class Nested:
    """A whole event inside an archive event: what a correction puts in the place of another."""

    widget: str = "event"

    def read(self, raw: object, *, field: str) -> Json:
        """Return the mapping; ``checking`` reads what is in it."""
        if not isinstance(raw, dict):
            raise FieldError(field=field, value=raw, accepted=Words("一条事件", "an event"))
        return raw

    def key(self, value: Json) -> str:
        """Return nothing: it is no cell's value."""
        return str(value)

    def words(self, key: str, locale: str) -> str:  # noqa: ARG002 - it is never shown as a value
        """Return the key."""
        return key

    def schema(self) -> dict[str, object]:
        """Refer to the schema of a world event."""
        return {"$ref": "#/$defs/event"}
