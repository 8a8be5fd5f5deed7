"""A date that other events bound: resolved when it is written, and again when it is corrected."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from archive.commands import Recorded, correct, record, record_all, retract
from archive.errors import BatchError, FieldError, RefusedError
from archive.log import read_by_ids
from archive.projections import standing_of
from archive.vocabulary import Occurred
from tests.builders import an_event, recorded, scratch

ANNOUNCED = an_event("deal_announced", id="announced", when="2023-03-05")
CLOSED = an_event("deal_closed", id="closed", when="2023-04")


@pytest.fixture
def connection(shared: Engine) -> Iterator[Connection]:
    with scratch(shared) as opened:
        recorded(opened, [ANNOUNCED, CLOSED])
        yield opened


def hung(event_id: str = "between", **occurred: str) -> dict[str, object]:
    return an_event("org_founded", id=event_id) | {"occurred": occurred}


def told(connection: Connection, event_id: str = "between", **occurred: str) -> Occurred:
    """Record an event with this date, and return the date that the log has."""
    record(connection, raw=hung(event_id, **occurred), recorded_by="tests")
    return read_by_ids(connection, [event_id])[event_id].event.occurred


def now(connection: Connection, event_id: str = "between") -> Occurred:
    standing = standing_of(connection, event_id)
    assert standing is not None
    assert standing.occurred is not None
    return standing.occurred


def corrected(connection: Connection, target: str, **raw: object) -> Recorded:
    return correct(
        connection,
        target=target,
        raw=raw,
        reason_kind="source_error",
        reason="the source erred",
        recorded_by="tests",
    )


def refusal(connection: Connection, **occurred: str) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        told(connection, **occurred)
    return caught.value


@pytest.mark.parametrize(
    ("sides", "edtf", "earliest", "latest"),
    [
        ({"after": "announced"}, "[2023-03-05..]", "2023-03-05", None),
        ({"before": "closed"}, "[..2023-04-30]", None, "2023-04-30"),
        (
            {"after": "announced", "before": "closed"},
            "[2023-03-05..2023-04-30]",
            "2023-03-05",
            "2023-04-30",
        ),
        ({"after": "announced", "before": "announced"}, "2023-03-05", "2023-03-05", "2023-03-05"),
    ],
)
def test_an_event_between_others_has_their_bounds(
    connection: Connection,
    sides: dict[str, str],
    edtf: str,
    earliest: str | None,
    latest: str | None,
) -> None:
    occurred = told(connection, **sides)

    assert (occurred.edtf, occurred.earliest, occurred.latest) == (edtf, earliest, latest)
    assert {"after": occurred.after, "before": occurred.before} == {
        "after": "",
        "before": "",
        **sides,
    }


def test_the_words_stay_as_stated(connection: Connection) -> None:
    occurred = told(connection, after="announced", stated="公布之后")

    assert occurred.stated == "公布之后"


def test_a_typed_date_is_narrowed_and_kept_as_stated(connection: Connection) -> None:
    occurred = told(connection, edtf="2023~", after="announced", before="closed")

    assert occurred.edtf == "[2023-03-05..2023-04-30]"
    assert occurred.stated == "2023~"


def test_a_typed_date_inside_stands_as_typed(connection: Connection) -> None:
    occurred = told(connection, edtf="2023-03-20~", after="announced", before="closed")

    assert (occurred.edtf, occurred.stated) == ("2023-03-20~", "")


def test_where_no_other_event_has_a_bound_the_date_is_open(connection: Connection) -> None:
    told(connection, "early", edtf="[..2023-01]")

    occurred = told(connection, after="early")

    assert (occurred.edtf, occurred.earliest, occurred.latest) == ("../..", None, None)


def test_bounds_come_from_the_event_as_corrected(connection: Connection) -> None:
    corrected(connection, "announced", occurred={"edtf": "2023-03-15"})

    assert told(connection, after="announced").edtf == "[2023-03-15..]"


def test_an_earlier_event_of_the_same_batch_counts(connection: Connection) -> None:
    batch = [hung("first", edtf="2023-03-20"), hung(after="first", before="closed")]

    record_all(connection, batch, recorded_by="tests")

    assert now(connection).edtf == "[2023-03-20..2023-04-30]"


def test_bounds_once_written_stay_when_the_other_event_is_corrected(
    connection: Connection,
) -> None:
    told(connection, after="announced")

    corrected(connection, "announced", occurred={"edtf": "2023-03-15"})

    assert now(connection).edtf == "[2023-03-05..]"


def test_the_same_draft_twice_is_recorded_once_whatever_came_between(
    connection: Connection,
) -> None:
    draft = hung(edtf="2023", after="announced")
    first = record(connection, raw=draft, recorded_by="tests")
    corrected(connection, "announced", occurred={"edtf": "2023-05-15"})

    again = record(connection, raw=draft, recorded_by="tests")

    assert (again.position, again.is_new) == (first.position, False)


def test_a_correction_of_anything_resolves_the_date_again(connection: Connection) -> None:
    told(connection, after="announced", before="closed")
    corrected(connection, "announced", occurred={"edtf": "2023-03-15"})

    corrected(connection, "between", importance="landmark")

    assert now(connection).edtf == "[2023-03-15..2023-04-30]"


def test_resolving_again_is_a_change_of_its_own(connection: Connection) -> None:
    told(connection, after="announced")
    with pytest.raises(FieldError):
        corrected(connection, "between")
    corrected(connection, "announced", occurred={"edtf": "2023-03-01"})

    corrected(connection, "between")

    assert now(connection).edtf == "[2023-03-01..]"


def test_what_was_typed_stays_when_the_date_is_resolved_again(connection: Connection) -> None:
    told(connection, edtf="2023-03", after="announced", before="closed")
    corrected(connection, "announced", occurred={"edtf": "2023-02-01"})

    corrected(connection, "between", importance="landmark")

    assert now(connection).edtf == "[2023-02-01..2023-03-31]"


def test_a_correction_may_take_the_relation_out(connection: Connection) -> None:
    told(connection, after="announced")

    corrected(connection, "between", occurred={"edtf": "2023-06"})

    assert (now(connection).edtf, now(connection).after) == ("2023-06", "")


@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        ("nothing", "an event that the archive holds"),
        ("between", "an event that the archive holds"),
        ("add-a-source", "an event of the world"),
        ("gone", "an event that was not retracted"),
        ("masked", "an event whose text was not masked"),
        ("Not An Id", "lower-case Latin letters"),
    ],
)
def test_an_event_that_cannot_be_named_is_refused(
    connection: Connection, name: str, accepted: str
) -> None:
    told(connection, "gone", edtf="2023")
    retract(connection, target="gone", reason="never said", recorded_by="tests")
    told(connection, "masked", edtf="2023")
    masking = an_event("text_masked", id="masking", when="2024-01-01", target="masked")
    record(connection, raw=masking, recorded_by="tests")

    error = refusal(connection, after=name)

    assert isinstance(error, FieldError)
    assert error.field == "occurred.after"
    assert accepted in error.words("en")


def test_every_event_that_cannot_be_named_is_told(connection: Connection) -> None:
    error = refusal(connection, after="nothing", before="add-a-source")

    assert isinstance(error, BatchError)
    assert len(error.errors) == 2


def test_a_typed_date_outside_is_refused_in_words(connection: Connection) -> None:
    error = refusal(connection, edtf="2023-02", after="announced", before="closed")

    assert isinstance(error, FieldError)
    assert error.field == "occurred.edtf"
    assert "February 2023" in error.words("en")
    assert "between 5 March 2023 and 30 April 2023" in error.words("en")
    assert "2023年3月5日至2023年4月30日之间的日期" in error.words("zh")


def test_events_in_the_wrong_order_leave_no_date(connection: Connection) -> None:
    error = refusal(connection, after="closed", before="announced")

    assert isinstance(error, FieldError)
    assert error.field == "occurred.before"
    assert "5 March 2023" in error.words("en")
    assert "April 2023" in error.words("en")


def test_an_event_cannot_bound_itself(connection: Connection) -> None:
    told(connection, edtf="2023-06")

    with pytest.raises(FieldError, match="another event"):
        corrected(connection, "between", occurred={"after": "between"})


def test_a_correction_cannot_close_a_circle(connection: Connection) -> None:
    told(connection, "one", edtf="2023-06")
    told(connection, "two", after="one")
    told(connection, "three", before="two", edtf="2023")

    with pytest.raises(FieldError, match="rest on this one"):
        corrected(connection, "one", occurred={"before": "three"})


def test_a_retraction_in_the_same_batch_counts(connection: Connection) -> None:
    gone = an_event("claim_retracted", id="x", when="2024-01-01", target="announced")
    draft = hung(after="announced")

    with pytest.raises(BatchError) as caught:
        record_all(connection, [gone, draft], recorded_by="tests")

    assert "was not retracted" in caught.value.words("en")


@pytest.mark.parametrize("kinds", [("claim_retracted", "text_masked"), ("text_masked",)])
def test_what_was_masked_in_the_same_batch_dates_nothing(
    connection: Connection, kinds: tuple[str, ...]
) -> None:
    undoing = [
        an_event(kind, id=f"x-{kind}", when="2024-01-01", target="announced") for kind in kinds
    ]

    with pytest.raises(BatchError) as caught:
        record_all(connection, [*undoing, hung(after="announced")], recorded_by="tests")

    assert "occurred.after" in caught.value.words("en")
