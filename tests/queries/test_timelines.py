"""The timeline: order, pages that show each event once, filters whose counts agree."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from archive.commands import correct, retract
from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number
from archive.errors import FieldError
from archive.export.walking import every_event
from archive.log import head
from archive.queries import (
    Choice,
    EventRow,
    Filters,
    News,
    Window,
    Without,
    changes,
    coverage,
    density,
    facets,
    news,
    source_called,
    sources_known,
    timeline,
)
from archive.queries.known.merging import named_homes
from tests.builders import a_source, an_entity, an_event, recorded, scratch
from tests.contracts.histories import SOURCES, Move, histories, played
from tests.queries.plans import counted

some = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
EVERYTHING = Filters()


def ids(connection: Connection, **more: object) -> list[str]:
    options = {"filters": EVERYTHING, "known": head(connection)[0], "limit": 1000} | more
    return [row.id for row in timeline(connection, **options).rows]  # type: ignore[arg-type]  # as in timeline


def is_dated(row: EventRow) -> bool:
    return (row.first_day, row.last_day) != (EARLIEST_DAY, LATEST_DAY)


def window(first: str, last: str) -> Window:
    return Window(day_number(date.fromisoformat(first)), day_number(date.fromisoformat(last)))


ORDER = {
    "before": "[..2022-06-30]",
    "year": "2022",
    "day": "2022-07-01",
    "month": "2022-07",
    "after": "2022-08/..",
}


def test_events_stand_by_likely_day_then_the_vaguer_last(connection: Connection) -> None:
    recorded(connection, [an_event(id=name, when=when) for name, when in reversed(ORDER.items())])

    assert ids(connection) == ["year", "before", "day", "month", "after"]


def test_events_of_one_date_stand_as_they_were_recorded(connection: Connection) -> None:
    recorded(connection, [an_event(id=name) for name in ("c", "a", "b")])

    assert ids(connection) == ["c", "a", "b"]


@some
@given(history=histories, size=st.integers(1, 4))
def test_paging_forward_and_back_shows_each_event_once(
    shared: Engine, history: list[Move], size: int
) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        known = head(connection)[0]
        every = timeline(connection, filters=EVERYTHING, known=known, limit=1000)

        forward, cursor = [], None
        while True:
            page = timeline(connection, filters=EVERYTHING, known=known, limit=size, after=cursor)
            forward += [row.id for row in page.rows]
            assert page.total == every.total
            assert (page.earlier is None) is (cursor is None)
            if page.later is None:
                break
            cursor = page.later
        back, cursor = [row.id for row in page.rows], page.earlier
        while cursor:
            page = timeline(connection, filters=EVERYTHING, known=known, limit=size, before=cursor)
            back = [*(row.id for row in page.rows), *back]
            assert page.later is not None
            cursor = page.earlier

    assert forward == back == [row.id for row in every.rows]
    assert len(set(forward)) == every.total == len(every.rows)


@pytest.mark.parametrize("cursor", ["x", "1.2", "1.2.3.4.5", "1.2.x", "9" * 30 + ".1.1", "-.1.1"])
@pytest.mark.parametrize("side", ["after", "before"])
def test_a_cursor_of_nobody_is_refused(connection: Connection, side: str, cursor: str) -> None:
    with pytest.raises(FieldError):
        ids(connection, **{side: cursor})


REACHES = {
    "a day inside": ("2023-03-15", True),
    "a day outside": ("2023-05-01", False),
    "a month that reaches in": ("2023-04", True),
    "a year that reaches in": ("2023", True),
    "an open beginning, likely day outside": ("[..2023-06]", False),
    "an open beginning, likely day inside": ("[..2023-03-10]", True),
    "an open end, likely day before": ("2020/..", False),
    "a stretch that began inside": ("2023-03/2024", True),
    "a stretch that began before": ("2022/2024", True),
    "a stretch that was over": ("2021/2022", False),
}


@pytest.mark.parametrize(("when", "is_in"), REACHES.values(), ids=REACHES)
def test_a_window_holds_what_reaches_into_it(
    connection: Connection, when: str, *, is_in: bool
) -> None:
    recorded(connection, [an_event(when=when)])

    found = ids(connection, window=window("2023-03-01", "2023-04-10"))

    assert found == (["an-event"] if is_in else [])


def test_filters_narrow_and_narrow_together(connection: Connection) -> None:
    recorded(
        connection,
        [
            a_source("other"),
            an_event("org_founded", id="one", org="acme", importance="landmark"),
            an_event("role_started", id="two", org="acme", source="other", importance="major"),
            an_event("model_released", id="three", model="llama"),
        ],
    )
    tried: dict[str, Filters] = {
        "one two": Filters(entity="acme"),
        "two": Filters(source="other"),
        "three": Filters(kinds=frozenset({"model_released"})),
        "one three": Filters(groups=frozenset({"organizations", "models"})),
        "one": Filters(entity="acme", importance="landmark"),
        "": Filters(entity="llama", source="other"),
    }

    found = {
        " ".join(sorted(ids(connection, filters=one), key=["one", "two", "three"].index))
        for one in tried.values()
    }

    assert found == set(tried)


@some
@given(history=histories)
def test_every_count_agrees_with_the_list(shared: Engine, history: list[Move]) -> None:
    with scratch(shared) as connection:
        played(connection, history)
        known = head(connection)[0]
        homes = named_homes(connection, known=known)
        for filters in (EVERYTHING, Filters(entity="org-a"), Filters(retracted=True)):
            every = timeline(connection, filters=filters, known=known, limit=1000)
            counted = facets(connection, filters=filters, known=known)
            months = density(connection, filters=filters, known=known)

            assert every.total == len(every.rows)
            assert dict(counted.kinds) == Counter(row.kind for row in every.rows)
            assert sum(many for _name, many in counted.groups) == every.total
            assert dict(counted.importance) == Counter(row.importance for row in every.rows)
            assert dict(counted.confidence) == Counter(row.confidence for row in every.rows)
            assert counted.disputed == sum(row.is_disputed for row in every.rows)
            assert sum(many for _month, many in months) == sum(map(is_dated, every.rows))
            assert {one.id: many for one, many in counted.sources} == Counter(
                source
                for row in every.rows
                for source in {claim.source.id for claim in row.claims}
            )
            assert {one.id: many for one, many in counted.entities} == Counter(
                one
                for row in every.rows
                for one in {homes.get(mention.id, mention.id) for mention in row.entities}
            )
        assert (
            coverage(connection, known=known).events
            == timeline(connection, filters=EVERYTHING, known=known).total
        )


def test_who_walks_through_the_timeline_need_not_have_it_counted(connection: Connection) -> None:
    recorded(connection, [an_event(id=f"e{number}") for number in range(3)])
    known = head(connection)[0]

    with counted(connection) as asked:
        page = timeline(connection, filters=EVERYTHING, known=known, limit=2, is_counted=False)
        walked = [row.id for row in every_event(connection)]

    assert (len(page.rows), page.total, page.later is None) == (2, 0, False)
    assert walked == ["e0", "e1", "e2"]
    assert not [one for one in asked if "count(" in one.casefold()]


def test_a_month_is_counted_from_its_first_day(connection: Connection) -> None:
    days = ["2023-03-05", "2023-03-31", "2023-04"]
    recorded(connection, [an_event(id=f"e-{when}", when=when) for when in days])

    found = density(connection, filters=EVERYTHING, known=head(connection)[0])

    assert found == ((day_number(date(2023, 3, 1)), 2), (day_number(date(2023, 4, 1)), 1))


def test_a_retracted_event_is_listed_only_where_it_is_asked_for(connection: Connection) -> None:
    recorded(connection, [an_event()])
    retract(connection, target="an-event", reason="x", recorded_by="tests")
    known = head(connection)[0]

    hidden = timeline(connection, filters=EVERYTHING, known=known)
    shown = timeline(connection, filters=Filters(retracted=True), known=known)

    assert hidden.rows == ()
    assert [row.is_retracted for row in shown.rows] == [True]


def test_an_archive_event_is_no_event_of_the_timeline(connection: Connection) -> None:
    recorded(connection, [an_event("names_changed", aliases="x")])

    assert ids(connection) == []
    known = head(connection)[0]
    assert [row.kind for row in changes(connection, limit=9).rows] == [
        "names_changed",
        "source_added",
    ]
    assert coverage(connection, known=known).events == 0


def test_the_log_is_paged_backwards(connection: Connection) -> None:
    recorded(connection, [an_event(id=f"e{number}") for number in range(4)])

    first = changes(connection, limit=3)
    second = changes(connection, before=first.next, limit=3)

    assert [row.position for row in (*first.rows, *second.rows)] == [5, 4, 3, 2, 1]
    assert second.next is None
    assert changes(connection, limit=3, only_corrections=True).rows == ()


def test_the_sources_are_listed_with_what_rests_on_them(connection: Connection) -> None:
    recorded(connection, [a_source(SOURCES[0]), an_event(source=SOURCES[0], org=an_entity("x"))])

    found = sources_known(connection, known=head(connection)[0])

    assert {one.ref.id: one.events for one in found} == {"a-source": 0, SOURCES[0]: 1}
    assert source_called(connection, slug=SOURCES[0], known=3).total_events == 1


def test_what_is_left_out_is_told_with_how_many_it_hides(connection: Connection) -> None:
    recorded(
        connection,
        [
            an_event("org_founded", id="one", org="acme", importance="landmark"),
            an_event("role_started", id="two", org="acme", when="2023-05"),
            an_event("model_released", id="three", model="llama"),
        ],
    )
    without = Without(kinds=frozenset({"org_founded"}), precisions=frozenset({"month"}))

    found = facets(connection, filters=Choice(without=without), known=head(connection)[0])

    assert found.kinds == (("model_released", 1),)
    assert found.excluded == (("kind", "org_founded", 1), ("precision", "month", 1))


def test_facets_do_without_entities_and_sources_where_they_are_not_asked_for(
    connection: Connection,
) -> None:
    recorded(connection, [an_event()])

    found = facets(connection, filters=EVERYTHING, known=head(connection)[0], is_linked=False)

    assert (found.entities, found.sources) == ((), ())
    assert found.kinds == (("org_founded", 1),)


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        ("day", [("2023-03-05", 1), ("2023-03-31", 1), ("2024-01-01", 1)]),
        ("month", [("2023-03-01", 2), ("2024-01-01", 1)]),
        ("year", [("2023-01-01", 2), ("2024-01-01", 1)]),
    ],
)
@pytest.mark.parametrize("filters", [EVERYTHING, Filters(retracted=True)])
def test_density_is_by_day_or_month_or_year(
    connection: Connection, unit: str, wanted: list[tuple[str, int]], filters: Filters
) -> None:
    days = ["2023-03-05", "2023-03-31", "2024"]
    recorded(connection, [an_event(id=f"e-{when}", when=when) for when in days])

    found = density(connection, filters=filters, known=head(connection)[0], unit=unit)

    assert found == tuple((day_number(date.fromisoformat(day)), n) for day, n in wanted)


def test_a_page_may_begin_at_a_day(connection: Connection) -> None:
    days = ["2023-01", "2023-03-05", "2023-03-31", "2024"]
    recorded(connection, [an_event(id=when, when=when) for when in days])
    options = {"filters": EVERYTHING, "known": head(connection)[0], "limit": 2}
    jumped = day_number(date(2023, 3, 1))

    page = timeline(connection, at=jumped, **options)  # type: ignore[arg-type]  # as in timeline
    first = timeline(connection, at=day_number(date(2023, 1, 1)), **options)  # type: ignore[arg-type]  # as in timeline
    back = timeline(connection, before=page.earlier, **options)  # type: ignore[arg-type]  # as in timeline

    assert [row.id for row in page.rows] == ["2023-03-05", "2023-03-31"]
    assert page.later is not None
    assert [row.id for row in back.rows] == ["2023-01"]
    assert (first.earlier, [row.id for row in first.rows]) == (None, ["2023-01", "2023-03-05"])


def test_news_tells_what_is_new_from_what_is_told_anew(connection: Connection) -> None:
    recorded(connection, [an_event(id="old"), an_event("model_released", id="model")])
    since = head(connection)[0]
    recorded(connection, [an_event(id="new", when="2023-05-05")])
    said = {"target": "old", "raw": {"occurred": {"edtf": "2023-05-06"}}}
    correct(connection, **said, reason_kind="source_error", reason="x", recorded_by="tests")  # type: ignore[arg-type]  # as in correct
    known = head(connection)[0]
    may = window("2023-05-01", "2023-05-31")

    found = news(connection, since=since, known=known, filters=EVERYTHING, window=may)

    assert found == News(position=known, new=1, changed=1)
    models = Filters(kinds=frozenset({"model_released"}))
    assert news(connection, since=since, known=known, filters=models) == News(known, 0, 0)
    assert news(connection, since=known, known=known, filters=EVERYTHING) == News(known, 0, 0)
