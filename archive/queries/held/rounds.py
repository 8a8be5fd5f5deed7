"""Rounds of funding told on one day: those with different names are different rounds.

A name is compared by what it says: 天使轮 and “Angel round” are one, A and A+ are two. A telling
without a name may be of any of them; where there is one, none of that day is told apart.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, select

from archive.log.tables import events
from archive.projections import PER_EVENT
from archive.queries.held.fact import Fact
from archive.queries.known.asking import among, asked
from archive.queries.known.nesting import is_server
from archive.vocabulary import UNKNOWN

_TOTAL: Final = re.compile(r"累计|合计|cumulative|total")
_IDLE: Final = re.compile(r"轮|次|融资|series|rounds?|funding|financing|[\s\-–—_.·/|()（）]")
_ALSO: Final = (("天使", "angel"), ("种子", "seed"), ("战略", "strategic"))


class _Round(msgspec.Struct):
    round: Any = None


class _Version(msgspec.Struct):
    data: _Round


class _Data(msgspec.Struct):
    round: Any = None
    event: _Version | None = None


class _Text(msgspec.Struct):
    """Of the text of an event no more than its round; a correction has it within."""

    data: _Data


_TEXT: Final = msgspec.json.Decoder(_Text)


def round_names(connection: Connection, positions: Iterable[int]) -> dict[int, str]:
    """Return what the round is called that each of the events at *positions* tells of, if so."""
    wanted = sorted(set(positions))
    if not wanted:
        return {}
    query = _texts(on_server=is_server(connection))
    said = {at: _round(text) for at, text in asked(connection, query, {"positions": wanted})}
    return {at: plain for at, name in said.items() if name and (plain := _plain(str(name)))}


def _round(payload: bytes) -> object:
    data = _TEXT.decode(bytes(payload)).data
    return (data.event.data if data.event else data).round


@cache
def _texts(*, on_server: bool) -> Select[Any]:
    return select(events.c.position, events.c.payload).where(
        among(events.c.position, "positions", on_server=on_server), events.c.payload.is_not(None)
    )


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
