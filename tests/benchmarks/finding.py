"""The timeline's page, its marks, its facets, and the search, each against a plain scan."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, func, select

from archive.projections.tables import entities, occurrences
from archive.queries import Filters, Window, facets, head, search, timeline, viewport
from archive.storage import reading
from tests.benchmarks.growing import Grown
from tests.benchmarks.places import processor_of
from tests.benchmarks.plan import Plan
from tests.benchmarks.reporting import Line, Section, per_call
from tests.benchmarks.timing import contest

TITLE: Final = "Timeline, facets, search"
WORDS: Final = (
    "The page is the first 50 events of the whole log, and of the middle year of its days; its "
    "view has at most 400 marks; facets are counted over it. Their rival fetches every row of "
    "the timeline's table by the bare driver and does nothing with it. The search is for two "
    "Chinese characters and answers with 20 events, 20 entities "
    "and a count; its rival counts the payloads that hold them by LIKE over the whole log."
)
SCAN: Final = "raw scan of the timeline's table"
LIKE: Final = "LIKE over all payloads"
KEY: Final = "look-up by primary key"
WORDS_SOUGHT: Final = "模型"
YEAR: Final = 365


def measure(plan: Plan) -> Section:
    """Return the cost of a call by database and question."""
    return Section(
        TITLE, WORDS, (per_call(line for one in plan.grown() for line in _lines(one, plan)),)
    )


def _lines(grown: Grown, plan: Plan) -> list[Line]:
    with reading(grown.engine) as connection:
        asked = _asked(connection)
        rivals = _rivals(connection)
        costs = contest(
            {what: work for what, (work, _rival) in asked.items()} | rivals,
            rounds=plan.rounds,
            server=processor_of(connection),
        )
        found = search(connection, text=WORDS_SOUGHT, known=head(connection).position).total
    named = f"{grown.place.name}, {grown.events:,} events: "
    hits = {"search": f" ({found:,} hits)"}
    return [
        Line(named + what + hits.get(what, ""), rival, costs[what], costs[rival])
        for what, (_work, usual) in asked.items()
        for rival in (usual, KEY)
    ]


def _asked(connection: Connection) -> dict[str, tuple[Callable[[], object], str]]:
    known, every = head(connection).position, Filters()
    many = connection.scalar(select(func.count()).select_from(occurrences)) or 1
    days = select(occurrences.c.v).order_by(occurrences.c.v).offset(many // 2).limit(1)
    middle = connection.scalars(days).one()
    year = Window(middle - YEAR // 2, middle + YEAR // 2)
    return {
        "first page": (lambda: timeline(connection, filters=every, known=known), SCAN),
        "page of a year": (
            lambda: timeline(connection, window=year, filters=every, known=known),
            SCAN,
        ),
        "a view of a year": (
            lambda: viewport(connection, window=year, filters=every, known=known),
            SCAN,
        ),
        "facets of a year": (
            lambda: facets(connection, window=year, filters=every, known=known),
            SCAN,
        ),
        "search": (lambda: search(connection, text=WORDS_SOUGHT, known=known), LIKE),
    }


def _rivals(connection: Connection) -> dict[str, Callable[[], object]]:
    cursor: Any = connection.connection.cursor()
    on_server = connection.dialect.name == "postgresql"
    text = "convert_from(payload, 'UTF8')" if on_server else "CAST(payload AS TEXT)"
    mark = "%s" if on_server else "?"
    like = f"SELECT count(*) FROM event WHERE {text} LIKE {mark}"  # noqa: S608 - own words
    return {
        SCAN: lambda: cursor.execute("SELECT * FROM occurrence") and cursor.fetchall(),
        LIKE: lambda: cursor.execute(like, (f"%{WORDS_SOUGHT}%",)) and cursor.fetchall(),
        KEY: lambda: connection.execute(select(entities).where(entities.c.id == 1)).one(),
    }
