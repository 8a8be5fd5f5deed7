import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_the_log_goes_to_stdout_as_json_lines(filled: Run) -> None:
    result = filled("export")

    assert [json.loads(line)["position"] for line in result.stdout.splitlines()] == [1, 2, 3]


@pytest.mark.parametrize("chosen", ["jsonl", "csv", "ical"])
def test_a_file_is_written_whole(filled: Run, tmp_path: Path, chosen: str) -> None:
    path = tmp_path / "out"
    path.write_text("old")

    result = filled("export", "--format", chosen, "--output", str(path))

    assert result.exit_code == 0
    assert result.stdout == ""
    assert path.read_bytes() == filled("export", "--format", chosen).stdout_bytes
    assert [one.name for one in tmp_path.iterdir() if "archive.db" not in one.name] == ["out"]


def test_where_nothing_can_be_written_says_so(filled: Run, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none" / "out"):
        result = filled("export", "--output", str(path))

        assert result.exit_code == 1
        assert str(path) in result.stderr
