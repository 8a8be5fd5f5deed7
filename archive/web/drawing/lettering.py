"""How wide a text will be on a screen that the server does not see, and where to cut it."""

import unicodedata
from functools import lru_cache
from typing import Final

FONT_SIZE: Final = 13
_FULL_WIDTH: Final = 1.0
_NARROW: Final = 0.56
_WIDE_LATIN: Final = 0.72
_WIDE_CLASSES: Final = frozenset({"W", "F", "A"})
_BROAD: Final = frozenset("MWmw@%&—")
_ELLIPSIS: Final = "…"


def text_width(text: str, *, font_size: float = FONT_SIZE) -> float:
    """Return the pixels that *text* takes at most, near enough for labels not to touch."""
    return sum(map(_share, text)) * font_size


def cut(text: str, *, width: float, font_size: float = FONT_SIZE) -> str:
    """Return *text*, or what fits of it in *width* pixels with an ellipsis; empty if nothing."""
    if text_width(text, font_size=font_size) <= width:
        return text
    room = width - text_width(_ELLIPSIS, font_size=font_size)
    for length in range(1, len(text) + 1):
        room -= _share(text[length - 1]) * font_size
        if room < 0:
            kept = text[: length - 1].rstrip(" ,.;:，。；：、（(")
            return f"{kept}{_ELLIPSIS}" if kept else ""
    return text


@lru_cache(maxsize=4096)
def _share(character: str) -> float:
    if unicodedata.east_asian_width(character) in _WIDE_CLASSES:
        return _FULL_WIDTH
    return _WIDE_LATIN if character.isupper() or character in _BROAD else _NARROW
