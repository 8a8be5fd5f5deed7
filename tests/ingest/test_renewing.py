"""Lines of an older version of their kinds are brought up to date as the log's reader does it."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from sqlalchemy import Engine

from archive.commands import correct, record, record_all
from archive.errors import BatchError
from archive.export import log_lines
from archive.ingest import Report, take_in
from archive.ingest.json_lines import read_json_lines
from archive.log import read_log, verify
from archive.log.codec import decode
from archive.queries import Asked, AsOf, seal, whole
from archive.storage import open_engine, reading, writing
from archive.vocabulary import KINDS, UPCASTS, WORLD_KINDS, Event, Occurred
from tests.builders import a_source, an_event

WRITTEN: Final = Path(__file__).parents[1] / "log" / "written" / "kinds.jsonl"
DAY: Final = date(2024, 1, 1)


@pytest.fixture
def other(engine: Engine, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty archive on the database that *engine* is not."""
    name = "sqlite_url" if engine.dialect.name == "postgresql" else "postgres_url"
    opened = open_engine(request.getfixturevalue(name))
    yield opened
    opened.dispose()


def events_as_written() -> list[Event]:
    """Return the event of each kind of the world, as the first version of its kind wrote it."""
    lines = [json.loads(line) for line in WRITTEN.read_text(encoding="utf-8").splitlines()]
    return [
        decode(
            line["payload"].encode(),
            event_id=line["id"],
            kind=line["kind"],
            kind_version=line["kind_version"],
            stream=line["stream"],
            when=Occurred(line["edtf"], "2023-07-14", "2023-07-14"),
        )
        for line in lines
        if line["kind"] in WORLD_KINDS and line["kind_version"] == 1
    ]


def tell(engine: Engine) -> None:
    with writing(engine) as connection:
        raws = [msgspec.to_builtins(one) for one in events_as_written()]
        record_all(connection, [a_source(), *raws], recorded_by="tests")
        correct(
            connection,
            target=str(raws[0]["id"]),
            raw={"importance": "landmark"},
            reason_kind="new_evidence",
            reason="x",
            recorded_by="tests",
        )


def exported(engine: Engine) -> list[bytes]:
    with reading(engine) as connection:
        return list(log_lines(connection))


def ingested(engine: Engine, lines: list[bytes]) -> Report:
    drafts = read_json_lines(io.BytesIO(b"\n".join(lines)), name="export.jsonl")
    with writing(engine) as connection:
        return take_in(connection, drafts, recorded_by="ingest")


def let_every_kind_move_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bring out a second version of each kind of the world, which tags its events."""

    def tagged(event: Event) -> Event:
        return msgspec.structs.replace(event, tags=(*event.tags, "second"))

    for name, kind in WORLD_KINDS.items():
        monkeypatch.setitem(KINDS, name, replace(kind, version=2))
        monkeypatch.setitem(UPCASTS, (name, 1), tagged)


def told(engine: Engine) -> list[Event]:
    with reading(engine) as connection:
        return [one.event for one in read_log(connection)]


def sealed(engine: Engine, *, known: int) -> str:
    with reading(engine) as connection:
        asked = Asked(as_of=AsOf(valid=DAY, known=known))
        return seal(asked, whole(connection, asked))


def test_an_export_of_years_ago_is_taken_in_and_reads_as_its_log_does(
    engine: Engine, other: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(engine)
    lines = exported(engine)
    let_every_kind_move_on(monkeypatch)

    report = ingested(other, lines)

    assert report.created == len(lines)
    assert told(other) == told(engine)
    of_the_world = [one for one in told(other) if one.kind in WORLD_KINDS]
    assert {(one.kind_version, one.tags[-1]) for one in of_the_world} == {(2, "second")}
    inner: Any = told(other)[-1].data["event"]
    assert (inner["kind_version"], list(inner["tags"])) == (2, ["second"])
    assert sealed(other, known=len(lines)) == sealed(engine, known=len(lines))
    with reading(other) as connection:
        assert verify(connection).events == len(lines)


def test_an_old_line_of_what_the_log_has_is_there_already(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(engine)
    lines, leaves = exported(engine), hashes(engine)
    let_every_kind_move_on(monkeypatch)

    report = ingested(engine, lines)
    again = ingested(engine, exported(engine))

    assert (report.created, report.already) == (0, len(lines))
    assert (again.created, again.already) == (0, len(lines))
    assert hashes(engine) == leaves


def hashes(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return [one.hash for one in read_log(connection)]


def test_a_masked_line_keeps_the_version_that_its_text_was_written_in(
    engine: Engine, other: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    masking = an_event("text_masked", id="m", target="secret", reason="privacy", stream="archive")
    with writing(engine) as connection:
        record_all(connection, [a_source(), an_event(id="secret")], recorded_by="tests")
        record(connection, raw=masking, recorded_by="tests")
    lines = exported(engine)
    let_every_kind_move_on(monkeypatch)

    ingested(other, lines)

    assert [one.kind_version for one in told(other)] == [1, 1, 1]
    assert ingested(engine, lines).already == len(lines)


def test_an_old_line_that_is_not_whole_is_refused_by_its_version(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_every_kind_move_on(monkeypatch)
    short = an_event(id="short", kind_version=1, entities={"org": "acme"})

    with pytest.raises(BatchError, match="kind_version"):
        ingested(engine, [json.dumps(a_source()).encode(), json.dumps(short).encode()])


@pytest.mark.parametrize("version", [3, 0, "x", [], {}, True])
def test_a_version_that_no_kind_had_is_refused(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, version: object
) -> None:
    let_every_kind_move_on(monkeypatch)
    line = an_event(id="strange", kind_version=version)

    with pytest.raises(BatchError, match="kind_version"):
        ingested(engine, [json.dumps(a_source()).encode(), json.dumps(line).encode()])
