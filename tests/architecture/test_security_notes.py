"""What SECURITY.md points at is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_file_that_the_security_notes_name_exists() -> None:
    notes = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w./-]+\.(?:py|html))`", notes))

    lost = [
        name
        for name in sorted(named)
        if not any((ROOT / folder / name).is_file() for folder in ("", "archive", "tests"))
    ]

    assert len(named) > 30
    assert lost == []
