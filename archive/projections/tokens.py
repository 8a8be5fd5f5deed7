"""Text → the tokens that both full-text engines index and search alike.

NFKC, casefold, accents off, traditional characters to simplified (OpenCC). A run of CJK characters
becomes its overlapping pairs and, alone, its last character: so a query of two characters finds
what plain substring search finds, and one character works as a prefix. Latin words stay whole and
match by their beginning.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from operator import add

from opencc import OpenCC

VERSION = 2
# A server's index takes no longer word, and no engine a query of any length.
LONGEST_TOKEN = 100
LONGEST_QUERY = 300
# A token of its own between texts, so that no phrase runs from one into the next.
_BREAK = "xbreakx"
_REMEMBERED = 65_536
_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uac00-\ud7af\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+")
_IS_CJK = re.compile(f"[{_CJK}]")
# Below all that is CJK, to ask of a letter first: that is quick.
_LAST_WORDY = "\u2e7f"
# What most texts are made of; no letter of it is composed of others, so there is no accent.
_UNACCENTED = re.compile("[\x00-\x7f\u2010-\u2027\u3001-\u3020\u4e00-\u9fff]*")
# What NFKC leaves as it is, once the commonest of the rest is out of the way: that check is quick.
_COMPOSED = re.compile("[\x00-\x7f\u3001-\u3020\u4e00-\u9fff]*")
_NARROWED = (("：", ":"), ("，", ","), ("（", "("), ("）", ")"))

# The words of ASCII once folded, and of what most texts are made of: no other letter is there.
_WORDS = re.compile("[0-9a-z]+")
_PLAIN_RUN = re.compile("[0-9a-z]+|[\u3005-\u3007\u4e00-\u9fff]+")


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def _folded(text: str) -> str:
    if text.isascii():
        return text.casefold()
    for wide, narrow in _NARROWED:
        text = text.replace(wide, narrow)
    plain = text if _COMPOSED.fullmatch(text) else unicodedata.normalize("NFKC", text)
    folded = plain.casefold()
    bare = folded if _UNACCENTED.fullmatch(folded) else _without_accents(folded)
    return str(_to_simplified().convert(bare))


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    bare = "".join([letter for letter in apart if not unicodedata.combining(letter)])
    return unicodedata.normalize("NFC", bare)


def _runs(text: str) -> list[str]:
    return _RUN.findall(_folded(text))


def _pairs(run: str) -> Iterator[str]:
    return map(add, run, run[1:])


def _apart(runs: Iterable[str]) -> list[str]:
    """Return the words among *runs*, and of the others the pairs and the last character."""
    tokens: list[str] = []
    for run in runs:
        if run[0] > _LAST_WORDY and _IS_CJK.match(run):
            tokens += _pairs(run)
            tokens.append(run[-1])
        else:
            tokens.append(run)
    return tokens


def _tokens_of(text: str) -> str:
    folded = _folded(text)
    if folded.isascii():
        tokens = _WORDS.findall(folded)
    elif _UNACCENTED.fullmatch(folded):
        tokens = _apart(_PLAIN_RUN.findall(folded))
    else:
        tokens = _apart(_RUN.findall(folded))
    if len(folded) > LONGEST_TOKEN and max(map(len, tokens), default=0) > LONGEST_TOKEN:
        tokens = [token[:LONGEST_TOKEN] for token in tokens]
    return " ".join(tokens)


def _beside(tokens: Iterable[str]) -> str:
    return f" {_BREAK} ".join([one for one in tokens if one])


_name_tokens = lru_cache(maxsize=_REMEMBERED)(_tokens_of)


def index_text(*texts: str, names: Iterable[str] = ()) -> str:
    """Return the tokens of texts and *names*, parted by blanks; no phrase runs into the next.

    A name that a text says is not said again. The tokens of names are remembered: most events are
    about few entities.
    """
    said = _beside(map(_tokens_of, texts))
    apart = f" {said} "
    return _beside((said, *[one for one in map(_name_tokens, names) if f" {one} " not in apart]))


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
