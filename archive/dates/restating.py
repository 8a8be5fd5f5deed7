"""A date put where one is typed: in words, where these are read as the very same date."""

from datetime import date
from typing import Final

from archive.dates.phrasing import phrase
from archive.dates.reading import read

# Words that mean the same seen from both are no words like “last May”.
_SEEN_FROM: Final = (date(1000, 6, 15), date(2999, 12, 31))


def restated(edtf: str, *, locale: str) -> str:
    """Return words of *locale* that are read as *edtf* on any day; itself where there are none."""
    words = phrase(edtf, locale=locale)
    readings = [read(words, ref=day, whole=True) for day in _SEEN_FROM]
    is_the_same = all(one and one.edtf == edtf and not one.alternatives for one in readings)
    return words if is_the_same else edtf
