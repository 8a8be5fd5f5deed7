"""The search."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient


def page_of(client: FlaskClient, text: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(f"/search?q={quote(text)}").data, "html.parser")


def test_without_words_the_page_says_how_to_ask(client: FlaskClient) -> None:
    page = page_of(client, "  ")

    assert "two characters are enough" in page.get_text()


@pytest.mark.parametrize("text", ["百川", "Baichuan", "baich", "百川智能"])
def test_an_entity_is_found_by_any_of_its_names(text: str, client: FlaskClient) -> None:
    found = page_of(client, text).select("#found-entities + ul .entity")

    assert [str(link["href"]) for link in found] == ["/entities/baichuan"]


def test_a_name_and_its_type_are_two_words(client: FlaskClient) -> None:
    found = page_of(client, "百川").select_one("#found-entities + ul")

    assert found is not None
    assert found.get_text().strip() == "Baichuan Organization"


def test_events_and_sources_are_found_too(client: FlaskClient) -> None:
    assert page_of(client, "光年").find("a", href="/events/beyond-bought") is not None
    assert page_of(client, "百模").find("a", href="/sources/press") is not None


def test_words_that_find_nothing_say_so(client: FlaskClient) -> None:
    assert "Nothing matches “xyzzy”" in page_of(client, "xyzzy").get_text()


@pytest.mark.parametrize(
    "text", ['"', "'", "*", "NEAR(", "a AND", "%", "<b>x</b>", "x" * 5000, "\\", "🦙", "：，。"]
)
def test_strange_words_do_no_harm(text: str, client: FlaskClient) -> None:
    assert client.get(f"/search?q={quote(text)}").status_code == 200
