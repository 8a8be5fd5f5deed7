"""A view of the timeline is sought by index: at no zoom is a whole table read."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, Engine, text

from archive.commands import record_all
from archive.log import head
from archive.queries import (
    Choice,
    Filters,
    Window,
    Without,
    density,
    facets,
    news,
    timeline,
    viewport,
)
from archive.storage import writing
from tests.builders import a_source, an_event, shared_archive
from tests.queries.plans import plans

DATES = ["2022", "2023-05", "2023-05-{day:02}", "2023-06~", "[..2023-07-{day:02}]", "2023-05/.."]
KINDS = ["org_founded", "model_released", "funding_round"]
HANDED_IN = frozenset({"json_each", "stream"})
WHOLE = Window(2459000, 2461000)
MAY = Window(2460066, 2460096)
# How often a server ran statements by words that it had prepared, by either sort of plan.
PLANNED = text(
    "SELECT sum(custom_plans), sum(generic_plans) FROM pg_prepared_statements "
    "WHERE statement LIKE '%to_tsquery%' OR statement LIKE '%= ANY (CAST(%'"
)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def kept(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An archive on each database in turn, whose tables a server knows the size of."""
    raws = [
        an_event(KINDS[n % 3], id=f"e{n}", when=DATES[n % 6].format(day=n % 28 + 1))
        for n in range(900)
    ]
    with shared_archive(request) as engine:
        with writing(engine) as connection:
            record_all(connection, [a_source(), *raws], recorded_by="tests")
            if engine.dialect.name == "postgresql":
                connection.execute(text("ANALYZE"))
        yield engine


QUESTIONS: dict[str, Callable[[Connection, int], object]] = {
    "everything": lambda c, now: viewport(c, window=WHOLE, filters=Filters(), known=now, most=60),
    "a month": lambda c, now: viewport(c, window=MAY, filters=Filters(), known=now, most=60),
    "all of a month": lambda c, now: viewport(
        c, window=MAY, filters=Filters(kinds=frozenset({"org_founded"})), known=now
    ),
    "not a kind": lambda c, now: viewport(
        c, window=MAY, filters=Choice(without=Without(kinds=frozenset({KINDS[0]}))), known=now
    ),
    "an entity": lambda c, now: viewport(
        c, window=WHOLE, filters=Filters(entity="org-founded-org"), known=now, most=60
    ),
    "a source": lambda c, now: viewport(
        c, window=WHOLE, filters=Filters(source="a-source"), known=now, most=60
    ),
    "density": lambda c, now: density(c, filters=Filters(), known=now),
    "counts": lambda c, now: facets(c, window=MAY, filters=Filters(), known=now, is_linked=False),
    "a page": lambda c, now: timeline(c, window=MAY, filters=Filters(), known=now),
    "a page before": lambda c, now: timeline(
        c, window=MAY, filters=Filters(), known=now, before="2460080.0.0"
    ),
    "as known a while ago": lambda c, now: viewport(
        c, window=WHOLE, filters=Filters(), known=now - 3, most=60
    ),
    "retracted too": lambda c, now: viewport(
        c, window=WHOLE, filters=Filters(retracted=True), known=now, most=60
    ),
    "none that are disputed": lambda c, now: density(
        c, filters=Choice(without=Without(disputed=True)), known=now
    ),
    "news": lambda c, now: news(c, since=now - 3, known=now, filters=Filters()),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_no_view_reads_a_whole_table(
    kept: Engine, ask: Callable[[Connection, int], object]
) -> None:
    with kept.connect() as connection:
        now = head(connection)[0]

        found = plans(connection, lambda: ask(connection, now))

    assert found
    for plan in found:
        walked = [name for name in plan.walked() if name not in HANDED_IN]
        assert walked == [], "\n".join((plan.statement, *plan.lines))


@pytest.mark.parametrize("ask", ["everything", "a month", "density"])
def test_counts_are_read_in_the_order_of_their_key(kept: Engine, ask: str) -> None:
    with kept.connect() as connection:
        now = head(connection)[0]

        found = plans(connection, lambda: QUESTIONS[ask](connection, now))

    counted = [plan for plan in found if "FROM mark_count" in plan.statement]
    assert counted
    for plan in counted:
        lines = "\n".join(plan.lines)
        key = "USING PRIMARY KEY" if kept.dialect.name == "sqlite" else "pk_mark_count"
        assert key in lines


@pytest.mark.parametrize("kept", ["postgres"], indirect=True)
def test_a_server_plans_a_view_by_words_for_those_words_however_often_it_is_asked(
    kept: Engine,
) -> None:
    # A connection of its own: what was prepared on another is not looked at.
    with kept.connect() as connection:
        now = head(connection)[0]
        for _ in range(25):
            viewport(connection, window=WHOLE, filters=Filters(text="org"), known=now, most=60)

        ran, for_anything = connection.execute(PLANNED).one()

    assert ran > 20
    assert for_anything == 0
