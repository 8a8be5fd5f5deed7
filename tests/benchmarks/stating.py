"""The state of a day: one entity, a page, the whole; against replay, and a look-up by key."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection, func, select

from archive.dates import day_number, day_of
from archive.log import read_log
from archive.projections import PER_EVENT, entity_ids
from archive.projections.days import Days, starting, stopping
from archive.projections.tables import (
    attributes,
    cells,
    entities,
    fact_values,
    facts,
    occurrence_entities,
    occurrences,
)
from archive.queries import AsOf, compare, head, state, value_counts
from archive.queries.held.answering import held_in
from archive.queries.held.cells import cells_on
from archive.queries.held.fact import Fact
from archive.queries.held.standing import Held, held
from archive.queries.known.ground import ground
from archive.storage import reading
from archive.vocabulary import (
    ENTITY_TYPES,
    Assertion,
    AttributeClass,
    Event,
    assertions,
    nested_event,
)
from tests.benchmarks.growing import Grown
from tests.benchmarks.places import processor_of
from tests.benchmarks.plan import Plan
from tests.benchmarks.reporting import Line, Section, per_call
from tests.benchmarks.timing import contest

TITLE: Final = "The state of a day"
WORDS: Final = (
    "`state` on the median day of the log, as known now: in words, with the events and sources "
    "behind each value; *cells alone* is what is held and how surely, before any words. The "
    "difference is that of the thirty days before. Naive replay reads the whole log, folds "
    "every assertion that was not taken back into cells, and applies the same rule of what is "
    "held to each; it is one price for every question, puts nothing into words, and its count "
    "of held cells is compared with ours. The look-up reads one entity by its number through the "
    "same Core."
)
REPLAY: Final = "naive replay of the log"
KEY: Final = "look-up by primary key"
WHOLE: Final = 10**9
_OUTLIVING: Final = {AttributeClass.MEASURED, AttributeClass.SUM}


def measure(plan: Plan) -> Section:
    """Return the cost of a call by database and question."""
    return Section(
        TITLE, WORDS, (per_call(line for one in plan.grown() for line in _lines(one, plan)),)
    )


def _lines(grown: Grown, plan: Plan) -> list[Line]:
    with reading(grown.engine) as connection:
        server = processor_of(connection)
        day = _median_day(connection)
        as_of = AsOf(day, head(connection).position)
        asked = _asked(connection, as_of)
        rivals: dict[str, Callable[[], object]] = {
            REPLAY: lambda: _replay(connection, day),
            KEY: lambda: connection.execute(select(entities).where(entities.c.id == 1)).one(),
        }
        costs = contest(asked | rivals, rounds=plan.rounds, server=server)
        whole = state(connection, as_of=as_of, limit=WHOLE)
        same = whole.certain + whole.possible == _replay(connection, day)
    named = f"{grown.place.name}, {grown.events:,} events: "
    against = {REPLAY: f"{REPLAY} ({'same' if same else 'OTHER'} cells held)", KEY: KEY}
    return [
        Line(named + what, against[rival], costs[what], costs[rival])
        for what in asked
        for rival in rivals
    ]


def _asked(connection: Connection, as_of: AsOf) -> dict[str, Callable[[], object]]:
    """Return the questions by what they ask."""
    hot, typical = _entities(connection)
    then = AsOf(as_of.valid - timedelta(days=30), as_of.known)
    page = partial(state, connection, as_of=as_of)
    common, rare = _values(connection)
    return {
        "a typical entity": partial(page, entity=typical),
        "a typical entity, cells alone": partial(_cells, connection, as_of, typical),
        "the busiest entity": partial(page, entity=hot),
        "the busiest entity, cells alone": partial(_cells, connection, as_of, hot),
        "a page of 50 entities": page,
        "a page of 50 models": partial(page, entity_type="model"),
        "50 models with a common value": partial(page, entity_type="model", where=[common]),
        "models with a rare value": partial(page, entity_type="model", where=[rare]),
        "counts by value": partial(
            value_counts, connection, as_of=as_of, type_name="model", attribute="commercial_use"
        ),
        "what 30 days changed": partial(compare, connection, left=then, right=as_of),
        "the whole": partial(page, limit=WHOLE),
    }


def _cells(connection: Connection, as_of: AsOf, slug: str) -> list[Held]:
    """Return what the cells of an entity hold, and no words."""
    day, stands = day_number(as_of.valid), ground(connection, known=as_of.known)
    number = entity_ids(connection, [slug])[slug]
    found = cells_on(connection, ground=stands, days=(day, day), entities=stands.family([number]))
    return [answer for cell in found if (answer := held_in(cell, day))]


def _values(connection: Connection) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the value of models' commercial use told most often, the developer told least."""
    return _told(connection, "commercial_use")[0], _told(connection, "developer")[-1]


