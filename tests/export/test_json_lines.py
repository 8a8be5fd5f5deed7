import io
import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from archive.commands import correct, retract
from archive.export import log_lines
from archive.ingest import take_in
from archive.ingest.json_lines import read_json_lines
from archive.log import RecordedEvent, read_log
from archive.storage import open_engine, reading, writing
from archive.vocabulary import KINDS, WORLD_KINDS
from tests.builders import an_entity, an_event, every_field, keep

CONTRACT = [
    "id",
    "position",
    "stream",
    "stream_position",
    "kind",
    "kind_version",
    "occurred",
    "recorded_at",
    "recorded_by",
    "entities",
    "data",
    "title",
    "summary",
    "claims",
    "importance",
    "tags",
    "hash",
]


def exported(engine: Engine) -> list[bytes]:
    with reading(engine) as connection:
        return list(log_lines(connection))


def ingest(engine: Engine, lines: list[bytes]) -> None:
    drafts = read_json_lines(io.BytesIO(b"\n".join(lines)), name="export.jsonl")
    with writing(engine) as connection:
        take_in(connection, drafts, recorded_by="ingest")


def log_of(engine: Engine) -> list[RecordedEvent]:
    with reading(engine) as connection:
        return list(read_log(connection))


def of_kind(kind: str) -> dict[str, object]:
    about = {"target": "an-org_founded", "claims": "an-org_founded", "choice": "an-org_founded"}
    fields = {name: about.get(name, value) for name, value in every_field(kind).items()}
    made: dict[str, object] = an_event(kind, id=f"an-{kind}", **fields)  # type: ignore[arg-type]  # names of its fields
    return made


def fill(engine: Engine) -> None:
    """Record an event of each kind with every field, corrections and retractions of some."""
    names = list(WORLD_KINDS)
    world = [of_kind(kind) for kind in names]
    archival = [
        of_kind(kind)
        for kind in KINDS
        if kind not in WORLD_KINDS and kind not in {"claim_corrected", "text_masked"}
    ]
    keep(engine, *world, *archival)
    with writing(engine) as connection:
        correct(
            connection,
            target="an-deal_closed",
            raw={"occurred": {"edtf": "[2023-06-20..2023-06-30]"}, "importance": "landmark"},
            reason_kind="new_evidence",
            reason={"zh": "新证据", "en": "new evidence"},
            recorded_by="tests",
        )
        retract(connection, target="an-role_started", reason="wrong", recorded_by="tests")


@pytest.fixture
def other(engine: Engine, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty archive on the database that *engine* is not."""
    name = "sqlite_url" if engine.dialect.name == "postgresql" else "postgres_url"
    opened = open_engine(request.getfixturevalue(name))
    yield opened
    opened.dispose()


def test_a_line_has_the_keys_of_the_contract_in_their_order(engine: Engine) -> None:
    deal = an_event(
        "deal_closed",
        id="a-deal",
        buyer=[an_entity("meituan", zh="美团", en="Meituan")],
        share="100",
        amount="20.65亿元",
        deal_type="acquisition",
        title={"zh": "甲", "en": "A"},
        claims=[{"source": "a-source", "locator": "¶1", "confidence": "low", "reason": "a"}],
    )
    keep(engine, deal)

    line = exported(engine)[1]

    row = json.loads(line)
    assert "美团".encode() in line
    assert list(row) == CONTRACT
    assert list(row["occurred"]) == [
        "edtf", "earliest", "latest", "stated", "date_kind", "place",
    ]  # fmt: skip
    assert list(row["entities"][0]) == ["id", "type", "role", "names"]
    assert list(row["entities"][0]["names"]) == ["zh", "en"]
    assert list(row["title"]) == ["zh", "en"]
    assert list(row["claims"][0]) == ["source", "locator", "confidence", "reason"]
    assert list(row["data"]["amount"])[:2] == ["exact", "currency"]
    assert row["data"]["amount"]["exact"] == "2065000000"
    assert row["recorded_at"].endswith("Z")
    assert row["hash"].startswith("sha256:")


def test_the_log_is_exported_whole_in_order_of_position(engine: Engine) -> None:
    fill(engine)

    rows = [json.loads(line) for line in exported(engine)]

    assert [row["position"] for row in rows] == list(range(1, len(log_of(engine)) + 1))


def test_an_export_taken_in_elsewhere_is_the_same_log(engine: Engine, other: Engine) -> None:
    fill(engine)

    ingest(other, exported(engine))

    before, after = log_of(engine), log_of(other)
    assert [one.event for one in after] == [one.event for one in before]
    assert [(o.position, o.stream_position) for o in after] == [
        (o.position, o.stream_position) for o in before
    ]


def test_an_export_taken_in_where_it_came_from_adds_nothing(engine: Engine) -> None:
    fill(engine)
    before = exported(engine)

    ingest(engine, before)

    assert exported(engine) == before
