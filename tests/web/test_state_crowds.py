"""Very much of one thing: a list shows some and leads to all."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.builders import an_entity, an_event, keep
from tests.web.pages import page_of, words_of


@pytest.fixture
def crowded(client: FlaskClient, engine: Engine) -> FlaskClient:
    """A reader of an archive in which one organization has very many owners."""
    org = an_entity("crowded", en="Crowded")
    stakes = [
        an_event(
            "stake_changed",
            id=f"stake-{number}",
            org=org,
            holder=an_entity(f"holder-{number}", en=f"Holder {number}"),
            direction="increase",
            when="2023-01-01",
            source="press",
        )
        for number in range(130)
    ]
    keep(engine, *stakes)
    return client


def rows_and_links(client: FlaskClient, address: str) -> tuple[int, dict[str, str]]:
    page = page_of(client, address)
    links = {
        " ".join(link.get_text().split()): str(link["href"])
        for link in page.select(".state-more-link")
    }
    owners = [row for row in page.select(".state-row") if "Holder" in row.get_text()]
    return len(owners), links


def test_of_very_many_members_a_list_shows_some_and_leads_to_the_entity(
    crowded: FlaskClient,
) -> None:
    shown, links = rows_and_links(crowded, "/state/2023-07-31?tab=ownership")

    alone = "/state/2023-07-31?tab=ownership&entity=crowded"
    assert (shown, links) == (8, {"and 122 more: Crowded, owner": alone})


def test_the_state_of_one_entity_shows_more_and_leads_to_all(crowded: FlaskClient) -> None:
    alone = "/state/2023-07-31?tab=ownership&entity=crowded"

    shown, links = rows_and_links(crowded, alone)
    unfolded = rows_and_links(crowded, f"{alone}&all=1")

    assert (shown, links) == (60, {"and 70 more: Crowded, owner": f"{alone}&all=1"})
    assert unfolded == (130, {})


def test_what_is_left_out_is_told_in_chinese_too(crowded: FlaskClient) -> None:
    assert "另有 122 项" in words_of(crowded, "/state/2023-07-31?tab=ownership&lang=zh")


def test_a_file_leaves_out_nothing(crowded: FlaskClient) -> None:
    rows = crowded.get("/state/2023-07-31.json?tab=ownership&entity=crowded").json["rows"]  # type: ignore[index]  # it is a document

    assert len([row for row in rows if row["attribute"] == "owners"]) == 130


def test_of_very_many_events_why_shows_the_first_and_the_last(crowded: FlaskClient) -> None:
    address = "/why?entity=crowded&attribute=owners&on=2023-07-31"
    page = page_of(crowded, address)
    whole = page_of(crowded, f"{address}&all=1")

    steps = page.select(".why-step")
    between = page.select_one(".why-left-out a")

    assert len(steps) == 101
    assert between is not None
    assert between.get_text(strip=True) == "30 events between are not shown · show all"
    assert "all=1" in str(between["href"])
    assert len(page.select(".why-value")) == 60
    assert len(whole.select(".why-step")) == len(whole.select(".why-value")) == 130