def _told(connection: Connection, attribute: str) -> list[tuple[str, str]]:
    many = func.count()
    counted = (
        select(fact_values.c.value)
        .join(facts, facts.c.value_id == fact_values.c.id)
        .join(cells, cells.c.id == facts.c.cell_id)
        .join(attributes, attributes.c.id == cells.c.attribute_id)
        .where(attributes.c.entity_type == "model", attributes.c.name == attribute)
        .group_by(fact_values.c.value)
        .order_by(many.desc(), fact_values.c.value)
    )
    return [(attribute, value) for value in connection.scalars(counted)]


def _median_day(connection: Connection) -> date:
    many = connection.scalar(select(func.count()).select_from(occurrences)) or 1
    days = select(occurrences.c.v).order_by(occurrences.c.v).offset(many // 2).limit(1)
    return day_of(connection.scalars(days).one())


def _entities(connection: Connection) -> tuple[str, str]:
    """Return the entity that most events mention, and the one in the middle."""
    many = func.count()
    counted = (
        select(entities.c.slug)
        .join(occurrence_entities, occurrence_entities.c.entity_id == entities.c.id)
        .where(entities.c.type == "organization")
        .group_by(entities.c.slug)
        .order_by(many.desc(), entities.c.slug)
    )
    slugs = list(connection.scalars(counted))
    return slugs[0], slugs[len(slugs) // 2]


def _replay(connection: Connection, day: date) -> int:
    """Return how many cells hold something, from the log alone."""
    said: dict[str, tuple[int, Event]] = {}
    root: dict[str, str] = {}
    for recorded in read_log(connection):
        event = recorded.event
        target = event.data.get("target")
        name = event.id
        if isinstance(target, str) and event.kind in {"claim_corrected", "claim_retracted"}:
            name = root.get(target, target)
            said.pop(name, None)
        root[event.id] = name
        says = nested_event(event) if event.kind == "claim_corrected" else event
        if says is not None and event.kind != "claim_retracted":
            said[name] = (recorded.position, says)
    cells: defaultdict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for position, event in said.values():
        for fact, one in _facts(position, event):
            cells[one.entity, one.attribute, one.member].append(fact)
    number = day_number(day)
    return sum(held(facts, number) is not None for facts in cells.values())


def _facts(position: int, event: Event) -> list[tuple[Fact, Assertion]]:
    start, stop = starting(event.occurred.edtf), stopping(event.occurred.edtf)
    said = assertions(event)
    facts = [(_fact(position, start, one.value, one), one) for one in said]
    if stop is None:
        return facts
    return facts + [(_fact(position, stop, None, one), one) for one in said if _lasts(one)]


def _lasts(one: Assertion) -> bool:
    """Tell whether the end of a stretch ends what is asserted: figures and sums outlive it."""
    known = ENTITY_TYPES[one.entity_type].attributes[one.attribute].attribute_class
    return one.value is not None and known not in _OUTLIVING


def _fact(position: int, days: Days, value: str | None, one: Assertion) -> Fact:
    return Fact(position * PER_EVENT, days.lo, days.v, days.hi, value, one.number)
