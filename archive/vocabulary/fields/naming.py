"""Text as typed that is shown by a name in each language, where it is known for certain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from typing_extensions import override

from archive.languages import Words
from archive.vocabulary.fields.standards import Region
from archive.vocabulary.fields.wording import Text

_NAMES_OF_VENUES: Final = (
    (Words("纳斯达克", "Nasdaq"), "NASDAQ"),
    (Words("纽约证券交易所", "New York Stock Exchange"), "NYSE", "纽交所"),
    (Words("香港交易所", "Hong Kong Stock Exchange"), "HKEX", "SEHK", "港交所"),
    (Words("上海证券交易所", "Shanghai Stock Exchange"), "SSE", "上交所"),
    (Words("上交所科创板", "SSE STAR Market"), "SSE STAR", "科创板"),
    (Words("深圳证券交易所", "Shenzhen Stock Exchange"), "SZSE", "深交所"),
    (Words("深交所创业板", "SZSE ChiNext"), "ChiNext", "创业板"),
    (Words("伦敦证券交易所", "London Stock Exchange"), "LSE", "伦交所"),
    (Words("泛欧证券交易所", "Euronext"), "Euronext", "泛欧交易所"),
    (Words("东京证券交易所", "Tokyo Stock Exchange"), "TSE", "JPX", "东证所"),
)
_VENUES: Final[Mapping[str, Words]] = {
    key.casefold(): names
    for names, *keys in _NAMES_OF_VENUES
    for key in (*keys, names.zh, names.en)
}
# Codes of countries that stand for a state of the USA as well: “CA” may be either.
_STATES: Final = frozenset({
    "AL", "AR", "AZ", "CA", "CO", "DE", "GA", "ID", "IL", "IN", "KY", "LA", "MA", "MD",
    "ME", "MN", "MO", "MS", "MT", "NC", "NE", "PA", "SC", "SD", "TN", "VA",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Venue(Text):
    """An exchange on which shares are traded; the common ones are shown by name."""

    @override
    def words(self, key: str, locale: str) -> str:
        """Return the name of an exchange that is known, else the text."""
        names = _VENUES.get(key.casefold())
        return names.in_language(locale) if names else key


@dataclass(frozen=True, slots=True)
class Place(Text):
    """A city or a country; the ISO 3166-1 code of a country is shown by its name."""

    @override
    def words(self, key: str, locale: str) -> str:
        """Return the country's name for a code that can be nothing else, else the text."""
        return key if key in _STATES else Region().words(key, locale)
