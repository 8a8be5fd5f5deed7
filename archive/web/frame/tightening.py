"""Templates without the blanks they are laid out with: those would be most of a page's bytes."""

import re
from collections.abc import Iterator
from typing import Final

from flask import Flask
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from typing_extensions import override

_BREAK: Final = re.compile(r"[ \t]*\n\s*")
_BLANKS: Final = re.compile(r"[ \t]{2,}")
# What is laid out below the name of its element, as most of its kind on the same line.
_ATTRIBUTE: Final = re.compile(r"\n(?=[a-z][\w:-]*=)")


class Tight(Extension):
    """Takes a template's layout away as it is compiled: no page pays for it again.

    A run of blanks becomes a line's end where it holds one, else one blank; what is put into a
    template keeps its own.
    """

    @override
    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template, its text without its layout."""
        for token in stream:
            is_text = token.type == "data"
            yield Token(token.lineno, token.type, _tight(token.value)) if is_text else token


def _tight(text: str) -> str:
    short = _BLANKS.sub(" ", _BREAK.sub("\n", text))
    return _ATTRIBUTE.sub(" ", short).replace(" />", "/>")


def install(app: Flask) -> None:
    """Let every template be compiled so."""
    app.jinja_env.add_extension(Tight)
