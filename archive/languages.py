"""The two languages of the archive, and a text that exists in both."""

from dataclasses import dataclass
from typing import Final

from typing_extensions import override

LOCALES: Final = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Chinese and in English."""

    zh: str
    en: str

    @override
    def __str__(self) -> str:
        """Return the English words: logs and terminals read English unless told otherwise."""
        return self.en

    def in_language(self, locale: str) -> str:
        """Return the words for *locale*: Chinese for any ``zh…``, English for all others."""
        return self.zh if locale.startswith("zh") else self.en
