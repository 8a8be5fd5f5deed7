"""Commands that are loaded when they are asked for: their needs are most of what a start costs."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module

import click
from typing_extensions import override


class Commands(Mapping[str, click.Command]):
    """The commands by name, in the order given; each is of the module that bears its name."""

    def __init__(self, *names: str) -> None:
        self._names: Sequence[str] = names

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    @override
    def __len__(self) -> int:
        return len(self._names)

    @override
    def __contains__(self, name: object) -> bool:
        return name in self._names

    @override
    def __getitem__(self, name: str) -> click.Command:
        if name not in self._names:
            raise KeyError(name)
        module = name.replace("-", "_")
        found: click.Command = getattr(import_module(f"{__package__}.{module}"), module)
        return found
