"""The state is sought by index: no question reads a whole table, however a planner is tempted."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TypeAlias

import pytest
from sqlalchemy import Connection, Engine, text

from archive.commands import record_all
from archive.log import head
from archive.queries import AsOf, Compared, Filters, change_days, compare, state, value_counts
from archive.queries.held import mentioning, seeking, states
from archive.storage import writing
from archive.vocabulary import Raw
from tests.builders import a_source, an_entity, an_event, an_event_with, scratch, shared_archive
from tests.queries.plans import plans

DAY, OTHER_DAY = date(2023, 6, 1), date(2022, 1, 1)


def many_events() -> list[Raw]:
    """Return some of everything that a question may stumble over, and much of what is common."""
    home = an_entity("home")
    dates = ["2022", "2023-05", "2023-05-01", "2023-06~", "[..2023-07-01]"]
    common = [
        an_event(
            "licence_set", id=f"l-{n}", when=dates[n % 5], model=f"m-{n % 40:02}", licence="MIT"
        )
        for n in range(400)
    ]
    rare = an_event("licence_set", id="rare", model="m-07", licence="MIT")
    stretch = an_event("role_started", id="role", when="2023/2023-03-05", person="ada", org=home)
    rounds = [
        an_event("funding_round", id=f"r-{n}", org=home, phase="closed", amount=f"{n} USD")
        for n in (5, 7)
    ]
    settled = an_event("dispute_settled", id="s", when="2024", claims="r-5,r-7", choice="r-5")
    merged = an_event_with("entities_merged", {"from": [an_entity("old")], "into": home}, id="m")
    left = an_event("role_ended", id="left", when="2023-04-05", person="ada", org=home)
    return [a_source(), *common, rare, stretch, left, *rounds, settled, merged]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def kept(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An archive on each database in turn, whose tables a server knows the size of."""
    with shared_archive(request) as engine:
        with writing(engine) as connection:
            record_all(connection, many_events(), recorded_by="tests")
            if engine.dialect.name == "postgresql":
                connection.execute(text("ANALYZE"))
        yield engine


