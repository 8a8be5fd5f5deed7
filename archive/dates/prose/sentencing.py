"""Text cut into sentences, Chinese and English."""

import re
from typing import Final

_ENDINGS: Final = re.compile(r"(?:[。！？!?；…]+|\.)[”’」』）)\"']*|\n+")
_ABBREVIATIONS: Final = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "jr",
        "sr",
        "inc",
        "ltd",
        "co",
        "corp",
        "llc",
        "vs",
        "no",
        "nos",
        "vol",
        "fig",
        "est",
        "approx",
        "ca",
        "c",
        "cf",
        "al",
        "dept",
        "gov",
        "gen",
        "col",
        "lt",
        "rep",
        "sen",
        "univ",
        "e.g",
        "i.e",
        "a.m",
        "p.m",
        "u.s",
        "u.k",
        "u.n",
        "e.u",
        "etc",
    ]
)
_LAST_WORD: Final = re.compile(r"[A-Za-z](?:[A-Za-z.]*[A-Za-z])?$")
_SPACE_AND_SMALL: Final = re.compile(r"\s+[a-z]")


def sentences(text: str) -> list[str]:
    """Return the sentences of a Chinese or English text, in order, without empty ones."""
    found, start = [], 0
    for ending in _ENDINGS.finditer(text):
        if _ends_sentence(text, ending):
            found.append(text[start : ending.end()])
            start = ending.end()
    found.append(text[start:])
    return [sentence.strip() for sentence in found if sentence.strip()]


def _ends_sentence(text: str, ending: re.Match[str]) -> bool:
    if not ending[0].startswith("."):
        return True
    following = text[ending.end() : ending.end() + 1]
    if following and not following.isspace():
        # A full stop inside a number, a name or an address; after Chinese it still ends.
        return not following.isascii() and not following.isalnum()
    if _SPACE_AND_SMALL.match(text, ending.end()):
        return False
    word = _LAST_WORD.search(text, max(0, ending.start() - 20), ending.start())
    if word is None:
        return True
    # An initial ("J. Smith") or an abbreviation; at the end of all, it ends the sentence.
    is_short = len(word[0]) == 1 or word[0].lower() in _ABBREVIATIONS
    return not is_short or not text[ending.end() :].strip()
