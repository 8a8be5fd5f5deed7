"""What a field of an event may hold: each type reads, checks, keys, phrases and describes itself.

``read`` takes what a form, a file or a command line gave and returns the canonical JSON value, or
raises a RefusedError that names the field. ``key`` is one line of text that stands for the value
in read models and filters. ``schema`` is JSON Schema 2020-12.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Protocol, TypeAlias
from urllib.parse import urlsplit

from babel import Locale
from license_expression import ExpressionError, Licensing, get_spdx_licensing

from archive.dates import describe, phrase
from archive.errors import FieldError, UnknownNameError
from archive.languages import LOCALES, Words
from archive.vocabulary import amounts
from archive.vocabulary.texts import LONGEST_TEXT, SHORT_TEXT, cut_to_size

Json: TypeAlias = "str | bool | dict[str, Json] | list[Json] | None"

UNKNOWN: Final = "unknown"
_UNKNOWN_WORDS = Words("未知", "unknown")


class FieldType(Protocol):
    """How one field's value is read, kept, keyed, phrased and described."""

    @property
    def widget(self) -> str:
        """Return the form control that takes it: a fragment's name."""

    def read(self, raw: object, *, field: str) -> Json:
        """Return the canonical value of *raw* or raise a RefusedError that names *field*."""

    def key(self, value: Json) -> str:
        """Return the value as one line, the same for equal values."""

    def words(self, key: str, locale: str) -> str:
        """Return the words for people of a value given by its key."""

    def schema(self) -> dict[str, object]:
        """Return the JSON Schema of the canonical value."""


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


@dataclass(frozen=True, slots=True)
class Bilingual:
    """Text in our own words, in Chinese and English; a single text stands for both."""

    longest: int = LONGEST_TEXT
    widget: str = "bilingual"

    def read(self, raw: object, *, field: str) -> Json:
        """Return ``{"zh": …, "en": …}``, each language given or taken from the other."""
        if isinstance(raw, str):
            text = cut_to_size(raw, field=field, longest=self.longest)
            return {"zh": text, "en": text}
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
        """Return the half of the key that is in *locale*."""
        english, bar, chinese = key.partition("|")
        return Words(chinese if bar else english, english).in_language(locale)

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
class Choice:
    """One of a few named values."""

    options: Mapping[str, Words]
    what: Words = field(default=Words("选项", "option"))
    widget: str = "choice"

    def read(self, raw: object, *, field: str) -> Json:
        """Return the name of the option."""
        name = str(raw).strip()
        if name not in self.options:
            raise UnknownNameError(what=self.what, name=name, known=self.options, field=field)
        return name

    def key(self, value: Json) -> str:
        """Return the option's name."""
        return str(value)

    def words(self, key: str, locale: str) -> str:
        """Return the option's label; a name retired since is shown as it stands."""
        known = self.options.get(key)
        return known.in_language(locale) if known else key

    def schema(self) -> dict[str, object]:
        """List the options."""
        return {"enum": list(self.options)}


