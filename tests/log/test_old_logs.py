"""What was written once reads rightly for ever: a line of every version of every kind is kept.

A kind that moves on leaves its line as it is, gets an upcast, and a second line in its new words;
the old line then also says, under ``today``, the payload that it is to be read as.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from archive.dates import day_number
from archive.log import hashing
from archive.log.codec import decode, encode
from archive.vocabulary import KINDS, UPCASTS, Event, Occurred, kind_of
from tests.builders import an_event_with, checked, every_field

WRITTEN: Final = Path(__file__).with_name("written") / "kinds.jsonl"
LINES: Final = [json.loads(line) for line in WRITTEN.read_text(encoding="utf-8").splitlines()]
SALT: Final = bytes(range(hashing.SALT_BYTES))


def named(line: dict[str, Any]) -> str:
    return f"{line['kind']}-{line['kind_version']}"


def written(event: Event) -> dict[str, Any]:
    """Return the line that keeps *event*; how those in the file were made."""
    payload, occurred = encode(event), event.occurred
    bounds = [
        day_number(date.fromisoformat(str(one))) for one in (occurred.earliest, occurred.latest)
    ]
    envelope: list[str | int] = [event.id, event.stream, event.kind, event.kind_version]
    envelope += [occurred.edtf, *bounds]
    digest = hashing.payload_hash(payload, salt=SALT)
    leaf = hashing.leaf(*envelope, 1_795_300_000_000_000, "tests", None, payload_digest=digest)
    names = ("id", "stream", "kind", "kind_version", "edtf", "earliest", "latest")
    kept = dict(zip(names, envelope, strict=True))
    return kept | {"leaf": leaf.hex(), "payload": payload.decode()}


def read(line: dict[str, Any]) -> Event:
    return decode(
        line["payload"].encode(),
        event_id=line["id"],
        kind=line["kind"],
        kind_version=line["kind_version"],
        stream=line["stream"],
        when=Occurred(edtf=line["edtf"]),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_kept_as_it_is_written_today(kind: str) -> None:
    kept = [line for line in LINES if named(line) == f"{kind}-{KINDS[kind].version}"]

    event = checked(an_event_with(kind, every_field(kind), id=f"a-{kind}"))

    assert kept, f"a line to keep: {json.dumps(written(event), ensure_ascii=False)}"


@pytest.mark.parametrize("line", LINES, ids=named)
def test_what_was_written_once_reads_rightly_for_ever(line: dict[str, Any]) -> None:
    event = read(line)

    assert event.kind_version == kind_of(event).version
    assert encode(event).decode() == line.get("today", line["payload"])


@pytest.mark.parametrize("line", LINES, ids=named)
def test_what_was_sealed_once_has_its_leaf_for_ever(line: dict[str, Any]) -> None:
    digest = hashing.payload_hash(line["payload"].encode(), salt=SALT)
    names = ("id", "stream", "kind", "kind_version", "edtf", "earliest", "latest")
    envelope = [line[name] for name in names]

    leaf = hashing.leaf(*envelope, 1_795_300_000_000_000, "tests", None, payload_digest=digest)

    assert leaf.hex() == line["leaf"]


def test_an_old_event_goes_through_every_step_since(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a field had been renamed, and a year later said in two languages."""
    line = next(line for line in LINES if line["kind"] == "org_founded")

    def renamed(event: Event) -> Event:
        data = {**event.data, "purpose": "open models"}
        return msgspec.structs.replace(event, data=data)

    def in_two_languages(event: Event) -> Event:
        data = {**event.data, "purpose": {"zh": "", "en": event.data["purpose"]}}
        return msgspec.structs.replace(event, data=data)

    monkeypatch.setitem(UPCASTS, ("org_founded", 1), renamed)
    monkeypatch.setitem(UPCASTS, ("org_founded", 2), in_two_languages)

    event = read(line)

    assert event.kind_version == 3
    assert event.data["purpose"] == {"zh": "", "en": "open models"}


def test_the_event_within_a_correction_is_brought_up_to_date_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = next(line for line in LINES if line["kind"] == "claim_corrected")

    def tagged(event: Event) -> Event:
        return msgspec.structs.replace(event, tags=("upcast",))

    monkeypatch.setitem(UPCASTS, ("org_founded", 1), tagged)

    inner = read(line).data["event"]

    assert isinstance(inner, dict)
    assert (inner["kind_version"], list(inner["tags"])) == (2, ["upcast"])
