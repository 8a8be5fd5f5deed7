"""correct and retract: a new event about an old one; what was known before stays known."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from archive.commands import Recorded, correct, corrected_fields, retract
from archive.commands.targets import AlreadyRetractedError
from archive.errors import FieldError, NotFoundError, RefusedError, WrongPositionError
from archive.log import head
from archive.queries import AsOf, Filters, State, event, state, timeline
from archive.vocabulary import nested_event
from tests.builders import an_entity, an_event, checked, recorded, scratch
from tests.contracts.histories import Move, histories, played

DAY = date(2023, 12, 31)
A_LICENCE = an_event("licence_set", licence="MIT", commercial_use="free", model="llama")


@pytest.fixture
def connection(shared: Engine) -> Iterator[Connection]:
    with scratch(shared) as opened:
        recorded(opened, [A_LICENCE])
        yield opened


def corrected(connection: Connection, target: str = "an-event", **raw: object) -> Recorded:
    return correct(
        connection,
        target=target,
        raw=raw,
        reason_kind="source_error",
        reason="the source erred",
        recorded_by="tests",
    )


def retracted(connection: Connection, target: str = "an-event") -> Recorded:
    return retract(connection, target=target, reason="never said", recorded_by="tests")


def value(connection: Connection, attribute: str, *, known: int | None = None) -> list[str]:
    position = head(connection)[0] if known is None else known
    rows = state(connection, as_of=AsOf(DAY, position)).rows
    return [one.key for row in rows if row.attribute == attribute for one in row.values]


def everything(connection: Connection, known: int) -> tuple[State, object]:
    """Return all that the archive answers as known on *known*."""
    whole = state(connection, as_of=AsOf(DAY, known), limit=1000)
    page = timeline(connection, filters=Filters(retracted=True), known=known, limit=1000)
    return whole, page


def test_a_correction_replaces_what_was_said_from_then_on(connection: Connection) -> None:
    before = head(connection)[0]

    corrected(connection, data={"licence": "Apache-2.0"})

    assert value(connection, "licence") == ["Apache-2.0"]
    assert value(connection, "licence", known=before) == ["MIT"]
    assert value(connection, "commercial_use") == ["free"]


def test_a_retraction_takes_back_what_was_said_from_then_on(connection: Connection) -> None:
    before = head(connection)[0]

    retracted(connection)

    assert value(connection, "licence") == []
    assert value(connection, "licence", known=before) == ["MIT"]


def test_a_correction_may_be_corrected_by_either_id(connection: Connection) -> None:
    first = corrected(connection, data={"licence": "Apache-2.0"})

    second = corrected(connection, first.id, data={"licence": "BSD-3-Clause"})
    third = corrected(connection, data={"commercial_use": "paid"})

    assert value(connection, "licence") == ["BSD-3-Clause"]
    assert value(connection, "commercial_use") == ["paid"]
    history = event(connection, id="an-event", known=head(connection)[0]).versions
    assert [one.position for one in history] == [
        2,
        first.position,
        second.position,
        third.position,
    ]


def test_a_correction_names_its_fields_and_its_reason(connection: Connection) -> None:
    corrected(connection, data={"licence": "Apache-2.0"}, importance="landmark")

    version = event(connection, id="an-event", known=head(connection)[0]).versions[-1]

    assert version.what == "corrected"
    assert set(version.fields) == {"licence", "importance", "title"}
    assert version.reason.en == "the source erred"


def test_a_title_that_the_kind_gave_follows_and_one_of_our_own_stays(
    connection: Connection,
) -> None:
    recorded(connection, [an_event("licence_set", id="own", title={"zh": "题", "en": "Own"})])

    corrected(connection, data={"licence": "Apache-2.0"})
    corrected(connection, "own", data={"licence": "Apache-2.0"})

    known = head(connection)[0]
    assert "Apache-2.0" in event(connection, id="an-event", known=known).row.title.en
    assert event(connection, id="own", known=known).row.title.en == "Own"


def test_none_takes_a_field_out(connection: Connection) -> None:
    corrected(connection, data={"licence": None})

    assert value(connection, "licence") == []
    assert value(connection, "commercial_use") == ["free"]


def test_the_kind_itself_may_have_been_wrong(connection: Connection) -> None:
    llama = an_entity("llama", "model")

    corrected(connection, kind="model_released", entities={"model": llama}, data={"region": "CN"})

    row = event(connection, id="an-event", known=head(connection)[0]).row
    assert row.kind == "model_released"
    assert dict(row.data) == {"region": "CN"}
    assert "released" in row.title.en
    assert value(connection, "licence") == []
    assert value(connection, "status") == ["released"]


def test_a_date_may_be_corrected_alone(connection: Connection) -> None:
    corrected(connection, occurred={"edtf": "2024-02"})

    assert value(connection, "licence") == []


def test_a_correction_that_changes_nothing_is_refused(connection: Connection) -> None:
    with pytest.raises(FieldError) as refused:
        corrected(connection, data={"licence": "mit"})

    assert refused.value.field == "event"
    assert head(connection)[0] == 2


def test_a_correction_is_checked_as_strictly_as_a_first_word(connection: Connection) -> None:
    with pytest.raises(RefusedError) as refused:
        corrected(connection, data={"licence": "Apach"})

    assert getattr(refused.value, "field", "") == "licence"


def test_a_correction_without_a_reason_is_refused(connection: Connection) -> None:
    with pytest.raises(FieldError) as refused:
        retract(connection, target="an-event", reason="", recorded_by="tests")

    assert refused.value.field == "reason"


@pytest.mark.parametrize("act", [corrected, retracted], ids=["correct", "retract"])
def test_an_unknown_event_can_be_neither_corrected_nor_retracted(
    connection: Connection, act: object
) -> None:
    with pytest.raises(NotFoundError):
        act(connection, "nobody")  # type: ignore[operator]  # one of the two above


@pytest.mark.parametrize("act", [corrected, retracted], ids=["correct", "retract"])
def test_what_was_retracted_can_be_neither_corrected_nor_retracted(
    connection: Connection, act: object
) -> None:
    retracted(connection)

    with pytest.raises(AlreadyRetractedError) as refused:
        act(connection, "an-event")  # type: ignore[operator]  # one of the two above

    assert "an-event" in refused.value.words("zh")


def test_a_retracted_event_keeps_its_address_and_is_marked(connection: Connection) -> None:
    retracted(connection)
    known = head(connection)[0]

    answer = event(connection, id="an-event", known=known)
    hidden = timeline(connection, filters=Filters(), known=known)
    shown = timeline(connection, filters=Filters(retracted=True), known=known)

    assert answer.row.is_retracted
    assert [one.what for one in answer.versions] == ["recorded", "retracted"]
    assert hidden.total == 0
    assert [row.id for row in shown.rows] == ["an-event"]


def test_a_retracted_correction_takes_the_whole_event_back(connection: Connection) -> None:
    correction = corrected(connection, data={"licence": "Apache-2.0"})

    retracted(connection, correction.id)

    assert value(connection, "licence") == []


def test_an_editor_who_was_overtaken_corrects_nothing(connection: Connection) -> None:
    corrected(connection, importance="major")

    with pytest.raises(WrongPositionError):
        correct(
            connection,
            target="an-event",
            raw={"importance": "landmark"},
            reason_kind="typing_error",
            reason="late",
            recorded_by="tests",
            expected_position=1,
        )


def test_the_same_retraction_twice_is_one(connection: Connection) -> None:
    """A client that repeats its request sends the same id; the second finds it done."""
    retract(connection, target="an-event", reason="x", recorded_by="tests", event_id="r")

    again = retract(connection, target="an-event", reason="x", recorded_by="tests", event_id="r")

    assert not again.is_new
    assert head(connection)[0] == again.position == 3


def test_the_fields_that_differ_are_named() -> None:
    before = checked(an_event("licence_set", licence="MIT"))
    after = checked(an_event("licence_set", licence="MIT", when="2024", tags=["x"]))

    assert corrected_fields(before, before) == []
    assert corrected_fields(before, after) == ["occurred", "tags"]


some = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@some
@given(history=histories, more=histories, which=st.integers(0, 30))
def test_what_was_known_before_is_untouched_by_all_that_follows(
    shared: Engine, history: list[Move], more: list[Move], which: int
) -> None:
    with scratch(shared) as opened:
        player = played(opened, history)
        known = head(opened)[0]
        before = everything(opened, known)

        player.step(Move("retract", numbers=(which,)))
        player.step(Move("merge", numbers=(which, which + 1)))
        player.play(more)

        assert everything(opened, known) == before


def test_a_correction_carries_the_whole_event(connection: Connection) -> None:
    corrected(connection, data={"licence": "Apache-2.0"})

    seen = event(connection, id="an-event", known=head(connection)[0]).versions[-1].recorded
    inner = nested_event(seen.event)

    assert inner is not None
    assert inner.data["licence"] == "Apache-2.0"
    assert inner.id == "an-event"
