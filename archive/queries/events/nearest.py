"""Whom words may have meant that no name matches: a name within them, or one nearly like them."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, select

from archive.projections.entities import NOTE
from archive.projections.sounding import sound
from archive.projections.tables import entities, entity_names
from archive.projections.tokens import LONGEST_QUERY, folded_words
from archive.queries.known.merging import homes
from archive.queries.known.narrowing import is_known

MOST_NAMES: Final = 100_000
_LEAST_LIKE: Final = 80.0
# One letter or character is in too many words to tell anything, and so are two Latin ones.
_LEAST_OF: Final = {True: 3, False: 2}
# So many names may belong to one entity that there is room for others.
_NAMES_OF_ONE: Final = 4

_Named: TypeAlias = tuple[int, str]


def nearest(
    connection: Connection, text: str, *, known: int, types: Sequence[str] = (), limit: int
) -> list[int]:
    """Return the numbers of the entities that *text* may have meant, best first.

    Those whose name stands within the words come first, the longest name before the rest: so
    百川智能有限公司 and “OpenAI Inc.” lead home without a list of legal forms. Then those whose
    name sounds nearly as the words do: at least four fifths alike by the indel similarity of the
    package rapidfuzz, Chinese characters by their sound (``archive.projections.sounding``). Of an
    archive of more than ``MOST_NAMES`` names only so many are looked at, oldest first.
    """
    words = folded_words(text[:LONGEST_QUERY])
    if not words:
        return []
    names = _names(connection, known=known, types=types)
    near = [*_within(words, names), *_alike(text, names, limit=limit)]
    ends = homes(connection, known=known)
    return list(dict.fromkeys(ends.get(number, number) for number in near))[:limit]


def _names(connection: Connection, *, known: int, types: Sequence[str]) -> list[_Named]:
    query = (
        select(entity_names.c.entity_id, entity_names.c.name)
        .join(entities, entities.c.id == entity_names.c.entity_id)
        .where(
            entity_names.c.kind != NOTE,
            entities.c.type.in_(types) if types else entities.c.type != "source",
            is_known(entity_names.c.position, entity_names.c.gone, known),
        )
        .order_by(entity_names.c.entity_id)
        .limit(MOST_NAMES)
    )
    found: Iterable[Any] = connection.execute(query)
    return [(number, name) for number, name in found]


def _within(words: Sequence[str], names: Iterable[_Named]) -> Iterable[int]:
    """Return those of *names* that stand within *words*, Latin ones only as whole words."""
    said = f" {' '.join(words)} "
    found = []
    for number, name in names:
        plain = " ".join(folded_words(name))
        sought = f" {plain} " if plain.isascii() else plain
        if len(plain) >= _LEAST_OF[plain.isascii()] and sought in said:
            found.append((len(plain), number))
    return [number for _length, number in sorted(found, key=lambda one: -one[0])]


def _alike(text: str, names: Sequence[_Named], *, limit: int) -> Iterable[int]:
    matches = process.extract(
        sound(text[:LONGEST_QUERY]),
        [sound(name) for _number, name in names],
        scorer=fuzz.ratio,
        score_cutoff=_LEAST_LIKE,
        limit=limit * _NAMES_OF_ONE,
    )
    return [names[at][0] for _sound, _score, at in matches]
