"""Each vendored file is what its note says, and has its licence beside it."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.architecture.checkout import ROOT

NOTES = (ROOT / "static/vendor/VENDORED.md", ROOT / "tests/vendor/VENDORED.md")

ROW = re.compile(r"^\| `(?P<file>[^`]+)` .*`(?P<digest>[0-9a-f]{64})`.*$", re.MULTILINE)
LICENCE = re.compile(r"`([^`]*LICENSE[^`]*)`")


def folder_name(note: Path) -> str:
    return note.parent.parent.name


@pytest.mark.parametrize("note", NOTES, ids=folder_name)
def test_a_vendored_file_is_byte_for_byte_what_its_note_says(note: Path) -> None:
    rows = ROW.finditer(note.read_text(encoding="utf-8"))
    said = {row["file"]: row["digest"] for row in rows}

    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in note.parent.iterdir()
        if path != note and "LICENSE" not in path.name
    }

    assert found == said


@pytest.mark.parametrize("note", NOTES, ids=folder_name)
def test_a_vendored_file_has_its_licence_beside_it(note: Path) -> None:
    rows = [row[0] for row in ROW.finditer(note.read_text(encoding="utf-8"))]

    licences = [LICENCE.findall(row) for row in rows]

    assert all(licences)
    assert all((note.parent / name).is_file() for names in licences for name in names)
