"""A number beside its measure: the unit that the measure names already is not said again."""

import re
from functools import lru_cache
from typing import Final

from archive.vocabulary import UNITS

# “用户数，发布后两个月”: what is measured comes first.
_PARTS: Final = re.compile("，|, ")
_LEAST_WORD: Final = 2


@lru_cache(maxsize=4096)
def uncounted(value: str, measure: str) -> str:
    """Return the words of *value* without what *measure* says already: “用户数” “至少1亿”."""
    if not any(sign.isdigit() for sign in value):
        return value
    named = _PARTS.split(measure, maxsplit=1)[0]
    unit = next((one for one in _units() if value.endswith(one)), "")
    return _cut(value, unit, named) if unit else value


@lru_cache(maxsize=1)
def _units() -> tuple[str, ...]:
    """Return every unit as it stands after a number, the longest first."""
    words = {said for one in UNITS.values() for said in (one.zh, one.en)}
    return tuple(sorted(words, key=len, reverse=True))


def _cut(value: str, unit: str, named: str) -> str:
    if unit.isascii():
        return value.removesuffix(unit).rstrip() if unit == named else value
    endings = (unit[at:] for at in range(len(unit) - _LEAST_WORD + 1))
    said = next((one for one in endings if one in named), "")
    return value.removesuffix(said)
