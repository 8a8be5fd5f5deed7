"""Nothing in the repository knows the machine that it was written on."""

import re
from pathlib import Path

import pytest

from tests.architecture.checkout import ROOT, project_files

MACHINE_FOLDERS = (
    r"/home/[\w.-]+/",
    r"/Users/[\w.-]+/",
    r"/root/",
    r"[A-Z]:\\Users\\",
)
VENDORED = re.compile(r"(^|/)vendor/")


def machine_paths() -> re.Pattern[str]:
    # A checkout right below the root would make a word like "/archive/" forbidden.
    here = [re.escape(str(path)) for path in (ROOT, Path.home()) if len(path.parts) > 2]
    return re.compile(rf"(?<![\w.:/-])(?:{'|'.join((*MACHINE_FOLDERS, *here))})")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    written = (path for path in project_files() if not VENDORED.search(path.as_posix()))
    # This file spells the forbidden folders out.
    others = (path for path in written if path.name != Path(__file__).name)
    return {
        path.as_posix(): (ROOT / path).read_bytes().decode("utf-8", errors="ignore")
        for path in others
    }


def test_no_file_names_a_folder_of_somebodys_machine(texts: dict[str, str]) -> None:
    pattern = machine_paths()

    found = {name: pattern.findall(text) for name, text in texts.items() if pattern.search(text)}

    assert found == {}


def test_no_file_holds_the_marks_of_an_unfinished_merge(texts: dict[str, str]) -> None:
    marks = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)

    assert [name for name, text in texts.items() if marks.search(text)] == []
