"""The colours: told apart by every eye, and readable on their ground in both themes."""

import math
import re
from itertools import combinations

import pytest

from archive.resources import folder

Colour = tuple[float, float, float]
Matrix = tuple[Colour, Colour, Colour]

# Machado, Oliveira and Fernandes 2009, at full severity, on linear RGB.
SIGHTS: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
THEMES = ("light", "dark")
GROUNDS = ("paper", "paper-raised", "paper-sunk")
TEXTS = ("ink", "ink-soft", "ink-faint", "accent", "good", "warn", "bad", "today")


def themes() -> dict[str, dict[str, str]]:
    sheet = (folder("static") / "css/tokens.css").read_text(encoding="utf-8")
    pair = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
    told = pair.findall(sheet)
    assert told
    return {
        "light": {name: light for name, light, _dark in told},
        "dark": {name: dark for name, _light, dark in told},
    }


COLOURS = themes()


def linear(code: str) -> Colour:
    parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def seen(colour: Colour, sight: Matrix) -> Colour:
    red, green, blue = (
        min(max(sum(a * b for a, b in zip(row, colour, strict=True)), 0.0), 1.0) for row in sight
    )
    return red, green, blue


def oklab(colour: Colour) -> Colour:
    red, green, blue = colour
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def apart(one: str, other: str, sight: Matrix) -> float:
    first, second = (oklab(seen(linear(code), sight)) for code in (one, other))
    return math.dist(first, second)


def contrast(one: str, other: str) -> float:
    light = [
        0.2126 * red + 0.7152 * green + 0.0722 * blue
        for red, green, blue in (linear(one), linear(other))
    ]
    return (max(light) + 0.05) / (min(light) + 0.05)


def groups(theme: str) -> dict[str, str]:
    return {name: code for name, code in COLOURS[theme].items() if name.startswith("group-")}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_groups_are_told_apart(theme: str, sight: str) -> None:
    pairs = combinations(groups(theme).items(), 2)

    close = {
        (one, other): round(apart(first, second, SIGHTS[sight]), 3)
        for (one, first), (other, second) in pairs
        if apart(first, second, SIGHTS[sight]) < 0.10
    }

    assert close == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "paper-raised"])
def test_every_group_is_seen_on_its_ground(theme: str, ground: str) -> None:
    below = COLOURS[theme][ground]

    faint = {name: contrast(code, below) for name, code in groups(theme).items()}

    assert {name: ratio for name, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_is_readable_on_every_ground(theme: str, ground: str, text: str) -> None:
    assert contrast(COLOURS[theme][text], COLOURS[theme][ground]) >= 4.5
