"""The style of a picture for programs that know no custom properties, such as those that print."""

import re
from functools import lru_cache
from typing import Final

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_PROPERTY: Final = re.compile(r"(?P<name>--[\w-]+):(?P<value>[^;{}]*);")
_DECLARATION: Final = re.compile(
    r"(?<![\w-])(?P<name>[a-z][a-z-]*):(?P<value>[^;{}]*var\([^;{}]*);"
)
_NAMED: Final = re.compile(r"var\((--[\w-]+)\)")
# In the light: what is opened elsewhere is mostly put on paper.
_BY_LIGHT: Final = re.compile(r"light-dark\(([^(),]*),[^(),]*\)")
_REM: Final = re.compile(r"([\d.]+)rem")
_PIXELS_OF_A_REM: Final = 16


@lru_cache(maxsize=2)
def said_plainly(style: str) -> str:
    """Return *style* with a plain value before each one that names a custom property.

    A program that knows such names takes the later value; another one skips it, and has the plain.
    """
    bare = _COMMENT.sub("", style)
    properties: dict[str, str] = {}
    for found in _PROPERTY.finditer(bare):
        properties.setdefault(found["name"], found["value"].strip())

    def both(found: re.Match[str]) -> str:
        return f"{found['name']}: {_plain(found['value'], properties)}; {found[0]}"

    return _DECLARATION.sub(both, bare)


def _plain(value: str, properties: dict[str, str]) -> str:
    said = _NAMED.sub(lambda found: properties.get(found[1], found[0]), value.strip())
    in_light = _BY_LIGHT.sub(lambda found: found[1].strip(), said)
    return _REM.sub(lambda found: f"{float(found[1]) * _PIXELS_OF_A_REM:g}px", in_light)
