"""The README names everything that the archive can do and hold."""

import re
from collections.abc import Iterator

import click
import pytest

from archive.cli.main import main
from archive.vocabulary import KINDS
from tests.architecture.checkout import ROOT

README = ROOT / "README.md"


def commands(group: click.Group, *, above: tuple[str, ...] = ()) -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, above=(*above, name))
        else:
            yield " ".join((*above, name))


@pytest.mark.parametrize("command", sorted(commands(main)))
def test_the_readme_names_each_command(command: str) -> None:
    mention = re.compile(rf"(?:`|\barchive ){re.escape(command)}(?![\w-])")

    assert mention.search(README.read_text(encoding="utf-8")), command


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_readme_names_each_kind_of_event(kind: str) -> None:
    assert f"`{kind}`" in README.read_text(encoding="utf-8")
