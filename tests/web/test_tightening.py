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
