"""Doubts about what is recorded: told on stderr as the form tells them, and never in the way."""

from pathlib import Path

import pytest

from archive.cli import cautioning
from tests.cli.conftest import Run, document
from tests.ingest.samples import a_source, an_event, lines

POST = ("--set", "org=acme:organization:顶点|Acme", "--set", "role=ceo", "--source", "paper")

HELD = (
    "held this post then; if that had ended, record the end as well; if theirs are two posts, "
    "give each its scope."
)


def a_person(name: str) -> dict[str, object]:
    return {"id": name, "type": "person", "names": {"zh": name, "en": name.title()}}


def post(person: str, event_id: str, when: str, **more: object) -> dict[str, object]:
    entities = {"org": {"id": "acme"}, "person": a_person(person)}
    said = {"kind": "role_started", "id": event_id, "occurred": {"edtf": when}}
    claims = [{"source": "paper"}]
    return {**said, "entities": entities, "data": {"role": "ceo", **more}, "claims": claims}


@pytest.fixture
def archive(archive: Run) -> Run:
    held = archive("ingest", "-", stdin=lines(a_source(), an_event(), post("ann", "a", "2023-03")))
    assert held.exit_code == 0, held.stderr
    assert "Caution" not in held.stderr
    return archive


def test_a_post_that_another_has_is_told_and_recorded(archive: Run) -> None:
    said = ("record", "role_started", *POST, "--set", "person=bob:person:波|Bob", "--id", "b")

    told = archive(*said, "--when", "2023-05-01", "--json")
    again = archive(*said, "--when", "2023-05-01")

    assert document(told)["is_new"]
    assert "Caution: Ann held this post then" in told.stderr
    assert "(event a)" in told.stderr
    assert "Caution" not in told.stdout
    assert again.exit_code == 0
    assert "Caution" not in again.stderr


def test_a_post_left_with_another_scope_is_told_in_chinese(archive: Run) -> None:
    told = archive(
        "record", "role_ended", "--set", "org=acme", "--set", "role=ceo", "--set", "person=ann",
        "--set", "scope=亚洲|Asia", "--when", "2023-06-01", "--source", "paper", locale="zh_CN",
    )  # fmt: skip

    assert told.exit_code == 0
    assert "注意：此人当时此职的范围为（无范围）" in told.stderr


def test_what_is_not_for_this_archive_is_told(archive: Run) -> None:
    told = archive(
        "record", "org_ended", "--set", "org=acme", "--set", "manner=dissolved", "--title-en",
        "Acme is dissolved after a lawsuit", "--when", "2023-06-01", "--source", "paper",
    )  # fmt: skip

    assert told.exit_code == 0
    assert "Caution: " in told.stderr
    assert "lawsuit" in told.stderr


def test_a_correction_is_looked_at_as_it_reads_then(archive: Run) -> None:
    archive("ingest", "-", stdin=lines(post("bob", "b", "2023-01")))

    told = archive("correct", "b", "--reason", "later", "--when", "2023-05-01")

    assert told.exit_code == 0, told.stderr
    assert "Caution: Ann held this post then" in told.stderr


def test_rows_of_a_file_are_told_of_with_their_places(archive: Run, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(lines(post("bob", "b", "2023-05-01"), post("cy", "c", "2023-06-01")))

    told = archive("ingest", str(rows))
    again = archive("ingest", str(rows))

    assert told.exit_code == 0
    cautions = [one for one in told.stderr.splitlines() if "Caution" in one]
    assert [one.split(" (event ")[0] for one in cautions] == [
        f"{rows}:1: Caution: Ann {HELD}",
        f"{rows}:2: Caution: Bob {HELD}",
    ]
    assert "Caution" not in again.stderr


def test_of_many_rows_the_first_are_looked_at_and_that_is_said(
    archive: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cautioning, "MOST", 1)

    told = archive(
        "ingest", "-", stdin=lines(post("bob", "b", "2023-05-01"), post("cy", "c", "2023-06-01"))
    )

    assert told.stderr.count("Caution: ") == 1
    assert "Only the first 1 of the new events" in told.stderr
