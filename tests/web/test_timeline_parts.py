"""The parts of the timeline that a step swaps, its frame for other sites, and its picture."""

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.vocabulary.definition import Group
from archive.web.drawing.plain_style import said_plainly
from archive.web.frame.bundling import joined
from tests.builders import an_entity, an_event_with, keep

HX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def part_of(client: FlaskClient, address: str, target: str, **headers: str) -> Any:
    answer = client.get(address, headers={**HX, "HX-Target": target, **headers})
    return answer, BeautifulSoup(answer.data, "html.parser").select_one("*")


@pytest.mark.parametrize(
    "name",
    ["timeline-view", "timeline-lanes", "timeline-columns", "timeline-state", "timeline-facets"],
)
@pytest.mark.parametrize("target", ["#{name}", "section#{name}", "{name}"])
def test_the_part_that_is_to_be_replaced_is_what_is_answered(
    client: FlaskClient, name: str, target: str
) -> None:
    answer, element = part_of(client, "/?held=2023-06-30", target.format(name=name))

    assert answer.status_code == 200
    assert element["id"] == name
    assert "HX-Target" in answer.headers["Vary"]


def test_one_address_is_never_answered_with_another_part_that_was_kept(
    client: FlaskClient,
) -> None:
    names = ("timeline-view", "timeline-columns", "timeline-state")

    seen = [part_of(client, "/", f"#{name}")[1]["id"] for name in (*names, *names)]

    assert seen == [*names, *names]


def test_the_view_brings_what_follows_it_only_where_it_is_a_part(client: FlaskClient) -> None:
    _answer, view = part_of(client, "/?from=2023", "#timeline-view")
    page = BeautifulSoup(client.get("/?from=2023").data, "html.parser")

    assert [one["hx-target"] for one in view.select("[hx-trigger^=load]")] == ["#timeline-columns"]
    assert page.select("[hx-trigger^=load]") == []


def test_the_slider_asks_by_the_number_of_a_day_and_the_address_says_its_date(
    client: FlaskClient,
) -> None:
    answer, state = part_of(client, "/?from=2023&near=2460126", "#timeline-state")

    assert state["data-held"] == "2460126"
    assert answer.headers["HX-Replace-Url"] == "/?from=2023&held=2023-06-30"


def test_the_slider_comes_along_with_the_day_held_as_the_page_would_draw_it(
    client: FlaskClient,
) -> None:
    _answer, state = part_of(client, "/?from=2023&near=2460126", "#timeline-state")
    page = BeautifulSoup(client.get("/?from=2023&held=2023-06-30").data, "html.parser")

    brought = state.select_one("#timeline-margin[hx-swap-oob]")

    assert brought is not None
    parts = "#held-slider, .margin-ticks path"
    drawn = [one.attrs for one in page.select(parts)]
    assert [one.attrs for one in brought.select(parts)] == drawn
    assert len(drawn) == 2
    assert "M" in str(brought.select_one(".margin-ticks path"))


def test_only_what_the_view_is_narrowed_to_is_ticked_and_stepped_to(client: FlaskClient) -> None:
    def told(narrowed: str) -> tuple[int, str | None]:
        page = BeautifulSoup(client.get(f"/?held=2023-01-01{narrowed}").data, "html.parser")
        ticks, later = page.select_one(".margin-ticks path"), page.select_one("#held-later")
        return str(ticks).count("M"), str(later["data-day"]) if later else None

    assert told("")[0] > told("&group=deals")[0] > 0
    assert told("&group=deals") == (1, "2460125")  # 29 June 2023, the one deal
    assert told("&q=xyzzy") == (0, None)


def test_nothing_is_told_until_something_is_new(client: FlaskClient) -> None:
    now = BeautifulSoup(client.get("/").data, "html.parser").select_one("#timeline-news")
    assert now is not None

    known = json.loads(str(now["hx-headers"]))
    unchanged, _none = part_of(client, str(now["hx-get"]), "#timeline-news", **known)
    earlier = {"If-None-Match": 'W/"1"'}
    later, pill = part_of(client, "/?since=1", "#timeline-news", **earlier)
    seen, _none = part_of(
        client, pill["hx-get"], "#timeline-news", **json.loads(pill["hx-headers"])
    )

    assert (unchanged.status_code, later.status_code, seen.status_code) == (304, 200, 304)
    assert unchanged.headers["ETag"] == later.headers["ETag"] == known["If-None-Match"]
    assert "new event" in pill.get_text()