@dataclass(frozen=True, slots=True)
class Choices:
    """Several of a few named values, in the order of the vocabulary."""

    options: Mapping[str, Words]
    what: Words = field(default=Words("选项", "option"))
    widget: str = "choices"

    def read(self, raw: object, *, field: str) -> Json:
        """Return the names; a text is split at commas."""
        given = raw.split(",") if isinstance(raw, str) else raw
        if not isinstance(given, list | tuple) or not given:
            names = ", ".join(self.options)
            raise FieldError(field=field, value=raw, accepted=Words(names, names))
        one = Choice(self.options, what=self.what)
        names_given = {one.read(name, field=field) for name in given}
        return [name for name in self.options if name in names_given]

    def key(self, value: Json) -> str:
        """Return the names joined by commas."""
        return ",".join(str(name) for name in value) if isinstance(value, list) else str(value)

    def words(self, key: str, locale: str) -> str:
        """Return the labels joined as the language joins a list."""
        one = Choice(self.options)
        joint = Words("、", ", ").in_language(locale)
        return joint.join(one.words(name, locale) for name in key.split(","))

    def schema(self) -> dict[str, object]:
        """List the options."""
        return {"type": "array", "items": {"enum": list(self.options)}, "minItems": 1}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: money, a share in percent, or any measure."""

    unit: str = ""
    widget: str = "amount"

    def read(self, raw: object, *, field: str) -> Json:
        """Return the canonical amount; see ``amounts``."""
        return amounts.read(raw, field=field, unit=self.unit)  # type: ignore[return-value]  # JSON

    def key(self, value: Json) -> str:
        """Return the amount as one line."""
        return amounts.key(value) if isinstance(value, dict) else str(value)

    def words(self, key: str, locale: str) -> str:
        """Return the amount for people."""
        if key == UNKNOWN:
            return _UNKNOWN_WORDS.in_language(locale)
        unit = "percent" if self.unit == "share" else ""
        return amounts.words(amounts.read(key, field="", unit=self.unit), locale, unit=unit)

    def schema(self) -> dict[str, object]:
        """Describe an amount; decimal numbers travel as strings."""
        number = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
        unit = {"money": ["currency"], "share": []}.get(self.unit, ["unit", "currency"])
        properties: dict[str, object] = dict.fromkeys(("exact", "min", "max"), number)
        properties |= {part: {"type": "string"} for part in (*unit, "stated")}
        properties["approximate"] = {"type": "boolean"}
        shape: dict[str, object] = {
            "type": "object",
            "properties": properties,
            "anyOf": [{"required": [part]} for part in ("exact", "min", "max")],
            "additionalProperties": False,
        }
        return shape | ({"required": ["currency"]} if self.unit == "money" else {})


MONEY: Final = Amount("money")
SHARE: Final = Amount("share")
MEASURE: Final = Amount()


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    widget: str = "flag"

    def read(self, raw: object, *, field: str) -> Json:
        """Return a boolean from JSON, a form or a command line."""
        known = {"true": True, "yes": True, "on": True, "1": True, "是": True}
        known |= {"false": False, "no": False, "off": False, "0": False, "否": False}
        text = str(raw).strip().casefold()
        if text not in known:
            raise FieldError(field=field, value=raw, accepted=Words("true、false", "true, false"))
        return known[text]

    def key(self, value: Json) -> str:
        """Return ``yes`` or ``no``."""
        return "yes" if value else "no"

    def words(self, key: str, locale: str) -> str:
        """Return the word for yes or no."""
        return (Words("是", "yes") if key == "yes" else Words("否", "no")).in_language(locale)

    def schema(self) -> dict[str, object]:
        """Describe a boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Period:
    """A date or a stretch of time, as EDTF."""

    widget: str = "date"

    def read(self, raw: object, *, field: str) -> Json:
        """Return the EDTF string as given, once it is known to be one."""
        text = cut_to_size(raw, field=field, longest=SHORT_TEXT)
        accepted = Words("EDTF，例如 2023、2023-07、2022/2023", "EDTF: 2023, 2023-07, 2022/2023")
        try:
            reading = describe(text)
        except FieldError as error:
            raise FieldError(field=field, value=raw, accepted=accepted) from error
        if reading.earliest is None and reading.latest is None:
            raise FieldError(field=field, value=raw, accepted=accepted)
        return reading.edtf

    def key(self, value: Json) -> str:
        """Return the EDTF string."""
        return str(value)

    def words(self, key: str, locale: str) -> str:
        """Return the date in words."""
        return phrase(key, locale=locale)

    def schema(self) -> dict[str, object]:
        """Describe an EDTF string."""
        return {"type": "string", "description": "EDTF, ISO 8601-2 levels 0 to 2"}


@cache
def _spdx() -> Licensing:
    return get_spdx_licensing()  # reads the whole list of SPDX, so it is made once


@cache
def _spdx_names() -> Mapping[str, str]:
    symbols = _spdx().known_symbols
    return {name.casefold(): name for name in symbols}


@dataclass(frozen=True, slots=True)
class Licence:
    """An SPDX licence id or expression, or ``LicenseRef-…`` for one that SPDX does not list."""

    widget: str = "licence"

    def read(self, raw: object, *, field: str) -> Json:
        """Return the expression with each id spelt as SPDX spells it."""
        text = cut_to_size(raw, field=field, longest=SHORT_TEXT)
        if text.startswith("LicenseRef-") and text.replace("-", "").replace(".", "").isalnum():
            return text
        try:
            parsed = _spdx().parse(text, validate=True, strict=True)
        except ExpressionError:
            what = Words("SPDX 许可证", "SPDX licence")
            known = _spdx_names()
            error = UnknownNameError(what=what, name=text, known=known.values(), field=field)
            raise error from None
        return str(parsed)

    def key(self, value: Json) -> str:
        """Return the expression."""
        return str(value)

    def words(self, key: str, locale: str) -> str:
        """Return the expression; ids are the same in every language."""
        return _UNKNOWN_WORDS.in_language(locale) if key == UNKNOWN else key

    def schema(self) -> dict[str, object]:
        """Describe an SPDX expression."""
        return {"type": "string", "description": "SPDX expression or LicenseRef-…"}


WORLDWIDE: Final = "worldwide"


@cache
def _territories(language: str) -> Mapping[str, str]:
    names = Locale.parse(language).territories
    return {code: name for code, name in names.items() if len(code) == len("CN")}


@dataclass(frozen=True, slots=True)
class Region:
    """An ISO 3166-1 country code, or ``worldwide``."""

    widget: str = "region"

    def read(self, raw: object, *, field: str) -> Json:
        """Return the code in capitals."""
        text = cut_to_size(raw, field=field)
        if text.casefold() == WORLDWIDE:
            return WORLDWIDE
        codes = _territories("en")
        if text.upper() not in codes:
            what = Words("地区（ISO 3166-1）", "region (ISO 3166-1)")
            raise UnknownNameError(what=what, name=text, known=[*codes, WORLDWIDE], field=field)
        return text.upper()

    def key(self, value: Json) -> str:
        """Return the code."""
        return str(value)

    def words(self, key: str, locale: str) -> str:
        """Return the country's name."""
        if key == WORLDWIDE:
            return Words("全球", "worldwide").in_language(locale)
        return _territories("zh" if locale.startswith("zh") else "en").get(key, key)

    def schema(self) -> dict[str, object]:
        """Describe a code."""
        return {"type": "string", "pattern": f"^([A-Z]{{2}}|{WORLDWIDE})$"}


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
