"""The page of a state: what it says of a day, and how it leads on."""

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.event import listen

from archive.dates import day_number
from archive.vocabulary import TABS
from tests.builders import an_entity, an_event, keep
from tests.web.pages import page_of, words_of

HTMX = {"HX-Request": "true"}


def test_the_head_says_both_times_and_the_position(client: FlaskClient) -> None:
    said = words_of(client, "/state/2023-07-31")

    assert "State of the large-model industry on 31 July 2023, as known on today" in said
    assert "(position 15)" in said


def test_a_day_after_today_bears_a_banner(client: FlaskClient) -> None:
    said = words_of(client, "/state/2999-01-01")

    assert "has not come yet" in said


@pytest.mark.parametrize("tab", [*TABS, "all"])
def test_every_tab_is_a_link_and_marks_itself(tab: str, client: FlaskClient) -> None:
    response = client.get(f"/state/2023-07-31?tab={tab}")
    page = BeautifulSoup(response.data, "html.parser")

    current = page.select(".tabs a[aria-current]")

    assert response.status_code == 200
    assert [f"tab={tab}" in str(link["href"]) for link in current] == [True]


def test_a_possible_row_says_why_and_can_be_hidden(client: FlaskClient) -> None:
    shown = client.get("/state/2024-03-25?tab=people")
    hidden = client.get("/state/2024-03-25?tab=people&possible=hide")

    rows = BeautifulSoup(shown.data, "html.parser").select("tr.standing-possible")
    assert len(rows) >= 1
    assert "may have ended between 21 March 2024 and 31 March 2024" in rows[0].get_text(" ")
    assert BeautifulSoup(hidden.data, "html.parser").select("tr.standing-possible") == []


def test_a_number_says_how_old_it_is(client: FlaskClient) -> None:
    assert "11 months old" in words_of(client, "/state/2023-07-31?tab=valuations")
    assert "30 days old" in words_of(client, "/state/2022-10-01?tab=valuations")
    assert "2.0 years old" in words_of(client, "/state/2024-09-01?tab=valuations")


def test_filters_that_leave_nothing_are_named_and_can_be_taken_away(client: FlaskClient) -> None:
    address = "/state/2023-07-15?where=status=active&where=status=dissolved"
    page = page_of(client, address)

    assert "Nothing under these filters" in page.get_text()
    assert page.find("a", href="/state/2023-07-15?where=status%3Dactive") is not None
    assert page.find("a", href="/state/2023-07-15?where=status%3Ddissolved") is not None


def test_a_pair_of_attribute_and_value_narrows_the_state(client: FlaskClient) -> None:
    page = client.get("/state/2023-07-31.json?where=status=active")

    names = {row["entity"]["id"] for row in json.loads(page.data)["rows"]}

    assert "baichuan" in names
    assert "llama-2" not in names


def test_a_swap_gets_the_body_alone(client: FlaskClient) -> None:
    response = client.get("/state/2023-07-31?tab=people", headers=HTMX)

    assert response.data.lstrip().startswith(b'<div id="state-body"')


def test_what_was_known_then_is_shown_as_it_was_then(client: FlaskClient) -> None:
    then = words_of(client, "/state/2023-03-20?entity=baichuan&known=5")
    now = words_of(client, "/state/2023-03-20?entity=baichuan")

    assert "active" in then
    assert "Nothing is told yet of Baichuan" in now


def test_the_state_in_chinese_is_chinese(client: FlaskClient) -> None:
    said = words_of(client, "/state/2023-07-31?lang=zh")

    assert "2023年7月31日大模型行业的状态，所知截至今天" in said
    assert "百川智能" in said


def test_a_hostile_name_does_no_harm(client: FlaskClient) -> None:
    response = client.get("/state/2023-07-31?tab=all")

    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in response.data


def test_hostile_words_in_an_address_do_no_harm(client: FlaskClient) -> None:
    for address in ("/state?on=<b>x</b>", "/state/2023-07-31?entity=<b>x</b>&tab=all"):
        assert client.get(address).status_code in {200, 400}


