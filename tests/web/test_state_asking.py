"""How a state is asked for: words in its boxes and its address, and what is refused."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.web.pages import page_of, words_of


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2023-07-31", "2023-07-31"),
        ("July 2023", "2023-07-31"),
        ("2023年底", "2023-12-31"),
        ("Q3 2023", "2023-09-30"),
    ],
    ids=["iso", "english", "chinese", "quarter"],
)
def test_words_in_the_box_lead_to_the_address_of_their_last_day(
    words: str, day: str, client: FlaskClient
) -> None:
    response = client.get(f"/state?on={quote(words)}&tab=people")

    assert response.status_code == 303
    assert response.location.partition("&said=")[0] == f"/state/{day}?tab=people"


def test_words_in_the_path_lead_to_the_address_of_the_day(client: FlaskClient) -> None:
    response = client.get("/state/July 2023?known=5")

    assert response.status_code == 303
    assert response.location == "/state/2023-07-31?known=5&said=July+2023"


def test_a_bad_date_is_answered_with_the_box_and_all_that_was_typed(client: FlaskClient) -> None:
    response = client.get("/state?on=nonsense&known=5&type=model")
    page = BeautifulSoup(response.data, "html.parser")

    assert response.status_code == 400
    assert page.select_one("#on")["value"] == "nonsense"  # type: ignore[index] # it is there
    assert page.select_one("#known")["value"] == "5"  # type: ignore[index] # as above
    assert page.select_one("#on-error") is not None
    assert page.select_one("#type option[selected]")["value"] == "model"  # type: ignore[index] # as above
    assert page.find("a", href="/state?on=2023-07-14") is not None


@pytest.mark.parametrize("known", ["2999-01-01", "2001-01-01", "0", "99999", "nonsense"])
def test_what_was_known_before_the_start_or_in_the_future_is_refused_with_the_reason(
    known: str, client: FlaskClient
) -> None:
    response = client.get(f"/state/2023-07-31?known={known}")
    page = BeautifulSoup(response.data, "html.parser")

    assert response.status_code == 400
    assert page.select_one("#known")["value"] == known  # type: ignore[index] # it is there
    assert "accepted" in page.select_one("#known-error").get_text()  # type: ignore[union-attr] # as above


def test_the_entity_box_takes_any_name(client: FlaskClient) -> None:
    said = words_of(client, f"/state/2023-07-31?entity={quote('百川')}")

    assert "Baichuan" in said
    assert "Stability" not in said


def test_an_unknown_entity_is_told_and_not_lost(client: FlaskClient) -> None:
    said = words_of(client, "/state/2023-07-31?entity=nobody-of-this-name")

    assert "nobody-of-this-name" in said
    assert "no entity called" in said


def test_an_unreadable_position_loses_no_entity_that_was_typed(client: FlaskClient) -> None:
    response = client.get("/state?on=2023-07-31&known=nonsense&entity=baichuan")
    page = BeautifulSoup(response.data, "html.parser")

    assert response.status_code == 400
    assert page.select_one("#entity")["value"] == "baichuan"  # type: ignore[index] # it is there


@pytest.mark.parametrize("ending", ["/2023-07-31", "/2023-07-31.csv", "/2023-07-31.json", ""])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("type=organisation", "organization"),
        ("tab=owner", "ownership"),
        ("where=licenc=x", "licen"),
        ("where=nope", "no attribute"),
    ],
)
def test_a_word_that_narrows_by_nothing_is_refused_with_the_nearest(
    client: FlaskClient, ending: str, query: str, said: str
) -> None:
    response = client.get(f"/state{ending}?{query}")

    assert response.status_code == 400
    assert said in response.get_data(as_text=True)


def test_a_definition_that_means_nothing_is_refused(client: FlaskClient) -> None:
    assert client.get("/state/2023-07-31?tab=models&definition=mine").status_code == 400


def test_a_time_of_knowledge_before_the_archive_offers_its_beginning(client: FlaskClient) -> None:
    page = page_of(client, "/state/2023-07-31?known=2001-01-01")

    assert "begins on 21 November 2026, at position 1" in page.get_text()
    assert page.find("a", href="/state/2023-07-31?known=1") is not None


def test_a_refused_second_time_is_called_as_the_page_calls_it(client: FlaskClient) -> None:
    said = words_of(client, "/state/2023-07-31?known=2099-01-01")

    assert "As known on: “2099-01-01” cannot be taken" in said


@pytest.mark.parametrize(
    "words", ["not 2023-07-20", "nonsense 2023-07-20 words", "2023-07-20<script>", "-2023-07-20"]
)
def test_words_that_merely_hold_a_day_are_refused(client: FlaskClient, words: str) -> None:
    response = client.get("/state", query_string={"on": words})
    page = BeautifulSoup(response.data, "html.parser")

    assert response.status_code == 400
    assert words in page.select_one("#on-error").get_text()  # type: ignore[union-attr] # it is there
    assert page.select_one("#on")["value"] == words  # type: ignore[index] # as above


def test_words_that_merely_hold_a_moment_known_are_refused(client: FlaskClient) -> None:
    response = client.get("/state?on=2023-07-31&known=rumour+of+2026-11-23")
    page = BeautifulSoup(response.data, "html.parser")

    assert response.status_code == 400
    assert "rumour of 2026-11-23" in page.select_one("#known-error").get_text()  # type: ignore[union-attr] # it is there


@pytest.mark.parametrize(
    ("asked", "back"),
    [
        ("/state/2023-07-20?tab=nothing&lang=en", "/state/2023-07-20?lang=en"),
        ("/state/2023-07-20?lang=zh&definition=mine&tab=models", "/state/2023-07-20?lang=zh"),
        ("/compare/2022-12-31/2023-07-20?tab=nothing", "/compare/2022-12-31/2023-07-20"),
    ],
)
def test_a_page_that_cannot_be_asked_so_leads_to_itself(
    client: FlaskClient, asked: str, back: str
) -> None:
    response = client.get(asked)

    page = BeautifulSoup(response.text, "html.parser")
    links = [link["href"] for link in page.select(".empty .buttons a")]
    assert response.status_code == 400
    assert links == [back, "/"]
    assert client.get(back).status_code == 200
