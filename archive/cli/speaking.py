"""The command line in the user's language: which that is, and click's parts that speak it."""

import os
from collections.abc import Callable, Mapping
from typing import Any, Final

import click
from typing_extensions import override

from archive.languages import Words

# In the order in which POSIX lets one outweigh the other.
_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def locale(environment: Mapping[str, str] = os.environ) -> str:
    """Return ``zh`` where the surroundings ask for Chinese, else ``en``."""
    asked = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return "zh" if asked.casefold().startswith("zh") else "en"


def said(words: Words) -> str:
    """Return *words* in the user's language."""
    return words.in_language(locale())


def tell(words: Words) -> None:
    """Say something about the work, on stderr."""
    click.echo(said(words), err=True)


class Option(click.Option):
    """An option whose help is in the user's language."""

    def __init__(self, *declarations: Any, words: Words, **settings: Any) -> None:
        self.words = words
        settings["help"] = words.en
        super().__init__(*declarations, **settings)

    @override
    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = said(self.words)
        return super().get_help_record(ctx)


class _Spoken(click.Command):
    """What has a help text in the user's language."""

    def __init__(self, *arguments: Any, words: Words, **settings: Any) -> None:
        self.words = words
        super().__init__(*arguments, **settings)

    @override
    def get_short_help_str(self, limit: int = 45) -> str:
        return said(self.words)

    @override
    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = said(self.words)
        super().format_help_text(ctx, formatter)


class Command(_Spoken):
    """A command whose help is in the user's language."""


class Group(_Spoken, click.Group):
    """A group of commands whose help is in the user's language."""


def command(name: str, zh: str, en: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function the command *name*, described in both languages."""
    return click.command(name, cls=Command, words=Words(zh, en))


def option(*declarations: str, zh: str, en: str, **settings: Any) -> Callable[..., Any]:
    """Give a command an option, described in both languages."""
    return click.option(*declarations, cls=Option, words=Words(zh, en), **settings)
