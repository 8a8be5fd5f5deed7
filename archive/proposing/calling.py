"""Who is called what: every name that the archive holds, in the forms that texts use."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

from opencc import OpenCC
from sqlalchemy import Connection, select

from archive.projections.entities import NOTE
from archive.projections.tables import entities, entity_names
from archive.queries.known.merging import homes
from archive.queries.known.narrowing import is_known

_SECTOR: Final = re.compile(
    r"(中国|国内|全球|世界|美国|欧洲|日本)?(.{2,12})(?:行业|产业|板块|市场)"
)
_HOMES: Final = {
    "中国": re.compile(r"中国|国内|我国|本土|国产"),
    "国内": re.compile(r"中国|国内|我国|本土|国产"),
    "全球": re.compile(r"全球|世界|海外|国际"),
    "世界": re.compile(r"全球|世界|海外|国际"),
    "美国": re.compile(r"美国|硅谷|美股"),
    "欧洲": re.compile(r"欧洲|欧盟"),
    "日本": re.compile(r"日本"),
}
_ORGANIZATION: Final = "organization"
_SHORTEST_REST: Final = 4
_LONGEST_NUMBER: Final = len("360")
_UNNAMED: Final = frozenset({"deal", "source", "licence"})
_NO_SIGN: Final = re.compile(r"[\ud800-\udfff]")  # half of one; no automaton takes it
_SIGNS: Final = {"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "•": "·", "・": "·", "‧": "·"}
_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


Bearer: TypeAlias = tuple[str, str]
Bearers: TypeAlias = Mapping[str, tuple[Bearer, ...]]


@dataclass(frozen=True, slots=True)
class Sector:
    """A trade that the archive knows by the name of its wares, and where it is at home."""

    id: str
    type: str
    wares: str
    home: re.Pattern[str] | None
    is_default: bool

    def rank(self, plain: str) -> int:
        """Return how likely words mean this trade and not its namesake elsewhere; 0 is best."""
        if self.home is None or self.home.search(plain):
            return 0
        return 1 if self.is_default else 2


@dataclass(frozen=True, slots=True)
class Called:
    """Whom each name may mean: ids and types, the one named first in the archive first.

    ``owned`` are the rests of names that begin with an organization's, with its id; ``small`` the
    names that are written without a capital.
    """

    bearers: Bearers
    owned: Mapping[str, tuple[tuple[Bearer, str], ...]]
    sectors: tuple[Sector, ...]
    small: frozenset[str]


def called(connection: Connection, *, known: int) -> Called:
    """Return every name as known on *known*, those of merged entities at their home."""
    ends = homes(connection, known=known)
    rows = connection.execute(select(entities.c.id, entities.c.slug, entities.c.type))
    named = {row.id: (row.slug, row.type) for row in rows}
    given = connection.execute(
        select(entity_names.c.entity_id, entity_names.c.name)
        .where(
            entity_names.c.kind != NOTE,
            is_known(entity_names.c.position, entity_names.c.gone, known),
        )
        .order_by(entity_names.c.position, entity_names.c.number)
    )
    found: dict[str, dict[Bearer, None]] = {}
    small: set[str] = set()
    for number, name in given:
        bearer = named[ends.get(number, number)]
        forms = [] if bearer[1] in _UNNAMED else list(_forms(name))
        small.update(forms if name == name.lower() else ())
        for form in forms:
            found.setdefault(form, {})[bearer] = None
    bearers = {form: tuple(each) for form, each in found.items()}
    return Called(bearers, _owned(bearers), tuple(_sectors(bearers)), frozenset(small))


def _owned(bearers: Bearers) -> dict[str, tuple[tuple[Bearer, str], ...]]:
    owners = {name: each[0][0] for name, each in bearers.items() if each[0][1] == _ORGANIZATION}
    found: dict[str, set[tuple[Bearer, str]]] = {}
    for name, each in bearers.items():
        for cut in range(2, len(name) - _SHORTEST_REST + 1):
            owner, rest = owners.get(name[:cut]), name[cut:].strip()
            if owner and _HAN.match(rest) and rest not in bearers:
                rows = ((one, owner) for one in each if one[0] != owner)
                found.setdefault(rest, set()).update(rows)
    return {rest: tuple(sorted(each)) for rest, each in found.items() if each}


def _sectors(bearers: Bearers) -> Iterator[Sector]:
    seen: set[str] = set()
    for name, each in bearers.items():
        match = _SECTOR.fullmatch(name)
        if match is not None and each[0][1] == _ORGANIZATION and _HAN.search(match[2]):
            home = _HOMES.get(match[1] or "")
            yield Sector(*each[0], match[2], home, is_default=match[2] not in seen)
            seen.add(match[2])


def _forms(name: str) -> Iterator[str]:
    """Yield the name as it is looked for, and without the blanks that some write and some not."""
    plain = folded(name.strip())
    bare = plain.strip("《》“”")
    # 《科学》 is a journal; 科学 without its brackets is science.
    forms = {plain, bare if len(bare) >= _SHORTEST_REST else plain}
    if not _HAN.search(plain):
        forms |= {plain.replace(" ", "-"), plain.replace("-", " "), plain.replace(" ", "")}
    yield from (form for form in sorted(forms) if _is_telling(form))


def _is_telling(form: str) -> bool:
    """Tell whether a name is long enough to be looked for: single letters and years are not."""
    return len(form) > 1 and not (form.isdigit() and len(form) > _LONGEST_NUMBER)


def folded(text: str) -> str:
    """Return *text* in small, plain, simplified signs, each of them in its old place."""
    return "".join(map(_sign, text))


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


@cache
def _sign(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    if _NO_SIGN.match(sign):
        return "\ufffd"
    plain = _SIGNS.get(sign) or unicodedata.normalize("NFKC", sign).casefold()
    if _HAN.match(plain):
        plain = str(_to_simplified().convert(plain))
    return plain if len(plain) == 1 else sign
