"""Fields that hold what a standard spells: a date, a licence, a country."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from babel import Locale
from license_expression import ExpressionError, Licensing, get_spdx_licensing

from archive.dates import describe, phrase
from archive.errors import FieldError, UnknownNameError
from archive.languages import Words
from archive.vocabulary.fields.reading import UNKNOWN, UNKNOWN_WORDS, Json
from archive.vocabulary.texts import SHORT_TEXT, cut_to_size

WORLDWIDE: Final = "worldwide"


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
        return UNKNOWN_WORDS.in_language(locale) if key == UNKNOWN else key

    def schema(self) -> dict[str, object]:
        """Describe an SPDX expression."""
        return {"type": "string", "description": "SPDX expression or LicenseRef-…"}


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
