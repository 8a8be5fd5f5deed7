"""The audit of packages tells weaknesses, and never that all is well where nothing was asked."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parents[2] / ".ci" / "audit.py"
SOUND = {"name": "sound", "version": "1", "vulns": []}
WEAK = {
    "name": "weak",
    "version": "2",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"], "aliases": []}],
}
SKIPPED = {"name": "elsewhere", "skip_reason": "Dependency not found on PyPI"}


def audit(told: str) -> tuple[int, str]:
    """Run the audit against a program that answers *told*."""
    answer = [sys.executable, "-c", f"print({told!r})"]
    done = subprocess.run(
        [sys.executable, PROGRAM, *answer], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


def test_a_known_weakness_fails_and_is_named() -> None:
    code, said = audit(json.dumps({"dependencies": [SOUND, WEAK, SKIPPED]}))

    assert code == 1
    assert "weak 2: PYSEC-1 → 3" in said
    assert "2 packages audited" in said


def test_nothing_known_passes() -> None:
    assert audit(json.dumps({"dependencies": [SOUND]})) == (
        0,
        "1 packages audited, 0 known weaknesses\n",
    )


@pytest.mark.parametrize("told", ["", "no network", "{}", json.dumps({"dependencies": [SKIPPED]})])
def test_where_nothing_could_be_asked_it_says_so(told: str) -> None:
    code, said = audit(told)

    assert code == 0
    assert "NOT audited" in said
    assert "没有核查" in said
