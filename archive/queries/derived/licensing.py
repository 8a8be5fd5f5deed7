"""Under what terms each model could be had on a day, and which of them count as free.

A row holds what the cells of a model's terms hold. Terms that one event set begin together, so
they are judged together: every order in which the true dates may have come is gone through, and a
definition is met for certain when it is met in all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations, product
from typing import Final, NamedTuple, TypeAlias

from sqlalchemy import Connection

from archive.dates import EARLIEST_DAY, day_number
from archive.languages import Words
from archive.projections import entity_ids
from archive.queries.answers import EntityRef
from archive.queries.as_of import AsOf
from archive.queries.derived.freedom import (
    DEFINITIONS,
    Definition,
    Judgement,
    Terms,
    Verdict,
    either,
    judge,
    listed,
    reasons_of,
)
from archive.queries.derived.outlines import PHASE, TYPE, Outline, outlines
from archive.queries.held.answering import held_in
from archive.queries.held.cells import cells_on
from archive.queries.held.fact import Fact
from archive.queries.held.gathering import Gathered, held_cells
from archive.queries.held.phrasing import StateRow
from archive.queries.held.standing import candidates
from archive.queries.known.ground import Ground, ground
from archive.vocabulary import UNKNOWN

_TERMS: Final = ("weights", "licence", "commercial_use", "conditions")
_DATED: Final = ("access", *_TERMS)
_READ: Final = (PHASE, *_DATED)
_SINCE: Final = ("commercial_use", "licence", "conditions", "weights", "access", PHASE)
# Beyond so many events with a part in the terms, each term is judged by itself.
_MOST_EVENTS: Final = 5

_Told: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """The terms of one model on a day: what each cell holds, and the verdict on each definition.

    A term of which nothing is recorded has no cell. Where there is no word of the weights, but the
    model is known to be had in another way, ``weights`` of the terms is ``none``.
    """

    entity: EntityRef
    cells: Mapping[str, StateRow]
    terms: tuple[Terms, ...]
    judgements: Mapping[str, Judgement]

    @property
    def latest(self) -> StateRow:
        """Return the cell that tells best since when the terms are so."""
        return next(self.cells[name] for name in _SINCE if name in self.cells)

    @property
    def is_disputed(self) -> bool:
        """Tell whether a claim about the terms is disputed."""
        return any(self.cells[name].is_disputed for name in _DATED if name in self.cells)


@dataclass(frozen=True, slots=True)
class DefinitionCount:
    """How many models meet a definition; ``adds`` is by how many more than the one before."""

    definition: Definition
    certain: int
    possible: int
    untold: int
    adds: int

    @property
    def count(self) -> int:
        """Return how many meet it, certainly or possibly."""
        return self.certain + self.possible


@dataclass(frozen=True, slots=True)
class Licences:
    """The terms of every model on a day, and what each definition makes of them."""

    as_of: AsOf
    rows: tuple[LicenceRow, ...]
    counts: tuple[DefinitionCount, ...]


class Judged(NamedTuple):
    """The verdict on one model under each definition, in their order."""

    slug: str
    verdicts: tuple[Verdict, ...]


def licences(connection: Connection, *, as_of: AsOf, entity: str = "") -> Licences:
    """Return the terms of each model that anything is known of, in order of names."""
    rows = licence_rows(connection, as_of=as_of, entities=[entity] if entity else [])
    return Licences(as_of, rows, counted(judged_rows(rows)))


def judged_rows(rows: Iterable[LicenceRow]) -> tuple[Judged, ...]:
    """Return the verdicts on the models of *rows*."""
    return tuple(Judged(row.entity.id, _verdicts(row.judgements.values())) for row in rows)


def licence_rows(
    connection: Connection, *, as_of: AsOf, entities: Sequence[str] = ()
) -> tuple[LicenceRow, ...]:
    """Return the terms of each model of *entities*, or of all, in order of names."""
    read = held_cells(
        connection, as_of=as_of, attribute_names=_READ, entity_type=TYPE, entities=entities
    )
    by_model: defaultdict[str, list[Gathered]] = defaultdict(list)
    for one in read:
        by_model[one.row.entity.id].append(one)
    day = day_number(as_of.valid)
    return tuple(_row(some, day) for some in by_model.values())


def judged_models(connection: Connection, *, as_of: AsOf) -> tuple[Judged, ...]:
    """Return the verdicts on each model that anything is known of, in order of names.

    They are those of ``licences``; of most models no fact is read for them.
    """
    stands = ground(connection, known=as_of.known)
    found = list(outlines(connection, as_of=as_of, stands=stands, names=_READ))
    closely = _looked_at(connection, as_of, stands, found)
    told = ((one.slug, _plainly(one.keys) if one.keys else closely.get(one.slug)) for one in found)
    return tuple(Judged(slug, verdicts) for slug, verdicts in told if verdicts)


def _verdicts(judgements: Iterable[Judgement]) -> tuple[Verdict, ...]:
    return tuple(one.verdict for one in judgements)


@lru_cache(maxsize=4096)
def _plainly(keys: tuple[tuple[str, str], ...]) -> tuple[Verdict, ...]:
    terms = _terms(dict(keys))
    return _verdicts(judge(terms, definition) for definition in DEFINITIONS.values())


def _looked_at(
    connection: Connection, as_of: AsOf, stands: Ground, found: Iterable[Outline]
) -> dict[str, tuple[Verdict, ...]]:
    """Return the verdicts on the models that an outline does not decide, from their facts."""
    numbers = entity_ids(connection, [one.slug for one in found if one.keys is None]).values()
    if not numbers:
        return {}
    day = day_number(as_of.valid)
    alive: defaultdict[str, dict[str, Sequence[Fact]]] = defaultdict(dict)
    for cell in cells_on(
        connection,
        ground=stands,
        days=(day, day),
        entities=stands.family(numbers),
        attribute_names=_READ,
    ):
        if held := held_in(cell, day):
            heard = [fact for fact in cell.facts if not fact.is_set_aside]
            ends = (fact for fact in candidates(heard, day) if fact.value is None)
            alive[cell.entity.id][cell.attribute.name] = (*held.candidates, *ends)
    return {slug: _closely(facts, day) for slug, facts in alive.items()}


def _closely(alive: Mapping[str, Sequence[Fact]], day: int) -> tuple[Verdict, ...]:
    worlds = tuple(dict.fromkeys(_worlds(alive, day)))
    return _verdicts(_judged(worlds, definition, ()) for definition in DEFINITIONS.values())


def _row(cells: Sequence[Gathered], day: int) -> LicenceRow:
    held = {one.row.attribute: one for one in cells}
    terms = tuple(dict.fromkeys(_worlds({name: one.alive for name, one in held.items()}, day)))
    vague = tuple(
        one.row.reason for name, one in held.items() if name in _DATED and one.row.reason
    )
    return LicenceRow(
        entity=cells[0].row.entity,
        cells={name: one.row for name, one in held.items()},
        terms=terms,
        judgements={
            name: _judged(terms, definition, vague) for name, definition in DEFINITIONS.items()
        },
    )


def _judged(worlds: Sequence[Terms], definition: Definition, vague: Sequence[Words]) -> Judgement:
    """Return what all readings of the dates agree on, else the best that some reading allows.

    *vague* says in words what is vague about the dates.
    """
    found = [(terms, judge(terms, definition)) for terms in worlds]
    best = max(one.verdict for _terms, one in found)
    reasons = reasons_of([(terms, one) for terms, one in found if one.verdict is best])
    is_agreed = all(one.verdict is best for _terms, one in found)
    if is_agreed and len(reasons) == 1:
        return Judgement(best, reasons[0])
    verdict = Verdict.POSSIBLE if best >= Verdict.POSSIBLE else Verdict.UNTOLD
    said = dict.fromkeys((either(reasons), *vague))
    return Judgement(best if is_agreed else verdict, listed(said))


def _worlds(alive: Mapping[str, Iterable[Fact]], day: int) -> Iterator[Terms]:
    """Yield the terms as each reading of the dates has them."""
    spoken = {name: _last_said(alive[name]) for name in (*_TERMS, "access") if name in alive}
    told = sorted({one for facts in spoken.values() for one in facts})
    if len(told) > _MOST_EVENTS:
        yield from (_terms(values) for values in _mixed(spoken))
        return
    for order in _orders(told, day):
        yield _terms({name: _value(facts, order) for name, facts in spoken.items()})


def _terms(values: dict[str, str]) -> Terms:
    if values.get("weights", UNKNOWN) == UNKNOWN:
        values["weights"] = _weights_by_access(values.get("access", UNKNOWN))
    return Terms(**{name: values.get(name, UNKNOWN) for name in _TERMS})


def _mixed(spoken: Mapping[str, Mapping[_Told, str]]) -> Iterator[dict[str, str]]:
    """Yield every mixture of values: more than there may be, and never less."""
    choices = [{*facts.values(), UNKNOWN} for facts in spoken.values()]
    for values in product(*choices):
        yield dict(zip(spoken, values, strict=True))


def _last_said(facts: Iterable[Fact]) -> dict[_Told, str]:
    """Return the value that each event gives from a date on; unknown where it ends one."""
    return {fact.telling: UNKNOWN if fact.value is None else fact.value for fact in facts}


def _value(facts: Mapping[_Told, str], order: Sequence[_Told]) -> str:
    return next((facts[one] for one in reversed(order) if one in facts), UNKNOWN)


def _weights_by_access(access: str) -> str:
    """Return what the way to a model says of its weights."""
    if access == UNKNOWN:
        return UNKNOWN
    return "full" if access == "weights" else "none"


def _orders(told: Sequence[_Told], day: int) -> Iterator[tuple[_Told, ...]]:
    """Yield each order in which the events that had begun by *day* may have come."""
    for length in range(len(told) + 1):
        for order in permutations(told, length):
            begun = set(order)
            if all(one in begun or one[2] > day for one in told) and _is_possible(order, day):
                yield order


def _is_possible(order: Sequence[_Told], day: int) -> bool:
    reached = EARLIEST_DAY
    for _position, first, last in order:
        reached = max(reached, first)
        if reached > min(last, day):
            return False
    return True


def counted(judged: Iterable[Judged]) -> tuple[DefinitionCount, ...]:
    """Return how many of the models meet each definition, and how many each adds."""
    columns = list(zip(*(one.verdicts for one in judged), strict=True)) or [()] * len(DEFINITIONS)
    counts: list[DefinitionCount] = []
    for definition, verdicts in zip(DEFINITIONS.values(), columns, strict=True):
        certain, possible = verdicts.count(Verdict.IN), verdicts.count(Verdict.POSSIBLE)
        before = counts[-1].count if counts else 0
        untold = verdicts.count(Verdict.UNTOLD)
        counts.append(
            DefinitionCount(definition, certain, possible, untold, certain + possible - before)
        )
    return tuple(counts)