@pytest.fixture
def told(kept: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """A connection to it, where no whole is read, and of no entity little was told."""
    monkeypatch.setattr(states, "_SMALL", 0)
    monkeypatch.setattr(seeking, "_FEW", 1)
    with kept.connect() as connection:
        yield connection


Question: TypeAlias = Callable[[Connection, int], object]


QUESTIONS: dict[str, Question] = {
    "an entity": lambda c, now: state(c, as_of=AsOf(DAY, now), entity="home"),
    "a beginning vaguer than its end": lambda c, now: state(c, as_of=AsOf(DAY, now), entity="ada"),
    "an entity of one name": lambda c, now: state(c, as_of=AsOf(DAY, now), entity="m-07"),
    "an entity as known then": lambda c, now: state(c, as_of=AsOf(DAY, now - 3), entity="home"),
    "a page": lambda c, now: state(c, as_of=AsOf(DAY, now)),
    "a page of a type": lambda c, now: state(
        c, as_of=AsOf(DAY, now), entity_type="model", limit=1
    ),
    "the next page": lambda c, now: state(c, as_of=AsOf(DAY, now), after="m-01", limit=1),
    "a page as known then": lambda c, now: state(
        c, as_of=AsOf(DAY, now - 3), entity_type="model", limit=1
    ),
    "a tab": lambda c, now: state(c, as_of=AsOf(DAY, now), tab="people"),
    "a value": lambda c, now: state(c, as_of=AsOf(DAY, now), where=[("licence", "MIT")]),
    "a vacant post": lambda c, now: state(c, as_of=AsOf(DAY, now), where=[("officers", "vacant")]),
    "two days": lambda c, now: compare(c, left=AsOf(OTHER_DAY, now), right=AsOf(DAY, now)),
    "two days of a type": lambda c, now: compare(
        c,
        left=AsOf(OTHER_DAY, now),
        right=AsOf(DAY, now),
        among=Compared(entity_type="model"),
        limit=5,
    ),
    "two positions": lambda c, now: compare(c, left=AsOf(DAY, now - 4), right=AsOf(DAY, now)),
    "the days of change": lambda c, now: change_days(c, known=now),
    "those of one entity": lambda c, now: change_days(
        c, known=now, filters=Filters(entity="home")
    ),
    "counts": lambda c, now: value_counts(
        c, as_of=AsOf(DAY, now), type_name="model", attribute="commercial_use"
    ),
    "counts as known then": lambda c, now: value_counts(
        c, as_of=AsOf(DAY, now - 1), type_name="model", attribute="commercial_use"
    ),
    "counts of people's posts": lambda c, now: value_counts(
        c, as_of=AsOf(DAY, now), type_name="person", attribute="affiliation"
    ),
    "counts of parents": lambda c, now: value_counts(
        c, as_of=AsOf(DAY, now - 1), type_name="organization", attribute="parent"
    ),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_no_question_reads_a_whole_table(told: Connection, ask: Question) -> None:
    now = head(told)[0]

    found = plans(told, lambda: ask(told, now))

    assert found
    for plan in found:
        assert plan.walked() == [], "\n".join((plan.statement, *plan.lines))


def test_vacant_posts_that_are_many_are_found_by_index_too(
    told: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mentioning, "_WORTH", 0)
    now = head(told)[0]

    found = plans(told, lambda: QUESTIONS["a vacant post"](told, now))

    assert any("entity.place" in one.statement and "LIKE" in one.statement for one in found)
    for plan in found:
        assert plan.walked() == [], "\n".join((plan.statement, *plan.lines))


RANGES: dict[str, tuple[str, Sequence[tuple[str, str]]]] = {
    # Trap 1: a bound that a seek gives must bound the index, and not be tried row by row.
    "the facts that matter": (
        "an entity",
        [
            ("later USING INDEX ix_fact_begun (cell_id=? AND lo>? AND lo<?)", "lo >= scope.low"),
            ("vague USING INDEX ix_fact_fuzzy (cell_id=? AND hi>?)", "hi >= scope_1.low"),
            ("begun USING INDEX ix_fact_begun (cell_id=? AND lo<?)", "cell_id = cell.id"),
        ],
    ),
    # Trap 2: what is joined in loses the order of the index, and with it the early end.
    "the names in order": (
        "a page of a type",
        [("entity USING INDEX ix_entity_type_place (type=? AND place>?)", "place > ")],
    ),
    "a rare value": (
        "a value",
        [
            ("ix_fact_by_value (value_id=?)", "value_id = fact_value.id"),
            ("ix_cell_attribute_id_member (attribute_id=? AND member=?)", "(member = ANY"),
        ],
    ),
    # What is told of a vacancy names who left: it is sought by the events that tell of leavings.
    "who left a post": (
        "a vacant post",
        [
            ("occurrence USING INDEX ix_occurrence_kind_v (kind=?)", "ix_occurrence_kind_v"),
            ("fact USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)", "id >= (occurrence."),
        ],
    ),
    # Trap 3: a partial index, and a join of events and their facts in the wrong order.
    # Few are ever renamed: to look at the names of all takes longer than the page.
    "who was called otherwise": (
        "a page as known then",
        [
            ("occurrence USING INDEX ix_occurrence_kind_v (kind=?)", "ix_occurrence_kind_v"),
            ("entity_name USING INDEX sqlite_autoindex_entity_name_1 (position=?)", "entity_name"),
        ],
    ),
    "the days that facts touch": (
        "two days",
        [
            ("ix_fact_by_day (v>? AND v<?)", "ix_fact_by_day"),
            ("ix_fact_from (lo>? AND lo<?)", "ix_fact_from"),
            ("ix_fact_until (hi>? AND hi<?)", "ix_fact_until"),
        ],
    ),
    "what was taken back": ("two positions", [("ix_fact_gone (gone>? AND gone<?)", "gone > ")]),
    "the facts of some events": (
        "those of one entity",
        [("fact USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)", "id >= (occurrence.")],
    ),
    "all that was told of an entity": (
        "an entity of one name",
        [("told USING INDEX ix_fact_begun (cell_id=? AND lo<?)", "cell_id = scope.id")],
    ),
    # Trap 4: EXISTS (SELECT *) takes an index of every column, and reads all of the cell.
    "what else was told of the last day": (
        "counts as known then",
        [
            ("last USING INDEX ix_fact_asof (cell_id=? AND v<?)", "v <= "),
            ("other USING INDEX ix_fact_asof (cell_id=? AND v=?)", "v = last.v"),
        ],
    ),
    "the runs of the tally": (
        "counts",
        [
            (
                "tally USING PRIMARY KEY (attribute_id=? AND grain=? AND day>? AND day<?)",
                "grain = '1'::smallint",
            )
        ],
    ),
}


@pytest.mark.parametrize(("ask", "wanted"), RANGES.values(), ids=RANGES)
def test_an_index_is_entered_where_the_answer_lies(
    told: Connection, ask: str, wanted: Sequence[tuple[str, str]]
) -> None:
    now = head(told)[0]

    found = plans(told, lambda: QUESTIONS[ask](told, now))

    lines = "\n".join(line for plan in found for line in plan.lines).replace('"', "")
    lines = lines.replace("COVERING ", "")
    for embedded, server in wanted:
        assert (embedded if told.dialect.name == "sqlite" else server) in lines, lines


def test_no_index_is_read_into_a_filter_once_the_tables_were_counted(
    kept: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "_SMALL", 0)
    with scratch(kept) as counted:
        counted.execute(text("ANALYZE"))
        now = head(counted)[0]
        found = [
            plan
            for back in (0, 3)
            for plan in plans(
                counted, partial(state, counted, as_of=AsOf(DAY, now - back), entity="m-01")
            )
        ]

    lines = "\n".join(line for plan in found for line in plan.lines)
    assert "BLOOM" not in lines


def test_a_condition_on_the_type_does_not_lead_to_all_cells_of_the_type(told: Connection) -> None:
    now = head(told)[0]

    found = plans(told, lambda: QUESTIONS["two days of a type"](told, now))

    sought = [plan for plan in found if "WITH scope" in plan.statement]
    assert sought
    for plan in sought:
        assert "ix_cell_attribute_id_member" not in "\n".join(plan.lines)
