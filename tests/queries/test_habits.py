"""How a source writes its dates: the log remembers which of day and month was put first."""

import pytest
from sqlalchemy import Connection

from archive.commands import correct, record_all, retract
from archive.queries import day_first, head, published
from tests.builders import A_SOURCE, a_source, an_event, recorded

WORDS, MONTH_FIRST, DAY_FIRST = "02/08/2022", "2022-02-08", "2022-08-02"


def dated(
    name: str, edtf: str, *, stated: str = WORDS, source: str = A_SOURCE
) -> dict[str, object]:
    occurred = {"edtf": edtf, "stated": stated}
    return an_event(id=name, source=source, occurred=occurred, org=f"org-{name}")


def asked(connection: Connection, source: str = A_SOURCE) -> bool | None:
    return day_first(connection, source=source, known=head(connection).position)


@pytest.mark.parametrize(
    ("edtf", "stated", "order"),
    [
        (DAY_FIRST, WORDS, True),
        (MONTH_FIRST, WORDS, False),
        ("[..2022-08-02]", "by 02/08/2022", True),
        (f"[{MONTH_FIRST},{DAY_FIRST}]", WORDS, None),
        (DAY_FIRST, "2 August 2022", None),
        (DAY_FIRST, "", None),
        ("2022-02-13", "13/02/2022", None),
    ],
)
def test_the_order_is_told_by_words_taken_for_one_date(
    connection: Connection, *, edtf: str, stated: str, order: bool | None
) -> None:
    recorded(connection, [dated("one", edtf, stated=stated)])

    assert asked(connection) is order


def test_the_choice_made_last_counts(connection: Connection) -> None:
    recorded(connection, [dated("one", DAY_FIRST), dated("two", MONTH_FIRST)])

    assert asked(connection) is False


def test_each_source_has_its_own_order(connection: Connection) -> None:
    recorded(connection, [a_source("other"), dated("one", DAY_FIRST, source="other")])

    assert asked(connection) is None
    assert asked(connection, "other") is True
    assert asked(connection, "unknown") is None


def test_what_was_known_earlier_is_remembered_as_then(connection: Connection) -> None:
    recorded(connection, [dated("one", DAY_FIRST)])
    then = head(connection).position
    record_all(connection, [dated("two", MONTH_FIRST)], recorded_by="tests")

    assert day_first(connection, source=A_SOURCE, known=then) is True


def test_an_event_retracted_is_forgotten(connection: Connection) -> None:
    recorded(connection, [dated("one", DAY_FIRST), dated("two", MONTH_FIRST)])

    retract(connection, target="two", reason="wrong", recorded_by="tests")

    assert asked(connection) is True


def test_an_event_corrected_counts_as_it_stands(connection: Connection) -> None:
    recorded(connection, [dated("one", MONTH_FIRST)])

    correct(
        connection,
        target="one",
        raw={"occurred": {"edtf": DAY_FIRST, "stated": WORDS}},
        reason_kind="typing_error",
        reason="the paper is French",
        recorded_by="tests",
    )

    assert asked(connection) is True


def test_a_sources_day_is_told(connection: Connection) -> None:
    recorded(connection, [])
    known = head(connection).position

    assert published(connection, source=A_SOURCE, known=known) == "2023-07-14"
    assert published(connection, source="unknown", known=known) == ""
