"""Both databases give the same answers to every query, after one and the same random history."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Connection, Engine

from archive.dates import day_number
from archive.errors import ArchiveError
from archive.log import RecordedEvent, head, read_log
from archive.queries import (
    AsOf,
    Filters,
    Window,
    change_days,
    changes,
    compare,
    coverage,
    density,
    entity,
    event,
    facets,
    find_entities,
    known_position,
    search,
    source_called,
    sources_known,
    state,
    timeline,
    viewport,
    why,
)
from archive.storage import open_engine
from tests.builders import scratch
from tests.contracts.histories import ORGS, SOURCES, Move, histories, played

DAYS = [date(2022, 6, 1), date(2023, 3, 6), date(2023, 3, 31), date(2024, 1, 1)]
MARCH = Window(day_number(date(2023, 3, 1)), day_number(date(2023, 3, 31)))
FILTERS = [
    Filters(),
    Filters(entity="org-a"),
    Filters(source=SOURCES[0]),
    Filters(kinds=frozenset({"licence_set", "role_started"}), retracted=True),
    Filters(groups=frozenset({"models"}), importance="major"),
    Filters(text="org"),
    Filters(text="中文 model"),
    Filters(disputed=True, confidence="high"),
]
WORDS = ["org", "中", "中文", "甲公司", "智譜", "alpha", "Paper", "nothing at all"]


def asked(question: Callable[[], object]) -> object:
    """Return the answer, or the refusal in words."""
    try:
        return question()
    except ArchiveError as error:
        return error.words("zh")


def answers(connection: Connection, events: Sequence[str]) -> Iterator[tuple[str, object]]:
    now = head(connection)[0]
    for known in {now, max(1, now // 2)}:
        for day in DAYS:
            as_of = AsOf(day, known)
            yield f"state {day}", state(connection, as_of=as_of, limit=3)
            yield f"where {day}", state(connection, as_of=as_of, where=[("developer", "org-a")])
            for org in ORGS:
                slug = str(org["id"])
                yield f"entity {slug}", asked(lambda: entity(connection, id=slug, as_of=as_of))  # noqa: B023  # called at once
                yield (
                    f"why {slug}",
                    asked(lambda: why(connection, entity=slug, attribute="owners", as_of=as_of)),  # noqa: B023  # called at once
                )
        yield "compare", compare(connection, left=AsOf(DAYS[0], 1), right=AsOf(DAYS[2], known))
        yield "coverage", coverage(connection, known=known)
        yield "days", change_days(connection, known=known)
        yield "sources", sources_known(connection, known=known)
        yield "source", source_called(connection, slug=SOURCES[0], known=known)
        for name in events:
            yield f"event {name}", asked(lambda: event(connection, id=name, known=known))  # noqa: B023  # called at once
        for filters in FILTERS:
            yield (
                f"timeline {filters}",
                timeline(connection, filters=filters, known=known, limit=3),
            )
            yield (
                f"march {filters}",
                timeline(connection, window=MARCH, filters=filters, known=known),
            )
            yield (
                f"view {filters}",
                viewport(connection, window=MARCH, filters=filters, known=known, most=4),
            )
            for days in (None, MARCH):
                yield (
                    f"facets {days} {filters}",
                    facets(connection, window=days, filters=filters, known=known),
                )
            yield f"density {filters}", density(connection, filters=filters, known=known)
        for words in WORDS:
            yield f"search {words}", search(connection, text=words, known=known)
    for words in WORDS:
        yield f"find {words}", find_entities(connection, text=words)
    yield "changes", changes(connection, limit=5, only_corrections=True)
    yield "known", asked(lambda: known_position(connection, words="2026-11-21"))


@pytest.fixture
def both(sqlite_url: str, postgres_url: str) -> Iterator[tuple[Engine, Engine]]:
    """An empty archive on each database."""
    engines = open_engine(sqlite_url), open_engine(postgres_url)
    yield engines
    for engine in engines:
        engine.dispose()


def without_seal(answer: object) -> object:
    """Return *answer* without its hashes: each archive salts its own."""
    if isinstance(answer, RecordedEvent):
        return msgspec.structs.replace(answer, leaf=b"")
    if isinstance(answer, tuple):
        return tuple(without_seal(one) for one in answer)
    if is_dataclass(answer) and not isinstance(answer, type):
        return {
            one.name: without_seal(getattr(answer, one.name))
            for one in fields(answer)
            if one.name != "hash"
        }
    return answer


def told(engine: Engine, history: Sequence[Move]) -> tuple[dict[str, object], list[object]]:
    with scratch(engine) as connection:
        player = played(connection, history)
        found = {
            f"{n} {name}": one for n, (name, one) in enumerate(answers(connection, player.events))
        }
        return found, [(one.event, one.position, one.microseconds) for one in read_log(connection)]


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories.filter(lambda moves: len(moves) > 3))
def test_both_databases_answer_every_query_alike(
    both: tuple[Engine, Engine], history: list[Move]
) -> None:
    (sqlite, sqlite_log), (server, server_log) = (told(engine, history) for engine in both)

    assert sqlite_log == server_log
    assert list(sqlite) == list(server)
    for name, answer in sqlite.items():
        assert without_seal(answer) == without_seal(server[name]), name