def test_what_is_new_but_not_asked_about_is_known_and_not_told(client: FlaskClient) -> None:
    earlier = {"If-None-Match": 'W/"1"'}

    answer, news = part_of(client, "/?since=1&q=xyzzy", "#timeline-news", **earlier)

    assert answer.status_code == 200
    assert news.get_text(strip=True) == ""
    assert json.loads(news["hx-headers"])["If-None-Match"] == answer.headers["ETag"]


def test_an_archive_without_a_dated_event_has_no_parts(empty_client: FlaskClient) -> None:
    for name in ("timeline-view", "timeline-lanes", "timeline-columns", "timeline-news"):
        answer = empty_client.get("/", headers={**HX, "HX-Target": f"#{name}"})

        assert answer.status_code == 204


def test_a_frame_may_stand_on_any_site_and_shows_nothing_of_a_readers_own(
    client: FlaskClient,
) -> None:
    answer = client.get("/embed?from=2023")
    page = BeautifulSoup(answer.data, "html.parser")

    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert page.select("#lanes-drawing .mark")
    assert not page.select(".masthead, form, #timeline-news, [href^='/admin'], [href^='/login']")


def test_no_other_page_may_stand_in_a_frame(client: FlaskClient) -> None:
    answer = client.get("/")

    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_picture_is_whole_by_itself_and_says_where_it_is_from(client: FlaskClient) -> None:
    answer = client.get("/timeline.svg?from=2023&group=-deals")
    picture = ET.fromstring(answer.data)  # noqa: S314 - our own
    words = " ".join(picture.itertext())

    assert answer.mimetype == "image/svg+xml"
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "/?from=2023&group=-deals" in words
    assert "--group-deals" in words
    assert b"hx-" not in answer.data


@pytest.mark.parametrize("name", ["site", "timeline", "picture"])
def test_the_colour_of_a_group_is_said_once_after_a_mark_inherits_its_own(name: str) -> None:
    sheet = joined(name)

    for group in Group:
        assert sheet.count(f".group-{group} {{") == 1
        assert sheet.index(f".group-{group} {{") > sheet.find("color: inherit;\n  outline: none;")


def test_the_links_of_a_picture_lead_to_the_site_from_anywhere(client: FlaskClient) -> None:
    picture = BeautifulSoup(client.get("/timeline.svg?from=2023").data, "html.parser")

    links = [str(link["href"]) for link in picture.select("a")]

    assert "http://localhost/events/beyond-bought" in links
    assert all(link.startswith("http://localhost/") for link in links)


def test_a_card_offers_its_day_to_a_comparison_and_then_another(client: FlaskClient) -> None:
    def offered(address: str) -> str:
        card = BeautifulSoup(client.get(address, headers=HX).data, "html.parser")
        link = card.select_one("[data-keys=d]")
        assert link is not None
        return str(link["href"])

    first = offered("/card/beyond-bought?from=2023")
    second = offered(f"/card/mostaque-ceo?{first.partition('?')[2]}")

    assert first == "/?from=2023&held=2023-06-29"
    assert second.startswith("/?from=2023&held=2023-06-29&vs=")


def test_a_jump_to_a_day_begins_the_list_there_and_takes_the_window_along(
    client: FlaskClient,
) -> None:
    page = BeautifulSoup(client.get("/?from=2019&to=2019&at=2023-06-01").data, "html.parser")

    drawing = page.select_one("#lanes-drawing")
    assert drawing is not None
    assert int(str(drawing["data-first"])) <= 2460097 <= int(str(drawing["data-last"]))
    assert page.select(".event")[0]["id"] == "event-beyond-bought"


def test_two_days_are_told_by_what_differs(client: FlaskClient) -> None:
    _answer, state = part_of(
        client, "/?held=2023-07-01&vs=2023-01-01&entity=stability", "#timeline-state"
    )

    assert "Only what differs" in state.get_text()


def test_a_picture_says_each_colour_plainly_before_it_names_it() -> None:
    named = said_plainly(joined("picture"))

    assert "fill: #ffffff; fill: var(--paper-raised);" in named
    assert "color: #2266ff; color: var(--group-organizations);" in named
    assert "fill-opacity: 0.21; fill-opacity: var(--band);" in named
    assert "font-size: 12px; font-size: var(--text-xs);" in named
    # Without whatever names a property, nothing is left to be looked up.
    plain = re.sub(r"[\w-]+:[^;{}]*(?:var|light-dark|clamp)\([^;{}]*;", "", named)
    assert not re.search(r"var\(|light-dark\(", plain)
    assert plain.count("fill:") > named.count("fill: var(")


