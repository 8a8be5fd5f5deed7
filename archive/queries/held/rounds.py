"""Rounds of funding told on one day: those with different names are different rounds.

A name is compared by what it says: 天使轮 and “Angel round” are one, A and A+ are two. A telling
without a name may be of any of them; where there is one, none of that day is told apart.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import msgspec
from sqlalchemy import Connection

from archive.log import read_by_positions
from archive.projections import PER_EVENT
from archive.queries.held.fact import Fact
from archive.queries.known.rows import said_at
from archive.vocabulary import UNKNOWN

_TOTAL: Final = re.compile(r"累计|合计|cumulative|total")
_IDLE: Final = re.compile(r"轮|次|融资|series|rounds?|funding|financing|[\s\-–—_.·/|()（）]")
_ALSO: Final = (("天使", "angel"), ("种子", "seed"), ("战略", "strategic"))


def round_names(connection: Connection, positions: Iterable[int]) -> dict[int, str]:
    """Return what the round is called that each of the events at *positions* tells of, if so."""
    recorded = read_by_positions(connection, set(positions))
    said = {at: said_at(one).data.get("round") for at, one in recorded.items()}
    return {at: plain for at, name in said.items() if name and (plain := _plain(str(name)))}


def told_apart(facts: Sequence[Fact], names: Mapping[int, str]) -> tuple[Fact, ...]:
    """Return *facts*, each with its round where all of its date and kind bear a name."""
    called: defaultdict[object, set[str]] = defaultdict(set)
    for fact in facts:
        if not fact.is_set_aside:
            called[_date(fact)].add(names.get(fact.id // PER_EVENT, ""))
    return tuple(
        fact
        if fact.is_set_aside or "" in called[_date(fact)]
        else msgspec.structs.replace(fact, round=names[fact.id // PER_EVENT])
        for fact in facts
    )


def _date(fact: Fact) -> object:
    return fact.lo, fact.hi, fact.kind


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    """Return what a name says; nothing where it says that several are told together."""
    text = unicodedata.normalize("NFKC", name).casefold()
    if text == UNKNOWN or _TOTAL.search(text):
        return ""
    for chinese, english in _ALSO:
        text = text.replace(chinese, english)
    return _IDLE.sub("", text)
