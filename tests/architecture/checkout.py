"""Which files belong to the project: tracked, or new and not ignored."""

import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
# A checkout may belong to somebody else than the person who tests it.
GIT: Final = ("git", "-c", f"safe.directory={ROOT}")
LIST: Final = (*GIT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")


def project_files() -> list[Path]:
    """Return every file of the project, relative to its root."""
    listed = subprocess.run(LIST, check=True, cwd=ROOT, capture_output=True, text=True).stdout
    paths = (Path(name) for name in listed.split("\0") if name)
    return sorted(path for path in paths if (ROOT / path).is_file())