@pytest.mark.parametrize(
    "address",
    ["/state/2024-06-01?tab=all", "/compare/2022-10-01/2024-06-01", "/entities/", "/changes"],
)
def test_more_rows_ask_no_more_questions_of_the_database(
    address: str, app: Flask, client: FlaskClient, engine: Engine
) -> None:
    asked: list[str] = []
    listen(
        app.extensions["archive_engine"],
        "before_cursor_execute",
        lambda *told: asked.append(told[2]),
    )
    client.get(address)
    few = len(asked)
    keep(
        engine,
        *(
            an_event(id=f"more-{n}", when="2023-05-05", org=an_entity(f"more-{n}"))
            for n in range(15)
        ),
    )

    client.get(address)

    assert few > 0
    assert len(asked) - few <= few


@pytest.mark.parametrize(
    ("near", "day"),
    [("2023-06-02", "2023-06-29"), ("2023-05-31", "2023-05-01"), ("2023-06-01", "2023-06-01")],
    ids=["later", "earlier", "here"],
)
def test_the_slider_leads_to_a_change_with_and_without_htmx(
    client: FlaskClient, near: str, day: str
) -> None:
    moved = day_number(date.fromisoformat(near))
    address = f"/state?on=2023-06-01&near={moved}&tab=people&known=15"

    plain, swapped = client.get(address), client.get(address, headers=HTMX)

    assert plain.status_code == 303
    assert plain.location == f"/state/{day}?known=15&tab=people"
    assert swapped.headers["HX-Push-Url"] == plain.location
    assert f'value="{day}"' in swapped.get_data(as_text=True)


def test_the_slider_says_its_day_and_keeps_what_narrows_the_state(client: FlaskClient) -> None:
    address = "/state/2023-07-31?known=15&tab=all&type=organization&possible=hide"
    page = page_of(client, address)
    form = page.select_one("#state-slider")
    assert form is not None

    kept = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}

    assert kept == {
        "tab": "all",
        "known": "15",
        "possible": "hide",
        "type": "organization",
        "on": "2023-07-31",
    }
    assert form.select_one("input[type=range]")["aria-valuetext"] == "31 July 2023"  # type: ignore[index] # it is there
    assert form.select_one("noscript button") is not None


def test_the_models_come_with_the_definition_of_free_and_the_address_pins_it(
    client: FlaskClient,
) -> None:
    page = page_of(client, "/state/2023-07-31?tab=models")
    chosen = page.select_one(".state-panel input[name=definition][checked]")
    offer = page.select_one("#cite")

    assert chosen is not None
    assert offer is not None
    assert f"definition={chosen['value']}" in str(offer["href"])


def test_founders_stand_in_a_table_of_their_own(client: FlaskClient, engine: Engine) -> None:
    keep(
        engine,
        an_event(id="f", org=an_entity("begun"), founders=an_entity("ada", "person"), when="2022"),
        an_event(
            "role_started",
            id="r",
            person=an_entity("ada", "person"),
            org=an_entity("begun"),
            role="ceo",
            when="2022",
        ),
    )

    page = page_of(client, "/state/2023-07-31?tab=people")
    first, founders = page.select(".state-table")

    assert "founder" not in first.get_text()
    assert [head.get_text() for head in page.select(".state-part")] == ["Founders"]
    assert "founder" in founders.get_text()


def test_numbers_that_were_reported_long_ago_are_counted_as_stale(client: FlaskClient) -> None:
    fresh = words_of(client, "/state/2022-10-01?tab=valuations")
    stale = words_of(client, "/state/2024-09-01?tab=valuations")

    assert "stale" not in fresh
    assert "1 stale" in stale


def test_nothing_but_what_is_possible_can_be_shown_again(client: FlaskClient) -> None:
    address = "/state/2024-03-25?tab=people&entity=emad-mostaque&possible=hide"
    page = page_of(client, address)

    assert "Nothing is certain here on 25 March 2024" in page.get_text()
    wanted = "/state/2024-03-25?tab=people&entity=emad-mostaque"
    assert page.find("a", class_="button", href=wanted) is not None


def test_the_table_is_skipped_to_over_all_that_stands_before_it(client: FlaskClient) -> None:
    page, bare = (page_of(client, address) for address in ("/state/2024-03-31", "/state?on=zzz"))

    assert page.select_one("a.skip-link[href='#state-main']") is not None
    assert page.select_one("#state-main .state-table") is not None
    assert bare.select_one("a.skip-link[href='#state-main']") is None
