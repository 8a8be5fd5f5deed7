"""What a person holds: one verdict with the organization's page, and no post lost."""

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.log import head
from archive.queries import AsOf, Filters, cell_history, change_days, compare, why
from archive.vocabulary import Raw
from tests.builders import an_event, recorded
from tests.queries.stating import on, row, told

MAY_HAVE_LEFT = (
    "another has taken up the post there since, or may have; whether they stayed is not told"
)


def started(name: str, person: str, when: str, role: str = "ceo", **more: str) -> Raw:
    said = {"org": "testco", "person": person, "role": role} | more
    return an_event("role_started", id=name, when=when, **said)


def ended(name: str, person: str, when: str, role: str = "ceo", **more: str) -> Raw:
    said = {"org": "testco", "person": person, "role": role} | more
    return an_event("role_ended", id=name, when=when, **said)


def standing(connection: Connection, day: str, attribute: str, person: str = "ann") -> list[str]:
    return [one[-1] for one in told(on(connection, day, entity=person), attribute)]


def test_whoever_was_followed_in_a_post_has_it_no_more(connection: Connection) -> None:
    recorded(connection, [started("a", "ann", "2020-01-01"), started("b", "bob", "2021-05-05")])

    assert standing(connection, "2021-05-04", "roles") == ["certain"]
    assert standing(connection, "2021-05-05", "roles") == []
    assert standing(connection, "2021-05-05", "roles", "bob") == ["certain"]
    assert told(on(connection, "2022-01-01"), "roles")[0][0] == "bob"
    assert told(on(connection, "2022-01-01", where=[("roles", "testco")]), "roles")[0][0] == "bob"


def test_whoever_may_have_been_followed_may_have_it_still(connection: Connection) -> None:
    recorded(connection, [started("a", "ann", "2020-01-01"), started("b", "bob", "2021-05")])

    for person in ("ann", "bob"):
        assert standing(connection, "2021-05-15", "roles", person) == ["possible"]
    officers = row(on(connection, "2021-05-15", entity="testco"), "officers")
    assert row(on(connection, "2021-05-15", entity="ann"), "roles").reason == officers.reason
    assert standing(connection, "2021-05-31", "roles") == []


def test_rivals_for_a_post_are_disputed_on_their_own_pages_too(connection: Connection) -> None:
    recorded(connection, [started("a", "ann", "2020-01-01"), started("b", "bob", "2020-01-01")])

    for person in ("ann", "bob"):
        found = row(on(connection, "2021-01-01", entity=person), "roles")
        assert (found.standing, found.is_disputed) == ("possible", True)


def test_whoever_was_followed_for_a_stretch_does_not_have_the_post_again_after_it(
    connection: Connection,
) -> None:
    stretch = started("c", "ann", "2020-03-06/2020-03-20")
    recorded(connection, [started("b", "bob", "2020-03-05"), stretch])

    assert standing(connection, "2020-03-05", "roles", "bob") == ["certain"]
    assert told(on(connection, "2020-04-01", entity="testco"), "officers") == []
    assert standing(connection, "2020-04-01", "roles", "bob") == []
    assert standing(connection, "2020-04-01", "roles") == []


def test_a_stretch_that_ends_after_another_took_the_post_up_ends_nothing(
    connection: Connection,
) -> None:
    recorded(connection, [started("a", "ann", "2019/2023"), started("b", "bob", "2023-03")])

    for day in ("2023-06-01", "2025-01-01"):
        officers = told(on(connection, day, entity="testco"), "officers")
        assert [one[3:] for one in officers] == [(("bob",), "certain")]
        assert standing(connection, day, "roles", "bob") == ["certain"]
        assert standing(connection, day, "roles") == []
    steps = why(
        connection,
        entity="testco",
        attribute="officers",
        as_of=AsOf(date(2025, 1, 1), head(connection)[0]),
    ).steps
    assert [(one.event.id, one.effect.en) for one in steps] == [
        ("a", "was replaced since"),
        ("b", "holds on this day"),
        ("a", "another had the post: it was not vacant"),
    ]


def test_after_a_stretch_in_a_post_nothing_is_told_of_it(connection: Connection) -> None:
    recorded(connection, [started("a", "ann", "2019/2023-03-05")])

    assert standing(connection, "2023-03-05", "roles") == ["certain"]
    assert told(on(connection, "2023-03-05", entity="testco"), "officers") != []
    assert told(on(connection, "2023-03-06", entity="testco"), "officers") == []


def test_posts_that_many_have_at_a_time_end_with_nobody_else(connection: Connection) -> None:
    recorded(
        connection,
        [
            started("a", "ann", "2020-01-01", "vice_president"),
            started("b", "bob", "2021-01-01", "vice_president"),
            started("c", "ann", "2020-01-01", "ceo", scope="Asia"),
            started("d", "bob", "2021-01-01", "ceo", scope="Europe"),
        ],
    )

    assert standing(connection, "2022-01-01", "roles") == ["certain", "certain"]
    assert standing(connection, "2022-01-01", "affiliation") == ["certain"]


def test_whoever_was_followed_may_have_left_the_organization(connection: Connection) -> None:
    recorded(connection, [started("a", "ann", "2020-01-01"), started("b", "bob", "2021-05-05")])

    found = row(on(connection, "2021-05-05", entity="ann"), "affiliation")

    assert standing(connection, "2021-05-04", "affiliation") == ["certain"]
    assert found.standing == "possible"
    assert found.reason is not None
    assert found.reason.en == MAY_HAVE_LEFT


