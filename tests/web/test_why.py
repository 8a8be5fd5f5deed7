"""The page of why: the events behind a value, and what was argued about them."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.builders import an_event, keep
from tests.web.pages import page_of, words_of

HTMX = {"HX-Request": "true"}


def test_a_value_leads_to_the_events_behind_it_with_and_without_htmx(client: FlaskClient) -> None:
    page = page_of(client, "/state/2023-07-31?tab=people")
    link = page.select_one("a.state-value")
    assert link is not None

    whole = client.get(str(link["href"]))
    panel = client.get(str(link["hx-get"]), headers=HTMX)

    assert b"<html" in whole.data
    assert b"<html" not in panel.data
    assert BeautifulSoup(panel.data, "html.parser").find(id="why") is not None
    assert b"Emad Mostaque" in panel.data


def test_why_says_what_became_of_each_event_by_the_day(client: FlaskClient) -> None:
    address = "/why?entity=stability-ai&attribute=officers&on=2024-03-25"

    said = words_of(client, address)

    assert "may hold on this day" in said
    assert "The Paper" in said


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["Disputed", "Dispute settled", "preferred"]),
        ("zh", ["有争议", "争议已裁定", "采信"]),
    ],
)
def test_why_tells_disputes_and_their_settlement(
    client: FlaskClient, engine: Engine, lang: str, said: list[str]
) -> None:
    claims = {"claims": "told-one,told-two", "reason": "口径 | how counted"}
    keep(
        engine,
        *(
            an_event(
                "figure_reported", id=name, subject="quarrelled", measure="users", value=value
            )
            for name, value in (("told-one", "79 users"), ("told-two", "80 users"))
        ),
        an_event("claim_disputed", id="told-d", **claims),
        an_event("dispute_settled", id="told-s", choice="told-two", **claims),
    )
    address = f"/why?entity=quarrelled&attribute=figures&on=2024-01-01&lang={lang}"

    page = page_of(client, address)

    told = [one.get_text(" ") for one in page.select(".why-argument")]
    assert len(told) == 2
    assert all(words in " ".join(told) for words in said)
    assert all(("口径" if lang == "zh" else "how counted") in one for one in told)
    assert page.select_one(".why-argument a[href^='/events/told-one']") is not None


def test_why_without_a_cell_says_how_to_ask(client: FlaskClient) -> None:
    response = client.get("/why")

    assert response.status_code == 200
    assert b"Choose any value" in response.data


def test_why_of_a_merged_entity_leads_to_where_it_lives_on(client: FlaskClient) -> None:
    response = client.get("/why?entity=zhipu&attribute=status&on=2023-01-01")

    assert response.status_code == 303
    assert "entity=zhipu-ai" in response.location
