"""why: the events, in order, that make a value."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from archive.dates import day_number
from archive.errors import UnknownNameError
from archive.languages import Words
from archive.projections import PER_EVENT
from archive.queries.answers import EntityRef, EventRow
from archive.queries.as_of import AsOf
from archive.queries.events.finding import entity_called
from archive.queries.held.answering import held_in
from archive.queries.held.arguing import Argument, arguments_about
from archive.queries.held.bodies import STATUS, may_have_ended
from archive.queries.held.cell import Cell
from archive.queries.held.cells import read_cells
from archive.queries.held.fact import Fact
from archive.queries.held.founding import narrowing
from archive.queries.held.lifetimes import ACTIVE
from archive.queries.held.outcomes import outcomes
from archive.queries.held.phrasing import StateRow, state_rows
from archive.queries.held.posts import followers
from archive.queries.held.telling import Teller
from archive.queries.held.turning import Turns
from archive.queries.known.ground import Ground, ground
from archive.queries.known.rows import event_rows
from archive.vocabulary import ENTITY_TYPES, HANDED_ON


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One event behind a value: what it says of the cell, and what became of that by the day."""

    event: EventRow
    member_words: Words
    value: Words
    effect: Words


@dataclass(frozen=True, slots=True)
class Why:
    """The events behind an attribute, in order, and when what is shown of it changed, and will.

    These are likely days of what was told: what is told again and changes nothing is none of them.
    ``arguments`` are the disputes about these events' claims and their settlements, in the order
    in which the archive took them in.
    """

    entity: EntityRef
    attribute: str
    attribute_label: Words
    rows: tuple[StateRow, ...]
    steps: tuple[WhyStep, ...]
    previous_change: date | None
    next_change: date | None
    arguments: tuple[Argument, ...] = ()


_NARROWS = Words(
    "当时才成立，笼统所述不早于此日", "founded only then: what is told vaguely lies no earlier"
)
_ENDS = Words("结束", "ends")


def why(
    connection: Connection, *, entity: str, attribute: str, as_of: AsOf, member: str = ""
) -> Why:
    """Return the events behind *attribute* of *entity*, all members or only *member*.

    Raises NotFoundError for an unknown entity and UnknownNameError for an attribute that its type
    does not have.
    """
    known = entity_called(connection, entity, known=as_of.known)
    attributes = ENTITY_TYPES[known.type].attributes
    if attribute not in attributes:
        what = Words("属性", "attribute")
        raise UnknownNameError(what=what, name=attribute, known=attributes, field="attribute")
    stands = ground(connection, known=as_of.known)
    read = read_cells(connection, known=as_of.known, entity=entity, attribute_names=[attribute])
    meant = {member, stands.named.get(member, member)}
    cells = [cell for cell in read if not member or cell.member in meant]
    day = day_number(as_of.valid)
    foundings = _foundings(connection, cells, stands)
    facts = _in_turn(cells, foundings)
    turned = Turns(connection, cells, facts)
    answers = [(cell, answer) for cell in cells if (answer := held_in(cell, day))]
    return Why(
        known,
        attribute,
        attributes[attribute].label,
        state_rows(connection, answers, day=day, ground=stands),
        _steps(connection, facts, stands, day, {fact.id for _body, fact in foundings}),
        turned.last(day),
        turned.next(day),
        arguments_about(
            connection, (fact.id // PER_EVENT for _cell, fact in facts), known=as_of.known
        ),
    )


def _in_turn(
    cells: Sequence[Cell], foundings: Iterable[tuple[Cell, Fact]]
) -> list[tuple[Cell, Fact]]:
    """Return what is told of *cells*, and of others what ends, narrows or follows it, in order."""
    bodies = {body.entity.id: body for cell in cells for body in cell.bodies}
    facts = [
        *((cell, fact) for cell in cells for fact in _telling(cell)),
        *((body, end) for body in bodies.values() for end in body.facts if may_have_ended([end])),
        *foundings,
        *(following for cell in cells for following in followers(cell)),
    ]
    return sorted(facts, key=lambda told: (told[1].v, told[1].hi, told[1].clock, told[1].id))


def _telling(cell: Cell) -> list[Fact]:
    """Return the facts of *cell* but for the leavings of events that say who follows."""
    if cell.attribute.name not in HANDED_ON:
        return list(cell.facts)
    following = {one.id // PER_EVENT for one in cell.facts if one.value and not one.leaver}
    return [one for one in cell.facts if not (one.leaver and one.id // PER_EVENT in following)]


def _foundings(
    connection: Connection, read: Iterable[Cell], stands: Ground
) -> list[tuple[Cell, Fact]]:
    """Return what tells of the foundings that narrow what *read* tell."""
    days = narrowing(connection, read, ground=stands)
    return [
        (body, fact)
        for slug, day in days.items()
        for body in read_cells(
            connection, known=stands.known, entity=slug, attribute_names=[STATUS.name]
        )
        for fact in body.facts
        if fact.lo == day and fact.value == ACTIVE and not fact.is_set_aside
    ]


def _steps(
    connection: Connection,
    facts: list[tuple[Cell, Fact]],
    stands: Ground,
    day: int,
    foundings: Collection[int],
) -> tuple[WhyStep, ...]:
    positions = list(dict.fromkeys(fact.id // PER_EVENT for _cell, fact in facts))
    events = {row.position: row for row in event_rows(connection, positions, known=stands.known)}
    teller = Teller(connection, facts, ground=stands)
    cells = {id(cell): cell for cell, _fact in facts}
    became = {number: outcomes(cell, day) for number, cell in cells.items()}
    return tuple(
        WhyStep(
            events[fact.id // PER_EVENT],
            teller.member(cell, fact),
            teller.words(cell, fact) if fact.value is not None else _ENDS,
            _NARROWS if fact.id in foundings and fact.lo <= day else became[id(cell)](fact),
        )
        for cell, fact in facts
    )
