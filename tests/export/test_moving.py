"""An archive moved to the other database by export and ingest answers as the old one did."""

import io
import json
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine

from archive.commands import correct, record, retract
from archive.errors import BatchError
from archive.export import log_lines
from archive.ingest import Report, take_in
from archive.ingest.json_lines import read_json_lines
from archive.log import read_log, verify
from archive.projections import lag
from archive.queries import Asked, AsOf, seal, whole
from archive.storage import open_engine, reading, writing
from tests.builders import an_event, clock_from, keep

DAYS = (date(2022, 1, 1), date(2023, 3, 1), date(2023, 7, 14), date(2024, 1, 1), date(2025, 1, 1))
SECRET = {"zh": "机密的话", "en": "confidential words"}


@pytest.fixture
def other(engine: Engine, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty archive on the database that *engine* is not."""
    name = "sqlite_url" if engine.dialect.name == "postgresql" else "postgres_url"
    opened = open_engine(request.getfixturevalue(name))
    yield opened
    opened.dispose()


def tell(engine: Engine) -> None:
    """Record a story with a correction, a retraction, and two texts masked."""
    people = [
        an_event("role_started", id=f"role-{number}", when=f"2023-0{number}", org=f"org-{number}")
        for number in range(1, 6)
    ]
    keep(engine, *people, an_event(id="founded", when="2022-05"),
         an_event(id="secret", when="2023-02", summary=SECRET, org="hidden"),
         an_event(id="corrected-secret", when="2021", org="hidden-too"))  # fmt: skip
    with writing(engine) as connection:
        for target in ("role-2", "corrected-secret"):
            correct(
                connection,
                target=target,
                raw={"occurred": {"edtf": "2024-02-01~"}, "summary": SECRET},
                reason_kind="new_evidence",
                reason="x",
                recorded_by="tests",
            )
        retract(connection, target="role-3", reason="never so", recorded_by="tests")
        for target in ("secret", "corrected-secret"):
            mask = an_event("text_masked", id=f"m-{target}", target=target, reason="privacy",
                            stream="archive")  # fmt: skip
            record(connection, raw=mask, recorded_by="tests", clock=clock_from())


def exported(engine: Engine) -> list[bytes]:
    with reading(engine) as connection:
        return list(log_lines(connection))


def ingested(engine: Engine, lines: list[bytes]) -> Report:
    drafts = read_json_lines(io.BytesIO(b"\n".join(lines)), name="export.jsonl")
    with writing(engine) as connection:
        return take_in(connection, drafts, recorded_by="ingest")


def seals(engine: Engine, *, head: int) -> list[str]:
    """Return the seals of twenty states: five days, each as known on four positions."""
    found: list[str] = []
    with reading(engine) as connection:
        for day in DAYS:
            for known in (2, head // 2, head - 2, head):
                asked = Asked(as_of=AsOf(valid=day, known=known))
                found.append(seal(asked, whole(connection, asked)))
    return found


def test_twenty_states_have_the_same_seals_on_the_other_database(
    engine: Engine, other: Engine
) -> None:
    tell(engine)
    lines = exported(engine)

    ingested(other, lines)

    before = seals(engine, head=len(lines))
    assert len(set(before)) == 20
    assert seals(other, head=len(lines)) == before


def test_what_was_masked_travels_without_its_text_and_is_masked_there(
    engine: Engine, other: Engine
) -> None:
    tell(engine)
    lines = exported(engine)
    masked = [line for line in lines if b'"masked":true' in line]
    assert (len(masked), b"confidential" in b"".join(masked)) == (3, False)

    report = ingested(other, lines)
    again = ingested(other, lines)

    assert (report.created, again.created, again.already) == (len(lines), 0, len(lines))
    with reading(engine) as here, reading(other) as there:
        assert verify(there).masked == verify(here).masked
        assert lag(there) == 0
        assert [(o.event.id, o.position, o.about, o.is_masked) for o in read_log(there)] == [
            (o.event.id, o.position, o.about, o.is_masked) for o in read_log(here)
        ]
    rows, moved = ([json.loads(line) for line in exported(one)] for one in (engine, other))
    changed = {"hash", "recorded_at", "recorded_by"}
    assert [{n: v for n, v in row.items() if n not in changed} for row in moved] == [
        {n: v for n, v in row.items() if n not in changed} for row in rows
    ]


def test_a_line_without_its_text_is_refused_where_nothing_masked_it(
    engine: Engine, other: Engine
) -> None:
    tell(engine)
    lines = [line for line in exported(engine) if b'"m-secret"' not in line]

    with pytest.raises(BatchError, match=r"“secret”.*no text_masked"):
        ingested(other, lines)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "nonsense"}, "nonsense"),
        ({"occurred": {}}, "date"),
        ({"stream": ""}, "stream"),
        ({"about": "founded"}, "about"),
    ],
    ids=["its kind", "its date", "its stream", "what it is about"],
)
def test_an_envelope_that_is_none_is_refused(
    engine: Engine, changes: dict[str, object], said: str
) -> None:
    line = {"id": "x", "kind": "org_founded", "stream": "a", "occurred": {"edtf": "2023"},
            "masked": True, "about": []}  # fmt: skip

    with pytest.raises(BatchError, match=said):
        ingested(engine, [json.dumps(line | changes).encode()])
