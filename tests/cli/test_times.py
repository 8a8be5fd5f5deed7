"""``--time``: a time of day beside the day of an event, recorded, corrected, shown, carried."""

from typing import Any

import pytest

from tests.cli.conftest import Run, document

NEW = ("--set", "org=new:organization:新|New", "--source", "paper", "--id", "new-founded")
WHY = ("--reason", "read again")


def founding(archive: Run) -> Any:
    events = document(archive("timeline", "--json", "--kind", "org_founded"))["events"]
    return next(one for one in events if one["id"] == "new-founded")["occurred"]


@pytest.fixture
def timed(filled: Run) -> Run:
    """An archive with an event of which the time of day is told."""
    result = filled(
        "record", "org_founded", *NEW, "--when", "2023年7月11日", "--time", "9:30+08:00"
    )
    assert result.exit_code == 0, result.stderr
    return filled


def test_a_time_is_recorded_beside_its_day(timed: Run) -> None:
    found = founding(timed)

    assert (found["edtf"], found["time"]) == ("2023-07-11", "09:30+08:00")


def test_the_tables_show_it_with_its_offset(timed: Run) -> None:
    assert "09:30 (UTC+08:00)" in timed("timeline").stdout
    assert "09:30 (UTC+08:00)" in timed("why", "new", "status", "--on", "2023-08-01").stdout


def test_beside_a_month_it_is_refused(filled: Run) -> None:
    result = filled("record", "org_founded", *NEW, "--when", "2023-07", "--time", "09:30")

    assert result.exit_code == 1
    assert "occurred.time" in result.stderr
    assert "09:30" in result.stderr
    assert "one day" in result.stderr


def test_a_correction_keeps_it_changes_it_and_takes_it_out(timed: Run) -> None:
    timed("correct", "new-founded", *WHY, "--when", "2023-07-12")
    assert founding(timed)["time"] == "09:30+08:00"

    timed("correct", "new-founded", *WHY, "--time", "18:00")
    assert founding(timed)["time"] == "18:00"

    result = timed("correct", "new-founded", *WHY, "--time", "")
    assert result.exit_code == 0, result.stderr
    assert "time" not in founding(timed)


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_it_travels_in_files(timed: Run, suffix: str) -> None:
    told = timed("export", "--format", suffix).stdout

    assert "09:30+08:00" in told


def test_an_export_taken_in_says_the_same_and_lines_without_a_time_name_none(timed: Run) -> None:
    lines = timed("export").stdout

    again = timed("ingest", "-", stdin=lines)

    assert again.exit_code == 0, again.stderr
    assert [line.count('"time"') for line in lines.splitlines()] == [0, 0, 0, 1]


def test_a_spreadsheet_and_a_yaml_file_may_tell_it(filled: Run, tmp_path: Any) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text(
        "id,kind,edtf,time,source,entity:org\n"
        "new-founded,org_founded,2023-07-11,14:30,paper,new:organization:新|New\n"
    )
    assert filled("ingest", str(rows)).exit_code == 0
    assert founding(filled)["time"] == "14:30"

    told = tmp_path / "told.yaml"
    told.write_text(
        "events:\n  - id: other-founded\n    kind: org_founded\n"
        "    occurred: {edtf: 2023-07-11, time: 14:30}\n"
        "    entities: {org: new}\n    claims: [{source: paper}]\n"
    )
    result = filled("ingest", str(told))
    assert result.exit_code == 0, result.stderr
    assert '"time":"14:30"' in filled("export").stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("side", "time", "is_taken"),
    [
        ("--after", "09:00+08:00", False),
        ("--after", "18:00+08:00", True),
        ("--after", "09:00", True),
        ("--before", "18:00+08:00", False),
        ("--before", "09:00+08:00", True),
    ],
)
def test_a_time_may_not_contradict_the_event_that_it_lies_after_or_before(
    timed: Run, side: str, time: str, *, is_taken: bool
) -> None:
    result = timed(
        *("record", "org_founded", "--set", "org=late:organization:晚|Late", "--source", "paper"),
        *("--when", "2023-07-11", "--time", time, side, "new-founded"),
    )

    assert (result.exit_code == 0) is is_taken, result.stderr
    if not is_taken:
        assert "occurred.time" in result.stderr
        assert "09:30+08:00" in result.stderr
