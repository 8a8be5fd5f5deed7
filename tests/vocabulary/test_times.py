"""A time of day beside a date: where it may stand, and how it is kept."""

from collections.abc import Mapping

import msgspec
import pytest

from archive.errors import BatchError, RefusedError
from archive.log.codec import decode, encode
from archive.vocabulary import Event, Occurred
from archive.vocabulary.checking import check_thoroughly
from tests.builders import an_event, checked, unknown_to_all


def timed(when: str, time: object, **more: object) -> dict[str, object]:
    return an_event() | {"occurred": {"edtf": when, "time": time, **more}}


def refusal(raw: Mapping[str, object]) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        checked(raw)
    error = refused.value
    return error.errors[0] if isinstance(error, BatchError) else error


def test_a_time_is_kept_beside_its_day_and_moves_no_day() -> None:
    event = checked(timed("2023-07-11", "9:30 +08:00"))

    assert event.occurred.time == "09:30+08:00"
    assert (event.occurred.edtf, event.occurred.earliest) == ("2023-07-11", "2023-07-11")


@pytest.mark.parametrize("time", [None, ""])
def test_no_time_is_told_as_nothing_at_all(time: object) -> None:
    event = checked(timed("2023-07-11", time))

    assert event == checked(an_event(when="2023-07-11"))
    assert "time" not in msgspec.to_builtins(event.occurred)


@pytest.mark.parametrize(
    "when", ["2023-07", "2023", "2023-07-11~", "2023-07-11?", "2023-07-11/2023-07-12", "../.."]
)
def test_beside_what_is_not_one_whole_day_a_time_is_refused(when: str) -> None:
    error = refusal(timed(when, "14:30"))

    assert getattr(error, "field", "") == "occurred.time"
    assert "14:30" in error.words("en")
    assert "2023-07-11" in error.words("zh")


@pytest.mark.parametrize("time", ["25:00", "noon", 870, ["14:30"], True])
def test_what_is_no_time_is_refused(time: object) -> None:
    error = refusal(timed("2023-07-11", time))

    assert getattr(error, "field", "") == "occurred.time"
    assert "14:30" in error.words("en")


def test_the_thorough_reading_reads_it_too() -> None:
    raw = timed("2023-07-11", "14:30")

    assert check_thoroughly(raw, lookup=unknown_to_all) == checked(raw)


def test_the_bytes_of_an_event_without_a_time_know_of_no_time() -> None:
    untimed, told = checked(an_event()), checked(timed("2023-07-14", "14:30"))

    assert b'"time"' not in encode(untimed)
    assert (
        encode(told)
        == encode(untimed)[:-1].replace(b',"title":', b',"time":"14:30","title":') + b"}"
    )


def test_a_correction_that_tells_no_time_has_none_in_the_event_inside_it() -> None:
    inner = an_event(id="inner")

    event = checked(an_event("claim_corrected", event=inner))

    assert b'"time"' not in encode(event)


def test_a_time_comes_back_from_the_log_as_it_went_in() -> None:
    event = checked(timed("2023-07-11", "14:30+08:00"))

    back: Event = decode(
        encode(event),
        event_id=event.id,
        kind=event.kind,
        kind_version=event.kind_version,
        stream=event.stream,
        when=Occurred("2023-07-11", "2023-07-11", "2023-07-11"),
    )

    assert back == event
