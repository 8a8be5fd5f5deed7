"""Who leaves a post: it falls vacant only where nobody else has taken it up by then."""

from datetime import date
from functools import partial

import pytest
from sqlalchemy import Connection

from archive.log import head
from archive.queries import AsOf, value_counts, why
from archive.queries.held import choosing, mentioning, states
from archive.vocabulary import Raw
from tests.builders import an_event, recorded
from tests.queries.plans import plans
from tests.queries.stating import names_of, on, row, told

ANN, BOB, CAT = "ann", "bob", "cat"


def post(number: int, kind: str, person: str, when: str) -> Raw:
    return an_event(
        f"role_{kind}", id=f"p{number}", when=when, person=person, org="acme", role="ceo"
    )


def officer(connection: Connection, *steps: tuple[str, str, str], day: str) -> tuple[object, ...]:
    recorded(connection, [post(number, *step) for number, step in enumerate(steps)])
    (found,) = told(on(connection, day), "officers")
    return found[3:]


def test_a_predecessor_who_leaves_late_does_not_empty_the_post(connection: Connection) -> None:
    steps = ("started", ANN, "2020"), ("started", BOB, "2023-05-01"), ("ended", ANN, "2023-05-10")

    assert officer(connection, *steps, day="2023-06-01") == (("bob",), "certain")


def test_on_the_day_of_a_handover_the_post_is_the_successors(connection: Connection) -> None:
    steps = (
        ("started", ANN, "2020"),
        ("ended", ANN, "2022-02-02"),
        ("started", BOB, "2022-02-02"),
    )

    assert officer(connection, *steps, day="2022-02-02") == (("bob",), "certain")


def test_between_one_who_left_and_the_next_the_post_is_vacant(connection: Connection) -> None:
    steps = ("started", ANN, "2020"), ("ended", ANN, "2022-02"), ("started", BOB, "2023")

    assert officer(connection, *steps, day="2022-06-01") == (("vacant",), "certain")


def test_who_left_in_a_month_may_have_it_still(connection: Connection) -> None:
    steps = ("started", ANN, "2020"), ("ended", ANN, "2022-02")

    found = officer(connection, *steps, day="2022-02-10")

    assert found == (("vacant", "ann"), "possible")


def test_one_who_is_said_to_have_left_long_before_it_was_taken_up_again_has_it(
    connection: Connection,
) -> None:
    steps = ("started", ANN, "2018"), ("ended", ANN, "2019"), ("started", ANN, "2021")

    assert officer(connection, *steps, day="2022-01-01") == (("ann",), "certain")


def test_a_post_of_which_only_a_leaving_is_told_is_vacant(connection: Connection) -> None:
    steps = ("ended", CAT, "2019"), ("ended", ANN, "2021")

    assert officer(connection, *steps, day="2022-01-01") == (("vacant",), "certain")


def test_the_reasons_tell_that_a_late_leaving_changed_nothing(connection: Connection) -> None:
    steps = ("started", ANN, "2020"), ("started", BOB, "2023-05-01"), ("ended", ANN, "2023-05-10")
    recorded(connection, [post(number, *step) for number, step in enumerate(steps)])
    as_of = AsOf(date(2023, 6, 1), head(connection)[0])

    steps_told = why(connection, entity="acme", attribute="officers", as_of=as_of).steps

    assert [(one.event.id, one.effect.en) for one in steps_told] == [
        ("p0", "was replaced since"),
        ("p1", "holds on this day"),
        ("p2", "another had the post: it was not vacant"),
    ]


def test_a_state_in_words_calls_the_post_vacant(connection: Connection) -> None:
    recorded(connection, [post(0, "started", ANN, "2020"), post(1, "ended", ANN, "2021")])

    (value,) = row(on(connection, "2022-01-01"), "officers").values

    assert (value.key, value.words.en, value.words.zh) == (
        "vacant",
        "vacant (no successor told)",
        "空缺（未见继任）",
    )


def test_a_late_leaving_is_not_counted_as_a_vacancy(connection: Connection) -> None:
    steps = ("started", ANN, "2020"), ("started", BOB, "2023-05-01"), ("ended", ANN, "2023-05-10")
    recorded(connection, [post(number, *step) for number, step in enumerate(steps)])

    assert officers_counted(connection, "2023-06-01") == {"bob": 1}


def test_a_post_that_was_left_or_of_which_only_that_is_told_counts_as_vacant(
    connection: Connection,
) -> None:
    steps = ("started", ANN, "2020"), ("ended", ANN, "2021"), ("ended", CAT, "2019")
    recorded(connection, [post(number, *step) for number, step in enumerate(steps)])

    assert officers_counted(connection, "2019-12-31") == {"vacant": 1}
    assert officers_counted(connection, "2020-12-31") == {"ann": 1}
    assert officers_counted(connection, "2022-01-01") == {"vacant": 1}


def officers_counted(connection: Connection, day: str) -> dict[str, int]:
    counted = value_counts(
        connection,
        as_of=AsOf(date.fromisoformat(day), head(connection)[0]),
        type_name="organization",
        attribute="officers",
    )
    return {one.key: one.cells for one in counted}


@pytest.mark.parametrize("few", [0, 500], ids=["walking", "listing"])
def test_organizations_with_a_vacant_post_are_found(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(states, "_SMALL", 0)
    monkeypatch.setattr(mentioning, "_WORTH", few)
    recorded(connection, [post(0, "started", ANN, "2020"), post(1, "ended", ANN, "2021")])

    found = on(connection, "2022-01-01", where=[("officers", "vacant")])
    before = on(connection, "2020-06-01", where=[("officers", "vacant")])

    assert names_of(found) == {"acme"}
    assert names_of(before) == set()


@pytest.mark.parametrize("few", [0, 500], ids=["walking", "listing"])
def test_organizations_that_nobody_left_are_not_looked_at_for_a_vacant_post(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(states, "_SMALL", 0)
    monkeypatch.setattr(choosing, "_MOST", 20)
    monkeypatch.setattr(mentioning, "_WORTH", few)
    recorded(connection, [post(0, "started", ANN, "2020"), post(1, "ended", ANN, "2021")])
    ask = partial(on, connection, "2022-01-01", where=[("officers", "vacant")])
    alone = plans(connection, ask)
    taken = [
        an_event("role_started", id=f"q{number}", person=BOB, org=f"org-{number}", role="ceo")
        for number in range(60)
    ]
    recorded(connection, taken)

    beside_many = plans(connection, ask)

    assert names_of(ask()) == {"acme"}
    assert len(beside_many) == len(alone)


def test_who_came_before_a_stretch_that_began_vaguely_may_have_it_meanwhile(
    connection: Connection,
) -> None:
    steps = ("started", BOB, "2022-05-01"), ("started", ANN, "2023/2023-03-08")

    assert officer(connection, *steps, day="2023-02-01") == (("ann", "bob"), "possible")


def test_who_came_before_a_stretch_that_is_over_does_not_have_it_again(
    connection: Connection,
) -> None:
    steps = ("started", BOB, "2022-05-01"), ("started", ANN, "2023/2023-03-08")
    recorded(connection, [post(number, *step) for number, step in enumerate(steps)])

    assert told(on(connection, "2023-03-09"), "officers") == []
