"""Which index leads to the facts of a cell, where there are many and a server may choose."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Final

import pytest
from sqlalchemy import Engine, text

from archive.commands import record_all
from archive.log import head
from archive.queries import AsOf, state_in_keys
from archive.queries.held import seeking, states
from archive.storage import writing
from tests.builders import a_source, an_event, shared_archive
from tests.queries.plans import plans

DAY: Final = date(2023, 6, 1)
_EARLY: Final = "AS is_early"
_INDEX: Final = re.compile(r"ix_fact_\w+")
# Cells of a set, and facts of a day, or every third of a month: of each cell some.
_CELLS: Final = text(
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000) "
    "INSERT INTO cell (id, entity_id, attribute_id, member) SELECT 1000 + i, "
    "(SELECT MIN(entity_id) FROM cell) + i % 40, (SELECT MIN(attribute_id) FROM cell), "
    "'m-' || i FROM n"
)
_FACTS: Final = text(
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) "
    "INSERT INTO fact (id, cell_id, lo, v, hi, gone) SELECT 1000000 + i, 1001 + i % 8000, "
    "2456000 + i * 7 % 3000, 2456000 + i * 7 % 3000, "
    "2456000 + i * 7 % 3000 + CASE WHEN i % 3 = 0 THEN 30 ELSE 0 END, "
    "CASE WHEN i % 50 = 0 THEN 1000 + i END FROM n"
)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def many(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An archive on each database in turn, with thousands of cells, all counted."""
    models = [
        an_event("licence_set", id=f"l-{n}", when="2022", model=f"m-{n}", licence="MIT")
        for n in range(40)
    ]
    with shared_archive(request) as engine:
        with writing(engine) as connection:
            record_all(connection, [a_source(), *models], recorded_by="tests")
            connection.execute(_CELLS)
            connection.execute(_FACTS)
            connection.execute(text("ANALYZE"))
        yield engine


@pytest.fixture
def plan(many: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """How the facts of a page are sought where no whole is read."""
    monkeypatch.setattr(states, "_SMALL", 0)
    monkeypatch.setattr(seeking, "_FEW", 1)
    with many.connect() as connection:
        as_of = AsOf(DAY, head(connection)[0])
        put = plans(
            connection,
            lambda: state_in_keys(connection, as_of=as_of, entity_type="model", limit=20),
            is_free=True,
        )
        yield "\n".join(chain.from_iterable(one.lines for one in put if _EARLY in one.statement))


def test_facts_are_sought_by_their_beginning_and_vague_ones_by_their_end(plan: str) -> None:
    assert set(_INDEX.findall(plan)) == {"ix_fact_begun", "ix_fact_fuzzy"}


def test_the_latest_beginning_is_the_end_of_an_index_and_needs_no_sorting(plan: str) -> None:
    assert "begun" in plan
    assert "Sort" not in plan
    assert "ORDER BY" not in plan
