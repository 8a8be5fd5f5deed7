"""The timeline's page: the drawing, its list, its filters, and what it says when it cannot."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.storage import open_engine
from tests.builders import an_event, keep

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


def page_of(client: FlaskClient, address: str, **options: Any) -> BeautifulSoup:
    return BeautifulSoup(client.get(address, **options).data, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [part.get_text(strip=True) for part in page.select(".event .event-title")]


def part(page: Tag, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def test_the_page_says_what_the_archive_covers(client: FlaskClient) -> None:
    lede = part(page_of(client, "/"), ".timeline-head .lede").get_text(" ", strip=True)

    assert "2019" in lede
    assert re.search(r"\d+ events", lede)
    assert "1 source" in lede


def test_what_lies_in_one_month_is_not_said_to_last_from_it_to_it(
    empty_client: FlaskClient, sqlite_url: str
) -> None:
    engine = open_engine(sqlite_url)
    keep(engine, an_event(when="2023-05-06"))
    engine.dispose()

    lede = part(page_of(empty_client, "/"), ".timeline-head .lede").get_text(" ", strip=True)

    assert lede.startswith("The archive covers May 2023:")


def test_events_known_to_the_year_stand_under_the_year_and_not_under_its_january(
    client: FlaskClient, engine: Engine
) -> None:
    keep(
        engine,
        an_event(id="a-year", when="2001"),
        an_event(id="years", when="2001/2003", org="b"),
        an_event(id="another-year", when="2002", org="c"),
        an_event(id="a-day", when="2002-01-07", org="d"),
    )

    page = page_of(client, "/?from=2001&to=2002-12-31")

    found = [head.get_text(strip=True) for head in page.select(".month-title")]
    assert found[:2] == ["2001", "January 2002"]


def test_the_page_says_what_it_is_for_and_the_three_things_to_do(client: FlaskClient) -> None:
    head = part(page_of(client, "/"), ".timeline-head")

    assert "each with its date and its source" in head.get_text()
    assert [str(way["href"]) for way in head.select(".doors a")] == [
        "#timeline-view",
        "/state",
        "/sources",
    ]


def test_every_event_is_in_the_list_in_order_and_the_retracted_is_not(client: FlaskClient) -> None:
    page = page_of(client, "/")

    links = [str(link["href"]) for link in page.select(".event .event-link")]

    assert links.index("/events/mostaque-ceo") < links.index("/events/zhipu-10bn")
    assert links.index("/events/zhipu-10bn") < links.index("/events/beyond-bought")
    assert "/events/rumour" not in links


def test_the_list_and_the_drawing_tell_the_same_events(client: FlaskClient) -> None:
    page = page_of(client, "/")

    listed = {str(link["href"]) for link in page.select(".event .event-link")}
    drawn = {str(link["href"]) for link in page.select(".mark")}
    folded = sum(int(re.sub(r"\D", "", pile.get_text())) for pile in page.select(".pile"))

    assert drawn <= listed
    assert len(drawn) + folded == len(listed)


def test_marks_are_links_in_the_order_of_time_that_say_title_and_date(client: FlaskClient) -> None:
    marks = page_of(client, "/?lanes=one").select(".mark")

    places = [float(str(mark.parent["x"]).rstrip("%")) for mark in marks if mark.parent]

    assert places == sorted(places)
    assert any("2023" in str(mark["aria-label"]) for mark in marks)


def test_a_window_leaves_out_what_lies_outside(client: FlaskClient) -> None:
    page = page_of(client, "/?from=2023-06&to=2023-07")

    assert [str(link["href"]) for link in page.select(".event .event-link")] == [
        "/events/beyond-bought"
    ]


def test_words_narrow_in_either_language_and_a_chip_undoes_them(client: FlaskClient) -> None:
    page = page_of(client, "/?q=美团&importance=&from=&to=")

    assert len(titles(page)) == 1
    assert part(page, ".chip")["href"] == "/"


def test_a_retracted_event_is_shown_where_it_is_asked_for(client: FlaskClient) -> None:
    page = page_of(client, "/?retracted=1&from=2023-01&to=2023-01")

    assert part(page, ".mark.is-retracted")["href"] == "/events/rumour"
    assert part(page, ".event s") is not None


def test_one_click_chooses_a_second_leaves_out_and_a_third_undoes(client: FlaskClient) -> None:
    address, steps = "/", []

    for _ in range(3):
        facets = page_of(client, address).select(".facets .facet")
        address = next(str(one["href"]) for one in facets if "Deals" in one.get_text())
        steps.append(address)

    assert steps == ["/?group=deals", "/?group=-deals", "/"]


def test_what_is_left_out_is_neither_listed_nor_drawn_and_a_chip_says_so(
    client: FlaskClient,
) -> None:
    everything = page_of(client, "/")
    page = page_of(client, "/?group=-deals")

    assert 0 < len(titles(page)) < len(titles(everything))
    assert "without Deals" in part(page, ".timeline-chips").get_text()
    assert not page.select(".lanes-layer .group-deals")


def test_what_is_disputed_can_be_left_out_and_taken_in_again(client: FlaskClient) -> None:
    page = page_of(client, "/?disputed=-1")

    facets = {one.get_text(strip=True): one for one in page.select(".facets .facet")}
    (left_out,) = [one for text, one in facets.items() if "disputed" in text]
    assert left_out["href"] == "/"


def test_a_bad_date_leaves_the_page_and_offers_the_nearest(client: FlaskClient) -> None:
    answer = client.get("/?from=2023-02-30")
    page = BeautifulSoup(answer.data, "html.parser")

    assert answer.status_code == 400
    assert titles(page)
    assert part(page, ".timeline-problems a")["href"] == "/?from=2023-02"
    assert part(page, "#timeline-from")["aria-invalid"] == "true"
    assert part(page, "#timeline-from")["value"] == "2023-02-30"


def test_where_nothing_matches_the_narrowing_to_drop_is_offered(client: FlaskClient) -> None:
    page = page_of(client, "/?q=美团&group=people")

    assert "No event matches" in page.get_text()
    assert part(page, ".timeline-nothing a")["href"] in {
        "/?group=people",
        "/?q=%E7%BE%8E%E5%9B%A2",
    }


def test_days_outside_the_archive_show_the_nearest_and_say_so(client: FlaskClient) -> None:
    page = page_of(client, "/?from=1990&to=1991")

    assert "lies outside it" in page.get_text()
    assert page.select(".lanes-drawing, .timeline-nothing")


def test_an_empty_archive_says_how_to_fill_it(empty_client: FlaskClient) -> None:
    page = page_of(empty_client, "/")

    assert "The archive is empty" in page.get_text()
    assert "archive seed" in page.get_text()


def test_a_step_asked_for_by_htmx_is_the_view_alone(client: FlaskClient) -> None:
    answer = client.get("/?from=2023&to=&q=", headers=FRAGMENT)

    assert BeautifulSoup(answer.data, "html.parser").select_one("*")["id"] == "timeline-view"  # type: ignore[index] # an element is there
    assert answer.headers["HX-Push-Url"] == "/?from=2023"


def test_a_phone_is_drawn_one_lane_and_its_groups_as_chips(client: FlaskClient) -> None:
    page = page_of(client, "/", headers={**FRAGMENT, "HX-Drawing-Width": "358"})

    assert part(page, ".lanes-drawing")["data-width"] == "358"
    assert len(page.select(".lanes-layer > g[role=group]")) == 1
    assert page.select(".lanes-chips .chip")


def test_lanes_may_be_entities(client: FlaskClient) -> None:
    names = [text.get_text() for text in page_of(client, "/?lanes=entity").select(".lane-name")]

    assert "Stability AI" in names


def test_the_list_reads_on_without_javascript_and_with_it(client: FlaskClient) -> None:
    first = page_of(client, "/")
    assert first.select_one(".rows-later") is None

    cursor = "1.1.1"
    rest = page_of(client, f"/?after={cursor}")
    rows = page_of(client, f"/?after={cursor}", headers=FRAGMENT)

    assert titles(rest) == titles(first)
    assert str(part(rows, "*")["id"]).startswith("timeline-rows-")
    assert part(rest, ".page-head a")["href"] == "/"


def test_a_cursor_that_no_page_gave_is_refused(client: FlaskClient) -> None:
    assert client.get("/?after=nonsense").status_code == 400


def test_a_card_tells_one_event_and_a_visit_goes_to_its_page(client: FlaskClient) -> None:
    card = page_of(client, "/card/beyond-bought", headers=FRAGMENT)
    visit = client.get("/card/beyond-bought")

    assert part(card, "#event-card .card-when").get_text(strip=True) == "29 June 2023"
    assert visit.headers["Location"] == "/events/beyond-bought"


def test_as_known_before_a_correction_the_event_reads_as_it_did(client: FlaskClient) -> None:
    now = page_of(client, "/?q=Baichuan").select(".event-when")
    then = page_of(client, "/?q=Baichuan&known=5").select(".event-when")

    assert "10 April 2023" in now[-1].get_text()
    assert "10 March 2023" in then[-1].get_text()


def test_a_lawsuit_is_answered_with_what_the_archive_holds(client: FlaskClient) -> None:
    answer = client.get("/?kind=lawsuit")

    assert answer.status_code == 400
    assert "it holds no lawsuits" in answer.get_data(as_text=True)


@pytest.mark.parametrize("field", ["entity", "source"])
def test_what_is_left_out_need_not_exist(client: FlaskClient, field: str) -> None:
    answer = client.get(f"/?{field}=-nobody")

    assert answer.status_code == 200
    assert "nobody" in answer.get_data(as_text=True)


def test_lanes_of_entities_say_how_many_events_are_in_none_of_them(client: FlaskClient) -> None:
    page = page_of(client, "/?lanes=entity")
    lanes = page.select(".lanes-drawing [role=group]")
    link = page.select_one(".lanes-range a")
    assert link is not None

    others = page_of(client, str(link["href"]))

    counted = re.match(r"\d+", link.get_text())
    count = others.select_one(".lanes-range .count")
    assert counted is not None
    assert count is not None
    assert len(lanes) == 7
    assert count.get_text().startswith(f"{counted.group()} event")
    assert not any(str(lane["aria-label"]).endswith("…") for lane in lanes)
