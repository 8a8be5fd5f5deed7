"""What a hint at a kind of event is: words, Chinese and English, and what follows from them.

All patterns are read on text in small, simplified signs. A cue of a greater weight hides those of
its ``group`` in the same clause; ``gives`` are choices that follow from the very words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell a kind, and what follows from them."""

    kind: str
    pattern: re.Pattern[str]
    weight: int = 2
    gives: Mapping[str, str | bool] = field(default_factory=dict)
    group: str = ""


def cue(
    kind: str, zh: str, en: str, *, weight: int = 2, group: str = "", **gives: str | bool
) -> Cue:
    """Return the hint that Chinese or English words give; English ones stand as whole words."""
    parts = [part for part in (zh, rf"\b(?:{en})\b" if en else "") if part]
    return Cue(kind, re.compile("|".join(parts)), weight, gives, group or kind)
