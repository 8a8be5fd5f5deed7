"""What is drawn of a lane is what it says to hold, and a pile opens as many events as it says."""

import re

import pytest
from bs4 import Tag
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.builders import an_event, keep
from tests.web.test_timeline import page_of, part
from tests.web.test_timeline_windows import number

KINDS = ("org_founded", "model_released", "funding_round")
DATES = (
    "2021", "2022", "2023", "2022-34", "2022-41", "2023-02", "2023-03", "2023-03-{day:02}",
    "2023-06-{day:02}", "[2021-11..2023-02]", "[2022-12-{day:02}..2023-01-31]",
    "[2023-01-20..2023-03-{day:02}]", "2023-03/..", "../2023-04", "[2023-03-02..2024-05]",
)  # fmt: skip
WINDOWS = (
    "from=2023-01-26&to=2023-11-28", "from=2023-03-10&to=2023-03-20", "from=2023&to=2023",
    "from=2022-07-04&to=2023-02-17", "from=2023-02-15&to=2023-03-15", "from=2021&to=2024", "",
    "from=2024-02&to=2024-03&at=2023-02-05",
)  # fmt: skip
# A glyph at the very end of the view may seem to lie a tenth of a percent outside.
NEARLY = 0.15


@pytest.fixture(params=[30, 300], ids=["few", "a crowd"])
def crowded(request: pytest.FixtureRequest, engine: Engine) -> None:
    """An archive of dates as exact and as vague as any, which a view draws or has to fold."""
    raws = [
        an_event(KINDS[n % 3], id=f"e{n}", when=DATES[n % 15].format(day=n % 28 + 1))
        for n in range(request.param)
    ]
    keep(engine, *raws)


def in_view(page: Tag) -> list[tuple[Tag, list[Tag]]]:
    """Return each lane with those of its marks and piles that are seen before a hand moves it."""
    layer = part(page, ".lanes-layer")
    start, wide = (float(str(layer[name]).rstrip("%")) for name in ("x", "width"))

    def is_seen(thing: Tag) -> bool:
        at = float(str(thing.parent["x"]).rstrip("%")) if thing.parent else 0
        return -NEARLY < start + at * wide / 100 < 100 + NEARLY

    lanes = page.select(".lanes-layer [role=group]")
    return [(one, [it for it in one.select(".mark, .pile") if is_seen(it)]) for one in lanes]


def count_of(thing: Tag) -> int:
    return number(thing.get_text()) if "pile" in thing["class"] else 1


@pytest.mark.usefixtures("crowded")
@pytest.mark.parametrize("lanes", ["group", "one", "entity"])
def test_the_numbers_drawn_in_a_lane_are_the_number_it_tells(
    client: FlaskClient, lanes: str
) -> None:
    for words in WINDOWS:
        page = page_of(client, f"/?lanes={lanes}&{words}")

        told = [number(text.get_text()) for text in page.select(".lane-count")]
        drawn = [sum(map(count_of, things)) for _lane, things in in_view(page)]

        assert sum(told) > 0
        assert drawn == told, words


@pytest.mark.usefixtures("crowded")
def test_a_pile_of_the_vague_opens_as_many_events_as_it_says(client: FlaskClient) -> None:
    opened = 0
    for words in (*WINDOWS, "from=2023&to=2023&lanes=one", "from=2022-07&lanes=entity"):
        for _lane, things in in_view(page_of(client, f"/?{words}")):
            for pile in (one for one in things if "↔" in one.get_text()):
                listed = page_of(client, str(pile["href"]))
                said = re.search(r": (\d+) event", str(pile["aria-label"]))

                assert number(part(listed, ".lanes-range .count").get_text()) == count_of(pile)
                assert said is not None
                assert int(said[1]) == count_of(pile)
                opened += 1
    assert opened > len(WINDOWS)


@pytest.mark.usefixtures("crowded")
def test_a_pile_to_be_looked_at_more_closely_opens_no_fewer_events(client: FlaskClient) -> None:
    for words in WINDOWS:
        for lane, things in in_view(page_of(client, f"/?{words}")):
            for pile in [one for one in things if "pile" in one["class"]][:2]:
                closer = page_of(client, str(pile["href"]))
                held = {
                    str(one["aria-label"]): sum(map(count_of, seen))
                    for one, seen in in_view(closer)
                }

                assert held.get(str(lane["aria-label"]), 0) >= count_of(pile), (words, pile)
