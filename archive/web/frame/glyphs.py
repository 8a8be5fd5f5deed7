"""The shape of each group of kinds, so that colour never stands alone; centred on 0, 0."""

from typing import Final

from flask import Flask

GLYPHS: Final = {
    "organizations": "M-5-5H5V5H-5z",
    "deals": "M0-6.6 6.6 0 0 6.600-6.600 0z",
    "money": "M0-6.200 5.900-1.900 3.600 5H-3.600L-5.900-1.900z",
    "people": "M0-6 6.200 4.800H-6.200z",
    "models": "M0-5.600A5.600 5.600 0 1 1 0 5.600 5.600 5.600 0 1 1 0-5.600z",
    "products": "M-3.200-5.500H3.200L6.300 0 3.200 5.500H-3.200L-6.300 0z",
    "figures": "M-6 .5h3.2V5.5H-6zM-1.6-2.5H1.6V5.5H-1.6zM2.8-5.5H6V5.5H2.8z",
    "archive": "M-1.700-6H1.700V-1.700H6V1.700H1.700V6H-1.700V1.700H-6V-1.700H-1.700z",
}


def install(app: Flask) -> None:
    """Give templates ``glyph(group)``."""
    app.add_template_global(glyph, "glyph")


def glyph(group: str) -> str:
    """Return the path of the group's shape; a circle for none."""
    return GLYPHS.get(group, GLYPHS["models"])
