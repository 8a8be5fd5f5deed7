"""Templates are compiled without their indentation, and say the same without it."""

import pytest
from jinja2 import Environment

from archive.web.frame.tightening import Tight

BOX = '<input id="a"\n       {% if here %}autofocus{% endif %}\n       value="b">\n'


@pytest.mark.parametrize("trims", [True, False], ids=["trimmed", "whole"])
def test_what_stands_behind_a_block_stays_apart_from_what_is_in_it(*, trims: bool) -> None:
    environment = Environment(
        autoescape=True, extensions=[Tight], trim_blocks=trims, lstrip_blocks=trims
    )

    told = environment.from_string(BOX).render(here=True)

    assert told.split() == ["<input", 'id="a"', "autofocus", 'value="b">']


def test_the_layout_goes_and_what_is_put_in_stays() -> None:
    environment = Environment(autoescape=True, extensions=[Tight])

    told = environment.from_string('<p\n   class="a">\n\n    {{ said }}   x\n</p>').render(
        said="a\n   b"
    )

    assert told == '<p class="a">\na\n   b x\n</p>'
