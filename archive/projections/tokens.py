"""Text → the tokens that both full-text engines index and search alike.

NFKC, casefold, accents off, traditional characters to simplified (OpenCC). A run of CJK characters
becomes its overlapping pairs and, alone, its last character: so a query of two characters finds
what plain substring search finds, and one character works as a prefix. Latin words stay whole and
match by their beginning.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from operator import add

from opencc import OpenCC

VERSION = 3
# A server's index takes no longer word, and no engine a query of any length.
LONGEST_TOKEN = 100
LONGEST_QUERY = 300
# A token of its own between texts, so that no phrase runs from one into the next: a ligature.
# Folding takes it apart in every text and every query, so that no words that are sought begin it.
_BREAK = "\ufb03"
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

# What parts texts that are folded as one; no text that holds it is among them.
_BETWEEN = "\x1e"
# Texts that are made of this alone are folded as one.
_PLAIN = re.compile("[\x00-\x7f\u2010-\u2027\u3001-\u3020\u4e00-\u9fff：，（）]*")
# ASCII folded, with a blank for what is in no word.
_BARE = {code: chr(code).casefold() if chr(code).isalnum() else " " for code in range(128)}
_BARE[ord(_BETWEEN)] = _BETWEEN
# The words of what most texts are made of: no other letter is there.
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


def folded_words(text: str) -> list[str]:
    """Return the words of *text* as they are compared: a run of CJK characters is one word."""
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
    if text.isascii():
        return _short(text.translate(_BARE).split())
    return _tokens_of_folded(_folded(text))


def _tokens_of_folded(folded: str) -> str:
    if not _UNACCENTED.fullmatch(folded):
        return _short(_apart(_RUN.findall(folded)))
    tokens: list[str] = []
    for run in _PLAIN_RUN.findall(folded):
        if run > _LAST_WORDY:
            tokens += map(add, run, run[1:])
            tokens.append(run[-1])
        else:
            tokens.append(run)
    return _short(tokens)


def _short(tokens: list[str]) -> str:
    said = " ".join(tokens)
    if len(said) > LONGEST_TOKEN and max(map(len, tokens)) > LONGEST_TOKEN:
        return " ".join([token[:LONGEST_TOKEN] for token in tokens])
    return said


def _tokens_of_each(texts: Iterable[str]) -> dict[str, str]:
    """Return the tokens of each of *texts*; those of one make are folded at once, as one text."""
    apart = [one for one in dict.fromkeys(texts) if _BETWEEN not in one]
    latin = [one for one in apart if one.isascii()]
    plain = [one for one in apart if not one.isascii() and _PLAIN.fullmatch(one)]
    bare = _BETWEEN.join(latin).translate(_BARE).split(_BETWEEN)
    folded = _folded(_BETWEEN.join(plain)).split(_BETWEEN)
    found = {one: _short(each.split()) for one, each in zip(latin, bare, strict=False)}
    found |= {one: _tokens_of_folded(each) for one, each in zip(plain, folded, strict=False)}
    return found


def _beside(tokens: Iterable[str]) -> str:
    return f" {_BREAK} ".join([one for one in tokens if one])


@lru_cache(maxsize=_REMEMBERED)
def _name_tokens(name: str) -> str:
    return f" {_tokens_of(name)} "


def index_text(*texts: str, names: Iterable[str] = ()) -> str:
    """Return the tokens of texts and *names*, parted by blanks; no phrase runs into the next.

    A name that a text says is not said again. The tokens of names are remembered: most events are
    about few entities.
    """
    return _with_names(_beside(map(_tokens_of, texts)), names)


def index_texts(documents: Collection[tuple[Sequence[str], Iterable[str]]]) -> list[str]:
    """Return what ``index_text`` does for the texts and the names of each of *documents*."""
    known = _tokens_of_each([one for texts, _names in documents for one in texts])
    return [
        _with_names(_beside([known.get(one) or _tokens_of(one) for one in texts]), names)
        for texts, names in documents
    ]


def _with_names(said: str, names: Iterable[str]) -> str:
    apart = f" {said} "
    unsaid = [one[1:-1] for one in map(_name_tokens, names) if one not in apart]
    return _beside((said, *unsaid)) if unsaid else said


def _terms(query: str) -> list[list[str]]:
    """Return each run of the query as the tokens that must stand side by side."""
    runs = folded_words(query[:LONGEST_QUERY])
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
