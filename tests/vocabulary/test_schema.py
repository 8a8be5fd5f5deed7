"""JSON Schema says of an event what the checks say, with the jsonschema package as the judge."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from archive.errors import RefusedError
from archive.export.json_lines import json_line
from archive.log import RecordedEvent
from archive.vocabulary import KINDS, UNKNOWN, WORLD_KINDS, event_schema
from tests.builders import an_event, an_event_with, checked, every_field

SCHEMA = event_schema()
JUDGES = {
    name: Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]})
    for name in KINDS
}
JUDGE = JUDGES["valuation_reported"]
PUT_ON_BY_THE_LOG = ("position", "stream_position", "recorded_at", "recorded_by", "hash")

every_kind = pytest.mark.parametrize("name", KINDS)


def exported(raw: Mapping[str, object]) -> dict[str, Any]:
    """Return *raw* as a line of the export, without what the log puts on."""
    recorded = RecordedEvent(checked(raw), 1, 1, 0, "tests", b"\x00" * 32)
    line = json_line(recorded)
    kept = {name: value for name, value in line.items() if name not in PUT_ON_BY_THE_LOG}
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(kept))
    return plain


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_an_event_is_valid_as_exactly_one_kind() -> None:
    event = exported(an_event("org_founded"))

    whole = Draft202012Validator(SCHEMA)

    assert whole.is_valid(event)
    assert not whole.is_valid({**event, "kind": "org_lost"})


@every_kind
def test_an_exported_event_with_every_field_is_valid(name: str) -> None:
    event = exported(an_event_with(name, every_field(name)))

    JUDGES[name].validate(event)


@every_kind
def test_an_exported_event_with_its_required_fields_is_valid(name: str) -> None:
    fields = {"value": "79 models"} if name == "figure_reported" else {}

    JUDGES[name].validate(exported(an_event_with(name, fields)))


@pytest.mark.parametrize("name", WORLD_KINDS)
def test_an_unknown_value_is_valid_where_the_checks_take_it(name: str) -> None:
    doubtful = {
        field.name: UNKNOWN
        for field in KINDS[name].fields
        if not field.is_role and not field.required and field.type.widget != "choice"
    }

    JUDGES[name].validate(exported(an_event_with(name, doubtful)))


@pytest.mark.parametrize(
    "time", ["14:30", "14:30:05", "06:30Z", "14:30+08:00", "14:30-05:30", "14:30+14:00"]
)
def test_a_time_of_day_is_valid_as_it_is_kept(time: str) -> None:
    event = exported(an_event("valuation_reported", when="2023-07-11", time=time))

    assert event["occurred"]["time"] == time
    JUDGE.validate(event)


@pytest.mark.parametrize("time", ["25:00", "noon", "14:60", "14:30+15:00", "14:30+14:30"])
def test_what_is_no_time_of_day_is_neither_valid_nor_taken(time: str) -> None:
    event = exported(an_event("valuation_reported", when="2023-07-11"))
    event["occurred"]["time"] = time

    assert not JUDGE.is_valid(event)
    with pytest.raises(RefusedError):
        checked(an_event("valuation_reported", when="2023-07-11", time=time))


def test_a_date_with_an_open_end_is_valid() -> None:
    event = exported(an_event(when="[..2023-06]"))

    JUDGES["org_founded"].validate(event)
    assert event["occurred"]["earliest"] is None


@pytest.mark.parametrize("name", [*WORLD_KINDS, "source_added", "names_changed"])
def test_the_correction_of_whatever_can_be_corrected_is_valid(name: str) -> None:
    inner = exported(an_event_with(name, every_field(name)))
    fields = {"target": inner["id"], "event": inner}

    JUDGES["claim_corrected"].validate(exported(an_event_with("claim_corrected", fields)))


def without(name: str) -> Callable[[dict[str, Any]], None]:
    def spoil(event: dict[str, Any]) -> None:
        event.pop(name)

    return spoil


def with_part(*path: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    def spoil(event: dict[str, Any]) -> None:
        place: Any = event
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return spoil


SPOILT = {
    "no id": without("id"),
    "no date": without("occurred"),
    "no entities": without("entities"),
    "no stream": without("stream"),
    "no claims": without("claims"),
    "a claim of nobody": with_part("claims", value=[]),
    "another kind": with_part("kind", value="lawsuit_filed"),
    "a newer version": with_part("kind_version", value=2),
    "an unknown field": with_part("data", "colour", value="red"),
    "an unknown role": with_part("entities", 0, "role", value="king"),
    "an unknown type": with_part("entities", 0, "type", value="planet"),
    "an id with blanks": with_part("id", value="Two Words"),
    "a number for an amount": with_part("data", "amount", "exact", value=5),
    "money of no currency": with_part("data", "amount", value={"exact": "5"}),
    "an amount of nothing": with_part("data", "amount", value={"currency": "CNY"}),
    "an unknown option": with_part("data", "basis", value="guess"),
    "half a title": with_part("title", value={"zh": "题"}),
    "an unknown importance": with_part("importance", value="huge"),
    "an unknown confidence": with_part("claims", 0, "confidence", value="sure"),
    "a part too many": with_part("colour", value="red"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_an_event_that_the_checks_would_refuse_is_not_valid(
    spoil: Callable[[dict[str, Any]], None],
) -> None:
    event = exported(an_event("valuation_reported"))
    JUDGE.validate(event)
    spoilt = deepcopy(event)

    spoil(spoilt)

    assert not JUDGE.is_valid(spoilt)


@every_kind
def test_every_required_datum_is_required_by_the_schema(name: str) -> None:
    event = exported(an_event_with(name, every_field(name)))

    for field in KINDS[name].fields:
        if field.required and not field.is_role:
            lacking = {
                **event,
                "data": {k: v for k, v in event["data"].items() if k != field.name},
            }
            assert not JUDGES[name].is_valid(lacking), field.name