def test_what_held_names_nobody_twice(client: FlaskClient, engine: Engine) -> None:
    parties = {"org": an_entity("acme"), "founders": an_entity("ann", "person", en="Ann")}
    keep(engine, an_event_with("org_founded", parties, when="2023-05-01"))

    _answer, state = part_of(client, "/?held=2024-01-01&entity=acme&lang=en", "#timeline-state")

    rows = [row.get_text(" ", strip=True) for row in state.select(".held-rows dt")]
    told = [row.get_text(" ", strip=True) for row in state.select(".held-rows dd")]
    assert ("founder", "Ann") in zip(rows, told, strict=True)


def test_a_picture_says_in_itself_how_large_its_ticks_are(client: FlaskClient) -> None:
    picture = BeautifulSoup(client.get("/timeline.svg?from=2023").data, "html.parser")

    ticks = picture.select(".ticks rect")
    assert ticks
    assert all(tick["width"] == "1" and tick["height"] == "100%" for tick in ticks)


def test_a_picture_says_in_itself_how_high_its_bands_are_and_where_its_words_stand(
    client: FlaskClient,
) -> None:
    picture = BeautifulSoup(client.get("/timeline.svg").data, "html.parser")
    page = BeautifulSoup(client.get("/").data, "html.parser")

    bands, names = picture.select(".mark rect"), picture.select(".mark + text")
    assert bands
    assert names
    assert {(one["height"], one["rx"], one["transform"]) for one in bands} == {
        ("20", "10", "translate(0 -10)")
    }
    assert {one["transform"] for one in names} <= {"translate(14.5 4.5)", "translate(-14.5 4.5)"}
    assert page.select(".mark rect")
    assert page.select(".lanes-layer [transform], .mark rect[height]") == []


@pytest.mark.parametrize("path", ["/embed?from=2023", "/timeline.svg?from=2023"])
def test_an_answer_as_before_leaves_the_policy_as_it_was(client: FlaskClient, path: str) -> None:
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert "frame-ancestors *" in first.headers["Content-Security-Policy"]
    assert not {"Content-Security-Policy", "X-Frame-Options"} & set(again.headers.keys())


@pytest.mark.parametrize("path", ["/", "/embed", "/timeline.svg"])
def test_a_merged_entity_leads_to_the_view_of_where_it_lives_on(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(f"{path}?entity=zhipu&from=2022&entity=-openai")

    followed = client.get(answer.location)

    assert answer.status_code == 303
    assert "from=2022&entity=zhipu-ai&entity=-openai" in answer.location
    assert followed.status_code == 200


@pytest.mark.parametrize("path", ["/", "/embed", "/timeline.svg"])
def test_a_day_that_cannot_be_read_is_refused_wherever_it_stands(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(f"{path}?from=abc")
    page = BeautifulSoup(answer.data, "html.parser")

    assert answer.status_code == 400
    assert answer.mimetype == "text/html"
    assert "“abc”" in page.get_text()


@pytest.mark.parametrize(
    ("at", "told", "nearest"),
    [
        pytest.param("2030", "Nothing is listed here on 1 January 2030 or later.", -1, id="late"),
        pytest.param("1990", "What is listed here begins after 1 January 1990.", 0, id="early"),
    ],
)
@pytest.mark.parametrize("narrowed", ["", "&group=deals", "&from=2023&to=2023"])
def test_a_jump_beyond_what_is_covered_is_told_with_the_event_at_that_end(
    client: FlaskClient, at: str, told: str, nearest: int, narrowed: str
) -> None:
    page = BeautifulSoup(client.get(f"/?at={at}{narrowed}").data, "html.parser")

    notice = page.select_one("#jump-missed")

    assert notice is not None
    assert told in notice.get_text()
    assert "The archive covers" in notice.get_text()
    listed = [str(link["href"]) for link in page.select(".event .event-link")]
    dated = [link for link in listed if link != "/events/undated"]
    assert str(notice.select("a")[0]["href"]) == dated[nearest]


def test_a_jump_to_a_day_with_something_after_it_is_told_nothing(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/?at=2023-06-01").data, "html.parser")

    assert page.select_one("#jump-missed") is None
    assert page.select_one("#list.month") is not None


@pytest.mark.parametrize("target", ["", "#timeline-view"])
def test_the_days_that_forms_carry_on_are_never_taken_for_markup(
    client: FlaskClient, target: str
) -> None:
    day = '2023-06-30"><script>alert(1)</script>'
    headers = {**HX, "HX-Target": target} if target else {}

    answer = client.get("/", query_string={"held": day, "vs": day}, headers=headers)
    page = BeautifulSoup(answer.data, "html.parser")

    assert "alert(1)" in answer.get_data(as_text=True)
    assert page.find("script", string="alert(1)") is None
