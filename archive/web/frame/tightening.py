"""Templates without the blanks they are laid out with: those would be most of a page's bytes."""

import re
from typing import Final

from flask import Flask
from jinja2.ext import Extension
from typing_extensions import override

_INDENT: Final = re.compile(r"\n[ \t]+")
# The line's end behind a block is trimmed: one blank parts an attribute from the one before it.
_AFTER_BLOCK: Final = re.compile(r"(?<=[%#]\})\n[ \t]+(?! )")


class Tight(Extension):
    """Takes a template's indentation away before it is compiled: no page pays for it again.

    Lines keep their numbers, and what is put into a template keeps its blanks.
    """

    @override
    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return *source* with every line at the margin."""
        del name, filename
        parted = _AFTER_BLOCK.sub("\n\x00", source)
        return _INDENT.sub("\n", parted).replace("\x00", " ").replace(" />", "/>")


def install(app: Flask) -> None:
    """Let every template be compiled so."""
    app.jinja_env.add_extension(Tight)
