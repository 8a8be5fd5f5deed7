"""What a citation pins stays as it was, whatever is recorded, corrected, argued or merged later.

A few histories are played in a common run. ``ARCHIVE_HISTORIES=1000`` before the command plays so
many on each database.
"""

import os
from collections.abc import Sequence
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from archive.log import head
from archive.queries import Asked, AsOf, seal, whole
from archive.vocabulary import TABS
from tests.builders import scratch
from tests.contracts.histories import Move, Player, histories

DAYS = (date(2021, 6, 1), date(2023, 3, 6), date(2023, 3, 31), date(2024, 1, 1))
QUESTIONS = st.builds(
    lambda day, tab, entity, possible: (day, tab, entity, possible),
    st.sampled_from(DAYS),
    st.sampled_from(["", *TABS]),
    st.sampled_from(["", "org-a", "org-b"]),
    st.booleans(),
)


def seals(connection: Connection, questions: Sequence[Asked]) -> list[str]:
    return [seal(one, whole(connection, one)) for one in questions]


@settings(
    max_examples=int(os.environ.get("ARCHIVE_HISTORIES", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    before=histories,
    after=histories,
    asked=st.lists(QUESTIONS, min_size=1, max_size=4, unique=True),
)
def test_what_was_cited_stays_as_it_was_cited(
    shared: Engine,
    before: list[Move],
    after: list[Move],
    asked: list[tuple[date, str, str, bool]],
) -> None:
    with scratch(shared) as connection:
        player = Player(connection)
        player.begin()
        player.play(before)
        known = head(connection)[0]
        questions = [
            Asked(AsOf(day, known), tab=tab, entity=entity, with_possible=possible)
            for day, tab, entity, possible in asked
        ]
        cited = seals(connection, questions)

        player.play(after)

        assert seals(connection, questions) == cited
