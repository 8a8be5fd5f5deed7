"""A stated time of day orders what was told of one day: in states, reasons, counts and totals."""

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.commands import correct
from archive.dates import day_number
from archive.log import head
from archive.projections import rebuild
from archive.queries import (
    AsOf,
    Filters,
    TimelinePage,
    event,
    ownership_on,
    series_of,
    timeline,
    value_counts,
    why,
)
from tests.builders import an_event, an_event_with, recorded
from tests.queries.stating import on, row, values
from tests.queries.views import lane_of, names, view, window

DAY, EVE, NEXT = "2023-03-07", "2023-03-06", "2023-03-08"


def licence(name: str, told: str, time: str = "", when: str = DAY) -> dict[str, object]:
    return an_event("licence_set", id=name, when=when, time=time, model="m", licence=told)


def post(kind: str, person: str, time: str, when: str = DAY) -> dict[str, object]:
    name = f"{person}-{kind}-{when}-{time.replace(':', '-')}".replace("_", "-").replace("+", "-")
    said = {"person": person, "org": "acme", "role": "ceo"}
    return an_event(kind, id=name, when=when, time=time, **said)


def standing(connection: Connection, day: str = DAY) -> tuple[str, list[str], bool]:
    answer = on(connection, day)
    found = row(answer, "licence")
    return found.standing, values(answer, "licence"), found.changed_today


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("09:00", "17:00"),
        ("09:00-05:00", "23:00+08:00"),  # an hour apart: the former is 22:00 there
        ("9:00", "9:01"),
    ],
)
@pytest.mark.parametrize("is_late_first", [False, True], ids=["in turn", "the later first"])
def test_the_later_time_holds_at_the_end_of_the_day(
    connection: Connection, early: str, late: str, *, is_late_first: bool
) -> None:
    told = [licence("one", "MIT", early), licence("two", "Apache-2.0", late)]

    recorded(connection, told[::-1] if is_late_first else told)

    assert standing(connection) == ("certain", ["Apache-2.0"], True)
    assert standing(connection, NEXT) == ("certain", ["Apache-2.0"], False)


@pytest.mark.parametrize(
    ("one", "other"),
    [("", ""), ("09:00", ""), ("09:00", "09:00"), ("09:00", "17:00Z"), ("01:00Z", "09:00+08:00"),
     ("09:00", "09:00:30")],
)  # fmt: skip
def test_times_that_cannot_be_told_apart_leave_both_orders_open(
    connection: Connection, one: str, other: str
) -> None:
    recorded(connection, [licence("one", "MIT", one), licence("two", "Apache-2.0", other)])

    verdict, told, is_changed = standing(connection)

    assert (verdict, sorted(told), is_changed) == ("possible", ["Apache-2.0", "MIT"], True)


def test_a_time_moves_no_day(connection: Connection) -> None:
    """At 23:30 in New York it is the next day in Beijing; both keep their civil days."""
    recorded(
        connection,
        [
            licence("one", "MIT", "23:30-05:00", when=EVE),
            licence("two", "Apache-2.0", "00:30+08:00"),
        ],
    )

    assert standing(connection, EVE)[:2] == ("certain", ["MIT"])
    assert standing(connection)[:2] == ("certain", ["Apache-2.0"])


def test_a_correction_that_tells_the_time_makes_the_day_certain(connection: Connection) -> None:
    recorded(connection, [licence("one", "MIT"), licence("two", "Apache-2.0", "09:00")])
    assert standing(connection)[0] == "possible"
    before = head(connection)[0]

    correct(
        connection,
        target="one",
        raw={"occurred": {"edtf": DAY, "time": "17:00"}},
        reason_kind="new_evidence",
        reason="the hour is known",
        recorded_by="tests",
    )

    assert standing(connection)[:2] == ("certain", ["MIT"])
    assert row(on(connection, DAY, known=before), "licence").standing == "possible"


def test_the_reasons_say_that_the_times_decide(connection: Connection) -> None:
    recorded(connection, [licence("two", "Apache-2.0", "17:00"), licence("one", "MIT", "09:00")])

    as_of = AsOf(date.fromisoformat(DAY), head(connection)[0])
    answer = why(connection, entity="m", attribute="licence", as_of=as_of)

    assert [(one.event.id, one.effect.en) for one in answer.steps] == [
        ("one", "was replaced later that day, by the times stated"),
        ("two", "holds on this day"),
    ]
    assert answer.steps[0].effect.zh == "按所述时刻，当日稍后已被取代"


def test_a_time_outweighs_the_order_of_a_phase(connection: Connection) -> None:
    told = [("opened", "17:00"), ("suspended", "09:00")]
    recorded(
        connection,
        [
            an_event(
                "availability_changed",
                id=step,
                when=DAY,
                time=time,
                product="x",
                step=step,
                region="CN",
            )
            for step, time in told
        ],
    )

    assert values(on(connection, DAY), "availability") == ["opened"]
    assert row(on(connection, DAY), "availability").standing == "certain"


