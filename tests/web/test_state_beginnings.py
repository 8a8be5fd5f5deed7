"""Days before anything held, and after: the page says so, and leads on."""

from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.builders import an_entity, an_event, an_event_with, keep
from tests.web.pages import page_of, words_of


def test_before_coverage_the_page_says_where_it_begins(client: FlaskClient) -> None:
    said = words_of(client, "/state/1990-01-01")

    assert "On 1 January 1990 the archive has no facts" in said
    assert "What the archive holds begins on" in said


def test_an_empty_archive_says_so(empty_client: FlaskClient) -> None:
    assert "The archive is empty" in words_of(empty_client, "/state/2023-07-31")


def test_before_an_entity_began_its_first_event_is_told_and_leads_on(client: FlaskClient) -> None:
    address = "/state/2023-01-15?entity=light-years-beyond"
    page = page_of(client, address)

    assert "Nothing is told yet of Light Years Beyond" in page.get_text()
    assert page.find("a", href="/state/2023-06-29?entity=light-years-beyond") is not None
    assert page.find("a", href="/state/2023-01-15") is not None


def test_an_entity_that_has_ended_says_by_which_event_and_what_follows(
    client: FlaskClient, engine: Engine
) -> None:
    lab = an_entity("lab", en="Lab")
    keep(
        engine,
        an_event(id="lab-begun", org=lab, when="2020-01-01"),
        an_event("org_ended", id="lab-ended", org=lab, when="2022-01-01", manner="dissolved"),
        an_event("names_changed", id="lab-named", entity=lab, when="2024-01-01", aliases="L"),
    )

    table = words_of(client, "/state/2023-01-01?entity=lab")
    nothing = words_of(client, "/state/2023-01-01?entity=lab&tab=figures")

    for said in (table, nothing):
        assert "Lab had ended by then: 1 January 2022" in said


def test_a_day_before_an_entity_began_leads_to_its_first_dated_event(
    client: FlaskClient, engine: Engine
) -> None:
    org, holder = an_entity("unfounded"), an_entity("alibaba")
    said = {"holder": holder, "org": org, "direction": "increase"}
    keep(engine, an_event_with("stake_changed", said, id="stake", when="[..2024-04-30]"))
    told = {"org": org, "new_name": "甲"}
    keep(engine, an_event_with("org_renamed", told, id="renamed", when="2023-04-10"))

    page = page_of(client, "/state/2019-01-01?entity=unfounded")
    notice = page.select_one(".state-main .notice")

    assert page.select(".state-row.standing-possible")
    assert notice is not None
    assert "What is dated of Unfounded begins later" in " ".join(notice.get_text().split())
    assert notice.select_one("a[href^='/state/2023-04-10']") is not None


def test_a_day_before_an_organization_was_founded_leads_to_its_founding_and_shows_no_stake(
    client: FlaskClient, engine: Engine
) -> None:
    said = {"holder": an_entity("alibaba"), "org": an_entity("baichuan"), "direction": "increase"}
    keep(engine, an_event_with("stake_changed", said, id="stake", when="[..2024-04-30]"))

    page = page_of(client, "/state/2019-01-01?entity=baichuan")
    main = page.select_one(".state-main")

    assert main is not None
    assert not main.select(".state-row")
    assert "Nothing is told yet of Baichuan on 1 January 2019" in " ".join(main.get_text().split())
    assert main.select_one("a[href^='/state/2023-04-10']") is not None
