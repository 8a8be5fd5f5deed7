"""What the page of a state says of vague words, of days too early, and of how old a number is."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.web.pages.states import age
from archive.web.states.counting import uncounted
from tests.builders import an_entity, an_event, an_event_with, keep
from tests.web.pages import page_of


def test_words_that_mean_several_days_are_told_what_they_were_taken_for(
    client: FlaskClient,
) -> None:
    response = client.get("/state?on=late+March+2024")
    page = page_of(client, response.location)

    notice = page.select_one(".state-page > .notice")

    assert response.location == "/state/2024-03-31?said=late+March+2024"
    assert notice is not None
    assert "from 21 March 2024 to 31 March 2024" in " ".join(notice.get_text().split())
    assert notice.select_one("a[href='/state/2024-03-21']") is not None


@pytest.mark.parametrize("said", ["2024", "31+March+2024", "nonsense"])
def test_words_that_mean_another_day_or_one_alone_say_nothing(
    client: FlaskClient, said: str
) -> None:
    page = page_of(client, f"/state/2024-03-31?said={said}")

    assert page.select_one(".state-page > .notice") is None


def test_a_day_before_coverage_folds_what_is_only_not_ruled_out(
    client: FlaskClient, engine: Engine
) -> None:
    parties = {"org": an_entity("acme"), "holder": an_entity("holder"), "direction": "increase"}
    keep(engine, an_event_with("stake_changed", parties, when="[..2023-08-02]"))

    early, later = (page_of(client, f"/state/{day}-06-01") for day in (2015, 2020))

    folded = early.select_one("details.state-early")
    assert folded is not None
    assert "1 fact is not ruled out" in folded.get_text()
    assert "Holder" in folded.get_text()
    assert "On 1 June 2015 nothing is certain" in early.get_text()
    assert early.find("a", href="/state/2019-01-01") is not None
    assert later.select_one("details.state-early") is None


def test_a_day_before_all_that_is_dated_of_an_entity_folds_the_rest(
    client: FlaskClient, engine: Engine
) -> None:
    parties = {"org": an_entity("acme"), "holder": an_entity("holder"), "direction": "increase"}
    keep(
        engine,
        an_event_with("stake_changed", parties, id="a-stake", when="[..2023-08-02]"),
        an_event("funding_round", id="a-round", when="2023-04-10", org="acme"),
    )

    page = page_of(client, "/state/2022-01-01?entity=acme")

    folded, life = page.select_one("details.state-early"), page.select_one(".state-main > .notice")
    assert folded is not None
    assert life is not None
    assert "begins later" in life.get_text()


def test_before_the_first_event_was_known_the_archive_says_which_it_was(
    client: FlaskClient,
) -> None:
    page = page_of(client, "/state/2023-07-31?known=1")

    empty = page.select_one(".empty")

    assert empty is not None
    assert "no event of the world had been recorded" in empty.get_text()
    (link,) = empty.select("a.button")
    assert "known=" in str(link["href"])
    assert "no event of the world" not in page_of(client, str(link["href"])).get_text()


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("2023-07-10", "21 days old"),
        ("[2023-07-10..2023-07-31]", "up to 21 days old"),
        ("2023-07", "up to 21 days old"),
        ("[..2023-07-10]", "at least 21 days old"),
        ("2023-07-10/2023-09", "21 days old"),
    ],
)
def test_an_age_says_whether_it_is_a_bound(app: Flask, since: str, words: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert age(21, since) == words


def test_a_figure_of_a_stretch_is_as_old_as_its_end(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert age(21, "2023-07/2023-09-10", "figures") == "21 days old"
        assert age(21, "2023-07-10/2023-09", "figures") == "up to 21 days old"
        assert age(21, "2023-07-10/..", "figures") == "21 days old"


@pytest.mark.parametrize(
    ("value", "measure", "said"),
    [
        ("至少1亿用户", "用户数，发布后两个月内", "至少1亿"),
        ("8.5万家客户", "客户数", "8.5万家"),
        ("约20万张芯片", "芯片数，国内A100保有量", "约20万张"),
        ("100亿至1000亿参数", "参数量", "100亿至1000亿"),
        ("about 100 billion parameters", "parameters, 4.0", "about 100 billion"),
        ("80个模型", "市场总数，国内大模型", "80个模型"),
        ("5 companies", "market count, 2023", "5 companies"),
        ("−21%", "访问量增幅", "−21%"),
        ("只给老用户", "用户数", "只给老用户"),
    ],
)
def test_a_number_beside_its_measure_does_not_say_it_again(
    value: str, measure: str, said: str
) -> None:
    assert uncounted(value, measure) == said


def test_a_state_says_a_number_of_users_once(client: FlaskClient, engine: Engine) -> None:
    value = {"exact": "100", "unit": "users"}
    fields = {"subject": an_entity("acme"), "measure": "users", "basis": "stated", "value": value}
    keep(engine, an_event_with("figure_reported", fields, when="2023-05-01"))

    page = page_of(client, "/state/2023-06-01?tab=figures&lang=zh&entity=acme")

    shown = page.select_one(".state-table .state-value")
    assert shown is not None
    assert shown.get_text() == "100"
    assert "用户数" in page.select(".state-table .state-what")[0].get_text()