def counted(connection: Connection, type_name: str, attribute: str) -> dict[str, int]:
    as_of = AsOf(date.fromisoformat(DAY), head(connection)[0])
    told = value_counts(connection, as_of=as_of, type_name=type_name, attribute=attribute)
    return {one.key: one.cells for one in told}


@pytest.mark.parametrize("is_rebuilt", [False, True], ids=["inline", "rebuilt"])
def test_counts_go_by_the_later_time(connection: Connection, *, is_rebuilt: bool) -> None:
    recorded(connection, [licence("two", "Apache-2.0", "17:00")])
    recorded(connection, [licence("one", "MIT", "09:00")])
    if is_rebuilt:
        rebuild(connection)

    assert counted(connection, "model", "licence") == {"Apache-2.0": 1}


def test_who_leaves_before_coming_back_that_day_has_the_post(connection: Connection) -> None:
    recorded(
        connection,
        [
            post("role_started", "ann", "", when=EVE),
            post("role_started", "ann", "17:00"),
            post("role_ended", "ann", "09:00"),
        ],
    )

    answer = on(connection, DAY)

    assert values(answer, "officers") == ["ann"]
    assert row(answer, "officers").standing == "certain"
    assert counted(connection, "organization", "officers") == {"ann": 1}


def test_who_takes_a_post_up_later_that_day_has_it(connection: Connection) -> None:
    recorded(
        connection, [post("role_started", "bob", "17:00"), post("role_started", "ann", "9:00")]
    )

    answer = on(connection, DAY)

    assert (values(answer, "officers"), row(answer, "officers").standing) == (["bob"], "certain")


def test_an_unknown_value_told_later_that_day_stands(connection: Connection) -> None:
    def telling(name: str, use: str, time: str) -> dict[str, object]:
        said = {"model": "m", "licence": "MIT", "commercial_use": use}
        return an_event("licence_set", id=name, when=DAY, time=time, **said)

    recorded(connection, [telling("one", "free", "09:00"), telling("two", "unknown", "17:00")])
    assert values(on(connection, DAY), "commercial_use") == ["unknown"]


def listed(connection: Connection, **asked: object) -> TimelinePage:
    known = head(connection)[0]
    more: dict[str, object] = {"filters": Filters(), "known": known, "limit": 100} | asked
    return timeline(connection, **more)  # type: ignore[arg-type]  # as in timeline


ORDER = ["the-day-before", "no-time", "morning", "evening", "evening-too", "next-day"]


@pytest.fixture
def told_out_of_order(connection: Connection) -> Connection:
    """Six events of three days, those of one day recorded in no order."""
    times = {"evening": "17:00", "morning": "9:00", "evening-too": "17:00", "no-time": ""}
    recorded(
        connection,
        [
            licence("next-day", "MIT", when=NEXT),
            *(licence(name, "MIT", time) for name, time in times.items()),
            licence("the-day-before", "MIT", "23:59", when=EVE),
        ],
    )
    return connection


def test_the_list_of_a_day_goes_by_the_times(told_out_of_order: Connection) -> None:
    rows = listed(told_out_of_order).rows

    assert [one.id for one in rows if one.kind == "licence_set"] == ORDER


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_show_each_event_once_and_lead_back(
    told_out_of_order: Connection, limit: int
) -> None:
    march = window("2023-03-01", "2023-03-31")
    page = listed(told_out_of_order, window=march, limit=limit)
    seen = [one.id for one in page.rows]
    while page.later:
        page = listed(told_out_of_order, window=march, limit=limit, after=page.later)
        seen += [one.id for one in page.rows]
    back = [one.id for one in page.rows]
    while page.earlier:
        page = listed(told_out_of_order, window=march, limit=limit, before=page.earlier)
        back = [one.id for one in page.rows] + back

    assert seen == ORDER
    assert back == ORDER


def test_a_link_kept_from_before_there_were_times_is_still_read(
    told_out_of_order: Connection,
) -> None:
    position = next(one.position for one in listed(told_out_of_order).rows if one.id == ORDER[1])
    day = day_number(date.fromisoformat(DAY))

    following = listed(told_out_of_order, after=f"{day}.{day}.{position}").rows

    assert [one.id for one in following][:2] == ORDER[2:4]


def test_the_neighbours_of_an_event_are_those_of_the_list(told_out_of_order: Connection) -> None:
    known = head(told_out_of_order)[0]

    answer = event(told_out_of_order, id="morning", known=known)

    assert answer.previous is not None
    assert answer.next is not None
    assert (answer.previous.id, answer.next.id) == ("no-time", "evening")


