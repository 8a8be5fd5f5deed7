"""The archive's own log, newest first."""

from bs4 import BeautifulSoup
from flask.testing import FlaskClient


def positions(client: FlaskClient, address: str) -> list[int]:
    page = BeautifulSoup(client.get(address).data, "html.parser")
    return [int(mark.get_text()) for mark in page.select(".change-position")]


def test_every_event_of_the_log_is_there_newest_first(client: FlaskClient) -> None:
    assert positions(client, "/changes") == list(range(15, 0, -1))


def test_corrections_only_leaves_out_what_was_simply_recorded(client: FlaskClient) -> None:
    assert positions(client, "/changes?only=corrections") == [15, 14, 13]


def test_the_page_can_begin_anywhere(client: FlaskClient) -> None:
    assert positions(client, "/changes?before=4") == [3, 2, 1]


def test_words_that_are_no_position_begin_at_the_end(client: FlaskClient) -> None:
    assert positions(client, "/changes?before=nonsense")[0] == 15
    assert positions(client, "/changes?before=²")[0] == 15
    assert positions(client, "/changes?before=99999999999999999999999")[0] == 15


def test_an_empty_log_says_so(empty_client: FlaskClient) -> None:
    assert b"The log is empty" in empty_client.get("/changes").data
    assert b"Nothing has been corrected" in empty_client.get("/changes?only=corrections").data
