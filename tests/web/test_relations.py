"""The pages of events that bound each other's dates, and of one that is not dated at all."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.commands import correct, record_all, retract
from archive.storage import writing
from tests.builders import an_event
from tests.web.pages import page_of
from tests.web.stories import SOURCE
from tests.web.test_events import Somebody, section


def hung(event_id: str, **occurred: str) -> dict[str, object]:
    raw = an_event("org_founded", id=event_id, source=SOURCE)
    return raw | {"occurred": occurred}


@pytest.fixture
def between(engine: Engine) -> Engine:
    """The story, and an event between two others, and one of which nothing is known."""
    early = an_event("org_founded", id="early", when="[..2015]", source=SOURCE)
    drafts = [
        hung("between", after="beyond-bought", before="mostaque-leaves", stated="收购之后"),
        early,
        hung("undated", after="early"),
    ]
    with writing(engine) as connection:
        record_all(connection, drafts, recorded_by="tests")
    return engine


def moved(engine: Engine, day: str) -> None:
    with writing(engine) as connection:
        correct(
            connection,
            target="beyond-bought",
            raw={"occurred": {"edtf": day}},
            reason_kind="source_error",
            reason="wrong",
            recorded_by="tests",
        )


def notice(page: BeautifulSoup) -> str:
    found = page.find(id="event-moved")
    return found.get_text(" ", strip=True) if found else ""


@pytest.mark.usefixtures("between")
def test_an_event_shows_the_events_that_bound_it(client: FlaskClient) -> None:
    page = page_of(client, "/events/between")
    said = section(page, "event-says")

    assert "between 29 June 2023 and 31 March 2024" in said
    assert "Not before" in said
    assert "29 June 2023" in said
    assert page.select_one("#event-says ~ dl a[href='/events/beyond-bought']") is not None
    assert page.select_one("#event-says ~ dl a[href='/events/mostaque-leaves']") is not None
    assert notice(page) == ""


@pytest.mark.usefixtures("between")
def test_an_event_shows_the_events_that_it_bounds(client: FlaskClient) -> None:
    page = page_of(client, "/events/beyond-bought")

    assert "not before it" in section(page, "event-hanging")
    assert page.find("a", href="/events/between") is not None


def test_a_corrected_bound_is_told_with_the_date_it_would_give(
    between: Engine, client: FlaskClient
) -> None:
    moved(between, "2023-07-05")

    page = page_of(client, "/events/between")

    assert "between 5 July 2023 and 31 March 2024" in notice(page)
    assert page.select("#event-moved a") == []


def test_an_editor_is_led_to_the_correction(
    between: Engine, app: Flask, client: FlaskClient
) -> None:
    moved(between, "2023-07-05")
    app.before_request(lambda: setattr(g, "account", Somebody()))

    page = page_of(client, "/events/between")

    assert page.select_one("#event-moved a[href='/admin/events/between/correct']") is not None


def test_a_bound_that_leaves_no_day_is_told(between: Engine, client: FlaskClient) -> None:
    moved(between, "2024-06")

    assert "no day would be left" in notice(page_of(client, "/events/between"))


def test_a_retracted_bound_is_told(between: Engine, client: FlaskClient) -> None:
    with writing(between) as connection:
        retract(connection, target="beyond-bought", reason="no", recorded_by="tests")

    assert "was retracted" in notice(page_of(client, "/events/between"))


def test_known_then_nothing_had_moved(between: Engine, client: FlaskClient) -> None:
    moved(between, "2023-07-05")
    known = int(client.get("/events/between.json").get_json()["position"])

    assert notice(page_of(client, f"/events/between?known={known}")) == ""


@pytest.mark.usefixtures("between")
def test_an_undated_event_is_shown_everywhere(client: FlaskClient) -> None:
    page = page_of(client, "/events/undated")
    listed = page_of(client, "/")
    window = page_of(client, "/?from=2023-06-01&to=2023-07-31")

    assert "date unknown" in page.select_one(".event-date").get_text()  # type: ignore[union-attr]  # it is there
    for one in (listed, window):
        assert one.select_one(".month-title#m-undated") is not None
        assert one.select_one(".shelf a[href='/events/undated']") is not None
        assert one.select("svg a[href='/events/undated']") == []


@pytest.mark.usefixtures("between")
def test_in_chinese_the_words_are_chinese(client: FlaskClient) -> None:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "zh"

    page = page_of(client, "/events/between")

    assert "不早于" in section(page, "event-says")
    assert "日期不详" in page_of(client, "/events/undated").get_text()
