"""Ask whether a package in use has a known weakness, or say plainly that nobody could tell."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

NOT_RUN = (
    "没有核查依赖：查不到安全公告（没有网络，或索引不提供公告）。\n"
    "The dependencies were NOT audited: no index of advisories could be asked."
)
_ASK = ("--skip-editable", "--progress-spinner", "off", "--format", "json")


def main(program: Sequence[str]) -> int:
    """Return 0 where nothing is known or nothing could be asked, 1 where a weakness is."""
    asked = subprocess.run([*program, *_ASK], capture_output=True, text=True, check=False)  # noqa: S603 - the arguments are ours
    audited = [one for one in _packages(asked.stdout) if "skip_reason" not in one]
    if not audited:
        print(NOT_RUN)  # noqa: T201 - for whoever runs make
        return 0
    weak = [(one, each) for one in audited for each in one["vulns"]]
    for one, each in weak:
        mended = ", ".join(each["fix_versions"]) or "—"
        print(f"{one['name']} {one['version']}: {each['id']} → {mended}")  # noqa: T201 - as above
    print(f"{len(audited)} packages audited, {len(weak)} known weaknesses")  # noqa: T201 - as above
    return 1 if weak else 0


def _packages(told: str) -> list[dict[str, Any]]:
    try:
        return list(json.loads(told)["dependencies"])
    except (ValueError, KeyError, TypeError):
        return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or [str(Path(sys.executable).with_name("pip-audit"))]))
