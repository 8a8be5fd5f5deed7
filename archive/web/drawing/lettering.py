"""How wide a text will be on a screen that the server does not see, and where to break it."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

FONT_SIZE: Final = 13
_FULL_WIDTH: Final = 1.0
_NARROW: Final = 0.56
_WIDE_LATIN: Final = 0.72
_WIDE_CLASSES: Final = frozenset({"W", "F", "A"})
_BROAD: Final = frozenset("MWmw@%&—")
_ELLIPSIS: Final = "…"
# A word with the blanks after it, a number with what it counts; in Chinese a character. What may
# not begin a line goes with what is before it.
_HAN: Final = r"\u3400-\u9fff\U00020000-\U0003ffff"
_OPENING: Final = "（《“「"
_PIECE: Final = re.compile(
    rf"[{_OPENING}]*(?:[{_HAN}]|[^\s{_HAN}{_OPENING}]+[年月日]?)[，。；：、）》”」]*\s*(?:·\s*)?|.\s*",
    re.DOTALL,
)


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


def broken(text: str, *, width: float, font_size: float = FONT_SIZE, most: int) -> tuple[str, ...]:
    """Return *text* in at most *most* lines of *width* pixels, the last one cut if there is more.

    Lines end between words, or between Chinese characters; a word wider than a line is broken.
    Blanks stay at the end of their line, so that the lines of a text that is not cut join to it.
    """
    lines: list[str] = [""]
    for piece in _pieces(text, width=width, font_size=font_size):
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), font_size=font_size) > width:
            lines.append("")
        lines[-1] += piece
    if len(lines) > most:
        rest = "".join(lines[most - 1 :])
        lines[most - 1 :] = [cut(rest, width=width, font_size=font_size)]
    return tuple(lines)


def _pieces(text: str, *, width: float, font_size: float) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        if text_width(piece.rstrip(), font_size=font_size) <= width:
            yield piece
        else:
            yield from piece


@lru_cache(maxsize=4096)
def _share(character: str) -> float:
    if unicodedata.east_asian_width(character) in _WIDE_CLASSES:
        return _FULL_WIDTH
    return _WIDE_LATIN if character.isupper() or character in _BROAD else _NARROW
