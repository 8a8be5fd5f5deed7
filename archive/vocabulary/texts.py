"""Text as it may enter the log: of a bearable length, composed alike, nothing hidden in it."""

import unicodedata
from typing import Final

from archive.errors import FieldError
from archive.languages import Words

LONGEST_TEXT: Final = 4000
SHORT_TEXT: Final = 300  # what becomes part of a cell must fit into an index

# Letters of no width, and those that turn the direction of others round: Unicode TR 36, 3.2.
_HIDING: Final = frozenset(
    map(chr, (0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)


def _is_odd(letter: str) -> bool:
    """Tell a control character, half a surrogate pair, or a letter that hides something."""
    if letter in "\t\n\r":
        return False
    return unicodedata.category(letter) in {"Cc", "Cs"} or letter in _HIDING


def cut_to_size(raw: object, *, field: str, longest: int = LONGEST_TEXT) -> str:
    """Return *raw* in Unicode's composed form (NFC), without blanks at its ends.

    Raises FieldError for what is no text, empty, too long, or holds control characters.
    """
    if not isinstance(raw, str) or not raw.strip():
        accepted = Words("非空文字", "text that is not empty")
        raise FieldError(field=field, value=raw, accepted=accepted)
    if len(raw) > longest:
        accepted = Words(f"不超过 {longest} 个字符", f"at most {longest} characters")
        raise FieldError(field=field, value=raw, accepted=accepted)
    # What can be printed holds nothing odd: most texts are not looked at letter by letter.
    if not raw.isprintable() and any(_is_odd(letter) for letter in raw):
        accepted = Words("不含控制字符的文字", "text without control characters")
        raise FieldError(field=field, value=raw, accepted=accepted)
    return unicodedata.normalize("NFC", raw).strip()
