"""Names by their sound: the characters of a Chinese name in Latin letters, without tones.

Readings are those of the package anyascii, one a character: 重 is always zhong.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from archive.projections.tokens import folded_words

_REMEMBERED: Final = 65_536
_LONGEST: Final = 12
_SYLLABLE: Final = re.compile("[A-Z][a-z]*")


def spellings(names: Iterable[str]) -> list[str]:
    """Return, for each Chinese run of *names*, its syllables joined from each of them on.

    So 王慧文 is found by ``wanghuiwen``, ``wang huiwen`` and ``wang hui wen``, words that match by
    their beginning. Runs of more than twelve characters are no name, and are left out.
    """
    runs = [run for name in names for run in folded_words(name) if not run.isascii()]
    return [said for run in dict.fromkeys(runs) if (said := _tails(run))]


@lru_cache(maxsize=_REMEMBERED)
def sound(name: str) -> str:
    """Return *name* as it sounds: folded, in Latin letters and numerals, nothing between them."""
    return "".join(anyascii(word).casefold() for word in folded_words(name))


@lru_cache(maxsize=_REMEMBERED)
def _tails(run: str) -> str:
    if not 1 < len(run) <= _LONGEST:
        return ""
    syllables = [one.lower() for one in _SYLLABLE.findall(anyascii(run))]
    return " ".join("".join(syllables[at:]) for at in range(len(syllables)))
