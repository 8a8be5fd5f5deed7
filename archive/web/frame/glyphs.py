"""The shape of each group of kinds, so that colour never stands alone; centred on 0, 0."""

from typing import Final

from flask import Flask

GLYPHS: Final = {
    "organizations": "M-5-5H5V5H-5z",
    "deals": "M-6.6 0 0-6.6 6.6 0 0 6.6z",
    "money": "M0-6.2 5.9-1.9 3.6 5H-3.6L-5.9-1.9z",
    "people": "M0-6 6.2 4.8H-6.2z",
    "models": "M-5.6 0a5.6 5.6 0 1 1 0 .1z",
    "products": "M-3.2-5.5H3.2L6.3 0 3.2 5.5H-3.2L-6.3 0z",
    "figures": "M-6 .5h3.2v5H-6zm4.4-3h3.2v8h-3.2zm4.4-3H6v11H2.8z",
    "archive": "M-1.7-6H1.7v4.3H6v3.4H1.7V6h-3.4V1.7H-6v-3.4h4.3z",
}


def install(app: Flask) -> None:
    """Give templates ``glyph(group)``."""
    app.add_template_global(glyph, "glyph")


def glyph(group: str) -> str:
    """Return the path of the group's shape; a circle for none."""
    return GLYPHS.get(group, GLYPHS["models"])
