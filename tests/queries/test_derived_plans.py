"""What is computed of several cells is sought by index: deals, lives, what concerns a cell."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeAlias

import pytest
from sqlalchemy import Connection, Engine, text

from archive.commands import correct, record_all, retract
from archive.log import head
from archive.queries import AsOf, cell_history, ended_by, has_begun, lived
from archive.queries.derived.dealings import dealings
from archive.queries.known.ground import ground
from archive.storage import writing
from archive.vocabulary import Raw
from tests.builders import a_source, an_entity, an_event, an_event_with, shared_archive
from tests.queries.plans import plans

DAY = date(2023, 6, 1)
DATES = ["2022", "2023-05", "2023-05-{day:02}", "2023-06~", "[..2023-07-{day:02}]"]
HOME = an_entity("home")
OTHERS = [an_entity(f"org-{n:02}") for n in range(20)]


def many_events() -> list[Raw]:
    """Return deals, posts and stakes of some, and of one that was merged, renamed and masked."""
    common = [
        an_event(kind, id=f"e-{n}", when=DATES[n % 5].format(day=n % 28 + 1), **said)
        for n in range(800)
        for kind, said in [_told(n)]
    ]
    home = [
        an_event(id="founded", when="2020", org=HOME, parent=OTHERS[0]),
        an_event("stake_changed", id="stake", org=HOME, holder=OTHERS[1], direction="increase"),
        an_event("org_ended", id="ended", when="2023-05-30", org=HOME, manner="dissolved"),
        an_event("text_masked", id="mask", when="2024", target="stake", reason="x"),
        an_event("names_changed", id="name", when="2024", entity=OTHERS[1], zh="新名", en="New"),
    ]
    merged = [
        an_event_with("entities_merged", {"from": [OTHERS[2]], "into": HOME}, id="merge"),
        an_event("entity_split", id="split", when="2024", entity=HOME, out=[OTHERS[2]]),
        an_event_with("entities_merged", {"from": [OTHERS[3]], "into": HOME}, id="again"),
    ]
    return [a_source(), *common, *home, *merged]


def _told(number: int) -> tuple[str, dict[str, Any]]:
    one, other = OTHERS[number % 20], OTHERS[(number + 7) % 20]
    stake = {"org": one, "holder": other, "direction": "increase", "share_after": "10"}
    each: list[tuple[str, dict[str, Any]]] = [
        ("org_founded", {"org": one}),
        ("deal_announced", {"buyer": one, "target": other}),
        ("deal_closed", {"buyer": one, "target": other, "share": "30"}),
        ("stake_changed", stake),
    ]
    return each[number % 4]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def kept(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An archive on each database in turn, whose tables a server knows the size of."""
    with shared_archive(request) as engine:
        with writing(engine) as connection:
            record_all(connection, many_events(), recorded_by="tests")
            correct(
                connection,
                target="e-1",
                raw={"occurred": {"edtf": "2023-04"}},
                reason_kind="source_error",
                reason="wrong",
                recorded_by="tests",
            )
            retract(connection, target="e-2", reason="wrong", recorded_by="tests")
            if engine.dialect.name == "postgresql":
                connection.execute(text("ANALYZE"))
        yield engine


Question: TypeAlias = Callable[[Connection, int], object]


def deals_of(connection: Connection, *, known: int, touching: list[str]) -> object:
    stands = ground(connection, known=known)
    return dealings(connection, as_of=AsOf(DAY, known), stands=stands, touching=touching)


QUESTIONS: dict[str, Question] = {
    "all deals": lambda c, now: deals_of(c, known=now, touching=[]),
    "all deals as known then": lambda c, now: deals_of(c, known=now - 5, touching=[]),
    "the deals of some": lambda c, now: deals_of(c, known=now, touching=["home", "org-01"]),
    "those as known then": lambda c, now: deals_of(c, known=now - 5, touching=["home", "org-01"]),
    "what ended one": lambda c, now: ended_by(
        c, as_of=AsOf(DAY, now), entity="home", phases={"dissolved"}
    ),
    "whether one has begun": lambda c, now: has_begun(c, as_of=AsOf(DAY, now), entity="home"),
    "where a day lies in a life": lambda c, now: lived(
        c, as_of=AsOf(DAY, now), entity="home", ended=None
    ),
    "that as known then": lambda c, now: lived(
        c, as_of=AsOf(DAY, now - 5), entity="home", ended=None
    ),
    "what concerns a cell": lambda c, _now: cell_history(
        c, entity="home", attribute="owners", limit=9
    ),
    "what concerns one member": lambda c, _now: cell_history(
        c, entity="org-01", attribute="owners", member="org-08", limit=9
    ),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_nothing_computed_reads_a_whole_table(kept: Engine, ask: Question) -> None:
    with kept.connect() as connection:
        now = head(connection)[0]

        found = plans(connection, lambda: ask(connection, now))

    assert found
    for plan in found:
        assert plan.walked() == [], "\n".join((plan.statement, *plan.lines))
