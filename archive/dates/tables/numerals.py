"""Numbers as people write them: 12, 十二, twelve, 12th, twelfth."""

from typing import Final

_CHINESE_DIGITS: Final = {
    "〇": 0, "零": 0, "○": 0, "元": 1, "正": 1, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "冬": 11, "腊": 12,
}  # fmt: skip
_CHINESE_TENS: Final = {"十": 10, "廿": 20, "卅": 30, "百": 100, "千": 1000}

_ONES: Final = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINAL_ONES: Final = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_ORDINAL_TENS: Final = {"twentieth": 20, "thirtieth": 30}


def _with_ones(ones: list[str], joint: str) -> dict[str, int]:
    return {
        f"{ten}{joint}{one}": 20 + 10 * place + value
        for place, ten in enumerate(_TENS)
        for value, one in enumerate(ones[:9], start=1)
    }


ENGLISH_NUMBERS: Final[dict[str, int]] = {
    **_with_ones(_ONES, "-"),
    **{word: value for value, word in enumerate(_ONES, start=1)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
    "a couple of": 2,
    "a dozen": 12,
    "a hundred": 100,
    "one hundred": 100,
    "an": 1,
    "a": 1,
}
ENGLISH_ORDINALS: Final[dict[str, int]] = {
    **_with_ones(_ORDINAL_ONES, "-"),
    **{word: value for value, word in enumerate(_ORDINAL_ONES, start=1)},
    **_ORDINAL_TENS,
}


def number(text: str) -> int | None:
    """Return the number that *text* writes, in figures, in Chinese or in English."""
    said = text.strip().lower()
    if said.isascii() and said.isdigit():
        return int(said)
    for names in (ENGLISH_NUMBERS, ENGLISH_ORDINALS):
        if said in names:
            return names[said]
    if said[:1].isdigit():
        return number(said.rstrip("stndrh"))
    return _chinese(said)


def _chinese(text: str) -> int | None:
    if not text or any(sign not in _CHINESE_DIGITS | _CHINESE_TENS for sign in text):
        return None
    if not any(sign in _CHINESE_TENS for sign in text):
        return int("".join(str(_CHINESE_DIGITS[sign]) for sign in text))
    total, pending = 0, 0
    for sign in text:
        if sign in _CHINESE_DIGITS:
            pending = _CHINESE_DIGITS[sign]
            continue
        total += _CHINESE_TENS[sign] * (pending or 1)
        pending = 0
    return total + pending


def full_year(text: str) -> int | None:
    """Return the year that two or four figures write; 00 to 69 are of this century."""
    value = number(text)
    if value is None or len(text.strip("'")) > 2:  # noqa: PLR2004 - two figures or more
        return value
    return value + (2000 if value < 70 else 1900)  # noqa: PLR2004 - the convention's border