def test_the_marks_of_a_day_stand_in_that_order(told_out_of_order: Connection) -> None:
    drawn = view(told_out_of_order, window("2023-03-01", "2023-03-31"), Filters(), lanes="one")

    assert names(lane_of(drawn, "all").marks) == ORDER


def test_the_latest_of_a_series_is_the_later_that_day(connection: Connection) -> None:
    def valued(name: str, amount: str, time: str) -> dict[str, object]:
        fields = {"org": "acme", "amount": amount, "basis": "post_money"}
        return an_event_with("valuation_reported", fields, id=name, when=DAY, time=time)

    recorded(connection, [valued("late", "2bn USD", "17:00"), valued("early", "1bn USD", "9:00")])
    as_of = AsOf(date.fromisoformat(NEXT), head(connection)[0])

    (found,) = series_of(connection, as_of=as_of, attribute="valuation")

    assert [one.value.event_id for one in found.points] == ["early", "late"]
    assert [one.value.event_id for one in found.latest] == ["late"]
    assert not found.is_apart


def deal(kind: str, name: str, time: str, **more: str) -> dict[str, object]:
    said = {"buyer": "buyer", "target": "target", **more}
    return an_event(kind, id=name, when=DAY, time=time, **said)


def sale(name: str, time: str, **more: str) -> dict[str, object]:
    said = {"holder": "holder", "org": "org", "direction": "decrease", **more}
    return an_event("stake_changed", id=name, when=DAY, time=time, **said)


def expected(connection: Connection, told: list[dict[str, object]]) -> list[tuple[str, bool]]:
    recorded(connection, told)
    as_of = AsOf(date.fromisoformat(NEXT), head(connection)[0])
    stakes = ownership_on(connection, as_of=as_of).stakes
    return [(one.event_id, one.is_certain) for one in stakes if one.is_announced]


@pytest.mark.parametrize("kind", ["deal_ended", "deal_closed"])
@pytest.mark.parametrize(
    ("early", "late", "stands"),
    [
        ("09:00", "17:00", [("anew", True)]),
        ("01:00Z", "17:00+08:00", [("anew", True)]),
        ("17:00", "09:00", []),
        ("09:00", "17:00Z", []),
        ("", "", []),
    ],
)
def test_a_deal_announced_again_later_that_day_is_announced(
    connection: Connection, kind: str, early: str, late: str, stands: list[tuple[str, bool]]
) -> None:
    told = [deal(kind, "over", early), deal("deal_announced", "anew", late)]

    assert expected(connection, told) == stands


@pytest.mark.parametrize(
    ("early", "late", "stands"),
    [("09:00", "17:00", [("meant", True)]), ("17:00", "09:00", []), ("", "", [])],
)
def test_a_sale_planned_after_another_was_made_that_day_is_planned_still(
    connection: Connection, early: str, late: str, stands: list[tuple[str, bool]]
) -> None:
    made = sale("made", early, share_after="20")
    meant = sale("meant", late, step="planned", share_changed="5")

    assert expected(connection, [made, meant]) == stands


def sold_on(seller: str, buyer: str, time: str) -> dict[str, object]:
    said = {"seller": seller, "what": "unit", "buyer": buyer, "manner": "sale"}
    return an_event("divested", id=f"by-{seller}", when=DAY, time=time, **said)


def bought(buyer: str, time: str, when: str = DAY) -> dict[str, object]:
    said = {"buyer": buyer, "target": "unit", "share": "100"}
    return an_event("deal_closed", id=f"to-{buyer}", when=when, time=time, **said)


@pytest.mark.parametrize(
    ("early", "late", "parents", "standing"),
    [
        ("09:00", "17:00", ["two"], "certain"),  # one had it no more when it sold
        ("17:00", "09:00", ["two"], "certain"),  # it sold, and two bought it from three
        ("09:00", "", ["three", "two"], "possible"),
        ("", "", ["three", "two"], "possible"),
    ],
)
def test_whoever_was_not_the_parent_any_more_at_that_time_sells_nothing(
    connection: Connection, early: str, late: str, parents: list[str], standing: str
) -> None:
    told = [bought("one", "", "2020-01-01"), bought("two", early), sold_on("one", "three", late)]
    recorded(connection, told)

    answer = on(connection, NEXT, entity="unit")

    assert sorted(values(answer, "parent")) == parents
    assert row(answer, "parent").standing == standing


def test_whoever_bought_it_earlier_that_day_sells_it_on(connection: Connection) -> None:
    told = [bought("one", "", "2020-01-01"), bought("two", "09:00")]
    recorded(connection, [*told, sold_on("two", "three", "17:00")])

    assert values(on(connection, DAY, entity="unit"), "parent") == ["three"]