@pytest.mark.parametrize("first", ["ceo", "cto"])
def test_leaving_one_of_two_posts_does_not_end_the_affiliation(
    connection: Connection, first: str
) -> None:
    other = "cto" if first == "ceo" else "ceo"
    recorded(
        connection,
        [
            started("a", "ann", "2020-01-01", first),
            started("b", "ann", "2020-06-01", other),
            ended("c", "ann", "2021-01-01", "ceo"),
        ],
    )

    found = row(on(connection, "2021-06-01", entity="ann"), "affiliation")

    assert (found.standing, found.values[0].key) == ("certain", "testco")
    assert found.values[0].event_id == ("b" if other == "cto" else "a")
    assert [one[2] for one in told(on(connection, "2021-06-01", entity="ann"), "roles")] == [
        "cto ·  · testco"
    ]


def test_leaving_the_last_post_ends_the_affiliation(connection: Connection) -> None:
    recorded(
        connection,
        [
            started("a", "ann", "2020-01-01"),
            started("b", "ann", "2020-01-01", "founder"),
            started("c", "ann", "2020-06-01", "cto"),
            ended("d", "ann", "2021-01-01"),
            ended("e", "ann", "2022-01", "cto"),
        ],
    )

    assert standing(connection, "2021-12-31", "affiliation") == ["certain"]
    assert standing(connection, "2022-01-15", "affiliation") == ["possible"]
    assert standing(connection, "2022-01-31", "affiliation") == []


def test_whoever_stays_on_is_of_the_organization_without_a_post(connection: Connection) -> None:
    recorded(
        connection,
        [
            started("a", "ann", "2020-01-01"),
            ended("b", "ann", "2021-01-01", remains="yes"),
            started("c", "bob", "2021-02-01"),
        ],
    )

    assert standing(connection, "2022-01-01", "roles") == []
    assert standing(connection, "2022-01-01", "affiliation") == ["certain"]


def test_why_a_post_is_held_no_more_names_who_followed(connection: Connection) -> None:
    recorded(connection, [started("a", "ann", "2020-01-01"), started("b", "bob", "2021-05-05")])
    known = head(connection)[0]

    then = why(connection, entity="ann", attribute="roles", as_of=AsOf(date(2021, 5, 4), known))
    now = why(connection, entity="ann", attribute="roles", as_of=AsOf(date(2022, 1, 1), known))

    assert (then.previous_change, then.next_change) == (date(2020, 1, 1), date(2021, 5, 5))
    assert [(one.event.id, one.effect.en) for one in now.steps] == [
        ("a", "was replaced since"),
        ("b", "holds on this day"),
    ]
    assert now.rows == ()


def test_why_an_affiliation_goes_on_names_the_post_that_is_left(connection: Connection) -> None:
    recorded(
        connection,
        [
            started("a", "ann", "2020-01-01"),
            started("b", "ann", "2020-06-01", "cto"),
            ended("c", "ann", "2021-01-01", "ceo"),
        ],
    )
    as_of = AsOf(date(2022, 1, 1), head(connection)[0])

    found = why(connection, entity="ann", attribute="affiliation", as_of=as_of)

    assert [(one.event.id, one.effect.en) for one in found.steps] == [
        ("a", "was replaced since"),
        ("b", "holds on this day"),
        ("c", "another post there goes on: this changed nothing"),
    ]


def test_who_followed_is_told_by_comparisons_histories_and_days_of_change(
    connection: Connection,
) -> None:
    recorded(connection, [started("a", "ann", "2020-01-01"), started("b", "bob", "2021-05-05")])
    known = head(connection)[0]

    world = compare(
        connection, left=AsOf(date(2021, 5, 4), known), right=AsOf(date(2021, 5, 5), known)
    )
    learned = compare(
        connection, left=AsOf(date(2022, 1, 1), known - 1), right=AsOf(date(2022, 1, 1), known)
    )
    history = cell_history(connection, entity="ann", attribute="roles", limit=9)
    days = change_days(connection, known=known, filters=Filters(entity="ann"))

    assert [(one.entity.id, one.attribute, one.event_id) for one in world.ended] == [
        ("ann", "roles", "b")
    ]
    assert [(one.entity.id, one.attribute) for one in world.softer] == [("ann", "affiliation")]
    assert ("ann", "roles") in {(one.entity.id, one.attribute) for one in learned.learned}
    assert [one.row.event_id for one in history.changes] == ["b", "a"]
    assert days == (date(2020, 1, 1), date(2021, 5, 5))


@pytest.mark.parametrize("stretch", ["2022/2023", "2022/2023-03-20"])
@pytest.mark.parametrize("day", ["2023-03-05", "2023-03-25", "2024-06-01"])
def test_a_stretch_that_ends_leaves_a_post_taken_up_since_on_both_pages(
    connection: Connection, stretch: str, day: str
) -> None:
    recorded(connection, [started("again", "ann", "2023-03-05"), started("a", "ann", stretch)])

    assert told(on(connection, day), "officers")[0][-2:] == (("ann",), "certain")
    assert standing(connection, day, "roles") == ["certain"]
    assert standing(connection, day, "affiliation") == ["certain"]


def test_on_the_first_day_of_a_stretch_of_which_the_end_is_vague_it_holds_for_certain(
    connection: Connection,
) -> None:
    recorded(connection, [started("a", "ann", "2023-03-06/2023-03")])

    for attribute in ("roles", "affiliation"):
        assert standing(connection, "2023-03-06", attribute) == ["certain"]
        assert standing(connection, "2023-03-07", attribute) == ["possible"]
