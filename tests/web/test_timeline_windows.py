"""The timeline shows the days that it is asked for, and says what lies in them and no more."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.web.drawing.lanes import Lane
from archive.web.drawing.marking import DrawnPile
from archive.web.timelines.moving import pile_address
from archive.web.timelines.windows import View
from tests.builders import an_entity, an_event, keep
from tests.web.marks import day
from tests.web.test_timeline import page_of, part, titles

LANE = Lane("models", "Models", "Models", "models", 0, 50, 9, ())
WHOLE = View(day("2016-01-01"), day("2024-04-30"), day("2016-01-01"), day("2024-04-30"))


def a_pile(first: str, last: str, **changes: object) -> DrawnPile:
    values = {"x": "1%", "y": 1, "count": 9, "spoken": "", "is_wider": False} | changes
    return DrawnPile(first_day=day(first), last_day=day(last), **values)  # type: ignore[arg-type]  # the keywords are the fields' own


@pytest.fixture
def at_home(client: FlaskClient) -> Iterator[None]:
    """Make the start page the present address."""
    with client.application.test_request_context("/"):
        yield


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


@pytest.mark.parametrize(
    "words", ["from=2023-06&to=2023-07", "to=2020", "from=2023-03", "lanes=one&from=2023", ""]
)
def test_the_counts_of_the_lanes_are_those_of_the_window(client: FlaskClient, words: str) -> None:
    page = page_of(client, f"/?{words}")

    counts = [number(text.get_text()) for text in page.select(".lane-count")]
    shelf = page.select_one(".shelf summary")
    undated = number(shelf.get_text()) if shelf else 0

    assert sum(counts) + undated == number(part(page, ".lanes-range .count").get_text())


def test_a_day_that_is_asked_for_is_shown_alone(client: FlaskClient) -> None:
    page = page_of(client, "/?from=2023-06-29&to=2023-06-29")

    drawing, told = part(page, "#lanes-drawing"), part(page, ".lanes-range strong").get_text()
    assert drawing["data-first"] == drawing["data-last"] == str(day("2023-06-29"))
    assert told == "29 June 2023"
    assert titles(page) == ["Meituan buys 100% of Light Years Beyond"]


def test_the_list_of_a_day_opens_with_that_day_and_leads_back_to_what_reaches_in(
    client: FlaskClient, engine: Engine
) -> None:
    keep(engine, an_event(id="that-year", org=an_entity("elsewhere"), when="2023"))

    page = page_of(client, "/?from=2023-06-29&to=2023-06-29")
    earlier = page_of(client, str(part(page, "a[rel=prev]")["href"]))

    assert titles(page) == ["Meituan buys 100% of Light Years Beyond"]
    assert earlier.select_one(".event .event-link[href='/events/that-year']")


def test_an_exact_day_stands_in_a_window_no_longer_than_it(client: FlaskClient) -> None:
    page = page_of(client, "/?from=2023-06-29&to=2023-06-29")

    assert [str(one["href"]) for one in page.select("#lanes-drawing a.mark")] == [
        "/events/beyond-bought"
    ]


@pytest.mark.parametrize(
    ("words", "nearest"),
    [("from=2035&to=2036", "month-last"), ("from=1990&to=1995", "month-first")],
)
def test_days_outside_what_is_covered_are_told_with_the_nearest_event(
    client: FlaskClient, words: str, nearest: str
) -> None:
    listed = [str(link["href"]) for link in page_of(client, "/").select(".event .event-link")]

    page = page_of(client, f"/?{words}")

    link = str(part(page, ".notice-warn a")["href"])
    drawing = part(page, "#lanes-drawing")
    assert link in {"month-last": listed[-3:], "month-first": listed[:3]}[nearest]
    assert int(str(drawing["data-last"])) - int(str(drawing["data-first"])) < 31


def test_the_whole_list_is_there_to_be_printed_and_the_part_says_that_it_is_one(
    client: FlaskClient,
) -> None:
    whole = page_of(client, "/?rows=all")

    assert titles(whole) == titles(page_of(client, "/"))
    assert "as known at position" in part(whole, ".page-head .print-only").get_text()
    assert part(whole, ".page-head a")["href"] == "/"


def test_the_legend_tells_the_sign_for_about_a_day(client: FlaskClient) -> None:
    assert "about that day" in part(page_of(client, "/"), "#timeline-key").get_text()


@pytest.mark.usefixtures("at_home")
def test_a_pile_opens_into_its_days_and_then_into_the_list_of_them() -> None:
    pile = a_pile("2023-07-01", "2023-09-30")

    closer = pile_address(WHOLE, pile, LANE)
    view = View(day("2023-06-20"), day("2023-10-11"), WHOLE.least_day, WHOLE.most_day)
    listed = pile_address(view, pile, LANE)

    assert closer == "/?from=2023-06-20&to=2023-10-11"
    assert listed == "/?group=models&at=2023-07-01#list"


@pytest.mark.usefixtures("at_home")
def test_a_pile_of_coarse_dates_opens_into_the_list_of_them() -> None:
    pile = a_pile("2016-01-01", "2024-04-30", is_wider=True, precisions=("year", "half"))

    listed = pile_address(WHOLE, pile, LANE)

    assert listed == "/?group=models&precision=year&precision=half#list"


@pytest.mark.usefixtures("at_home")
def test_a_lane_of_an_entity_is_listed_by_its_entity() -> None:
    view = View(day("2023-07-01"), day("2023-07-14"), WHOLE.least_day, WHOLE.most_day)
    lane = Lane("zhipu", "Zhipu AI", "Zhipu AI", "", 0, 50, 9, ())

    listed = pile_address(view, a_pile("2023-07-05", "2023-07-05"), lane)

    assert listed == "/?entity=zhipu&at=2023-07-05#list"


@pytest.mark.parametrize("edtf", ["XXXX", "../.."])
def test_an_event_in_any_year_lies_on_the_shelf_and_covers_nothing(
    client: FlaskClient, engine: Engine, edtf: str
) -> None:
    before = page_of(client, "/")
    keep(engine, an_event(id="some-time", org=an_entity("elsewhere"), when=edtf))

    page = page_of(client, "/")

    for place in ("data-least", "data-most"):
        assert part(page, "#lanes-drawing")[place] == part(before, "#lanes-drawing")[place]
    assert part(page, ".shelf a")["href"] == "/events/some-time"
    listed = part(page, ".event:has([href='/events/some-time']) .event-when").get_text()
    assert listed == "date unknown"


def test_a_short_list_is_not_called_a_part(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/").data, "html.parser")

    assert "Only a part" not in page.get_text()
