"""Text → the tokens that both full-text engines index and search alike.

NFKC, casefold, accents off, traditional characters to simplified (OpenCC). A run of CJK characters
becomes its overlapping pairs and, alone, its last character: so a query of two characters finds
what plain substring search finds, and one character works as a prefix. Latin words stay whole and
match by their beginning.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from opencc import OpenCC

VERSION = 1
# A server's index takes no longer word, and no engine a query of any length.
LONGEST_TOKEN = 100
LONGEST_QUERY = 300
# A token of its own between texts, so that no phrase runs from one into the next.
_BREAK = "xbreakx"
_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uac00-\ud7af\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+")
_CJK_RUN = re.compile(f"[{_CJK}]+")
_IS_CJK = re.compile(f"[{_CJK}]")
# What most texts are made of; no letter of it is composed of others, so there is no accent.
_UNACCENTED = re.compile("[\x00-\x7f\u2010-\u2027\u3001-\u3020\u4e00-\u9fff]*")

# What of it is no part of a word, but for blanks.
_POINTS = re.compile(
    "[\x00-\x08\x0e-\x1b!-/:-@\\[-`{-\x7f\u2010-\u2027\u3001-\u3004\u3008-\u3020]+"
)


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    if plain.isascii():
        return plain
    bare = plain if _UNACCENTED.fullmatch(plain) else _without_accents(plain)
    return str(_to_simplified().convert(bare))


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    bare = "".join([letter for letter in apart if not unicodedata.combining(letter)])
    return unicodedata.normalize("NFC", bare)


def _runs(text: str) -> list[str]:
    return _RUN.findall(_folded(text))


def _pairs(run: str) -> Iterator[str]:
    return map(str.__add__, run, run[1:])


def _apart(match: re.Match[str]) -> str:
    run = match[0]
    return f" {' '.join(_pairs(run))} {run[-1]} "


def index_text(*texts: str) -> str:
    """Return the tokens of *texts*, parted by blanks; no phrase runs from one text to the next."""
    together = _folded(f" {_BREAK} ".join([text for text in texts if text]))
    apart = _CJK_RUN.sub(_apart, together)
    is_plain = _UNACCENTED.fullmatch(together)
    tokens = _POINTS.sub(" ", apart).split() if is_plain else _RUN.findall(apart)
    if max(map(len, tokens), default=0) > LONGEST_TOKEN:
        tokens = [token[:LONGEST_TOKEN] for token in tokens]
    return " ".join(tokens)


def _terms(query: str) -> list[list[str]]:
    """Return each run of the query as the tokens that must stand side by side."""
    runs = _runs(query[:LONGEST_QUERY])
    return [
        [*_pairs(run)] if _IS_CJK.match(run) and len(run) > 1 else [run[:LONGEST_TOKEN]]
        for run in runs
    ]


def _is_prefix(term: list[str]) -> bool:
    return len(term) == 1 and (len(term[0]) == 1 or not _IS_CJK.match(term[0]))


def fts5_query(query: str) -> str:
    """Return *query* for SQLite's MATCH; empty when there is nothing to look for."""
    return " AND ".join(
        f'"{term[0]}"*' if _is_prefix(term) else f'"{" ".join(term)}"' for term in _terms(query)
    )


def tsquery(query: str) -> str:
    """Return *query* for Postgres' ``to_tsquery``; empty when there is nothing to look for."""
    return " & ".join(
        f"'{term[0]}':*"
        if _is_prefix(term)
        else "(" + " <-> ".join(f"'{token}'" for token in term) + ")"
        for term in _terms(query)
    )
