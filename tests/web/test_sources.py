"""The sources, and the page of each."""

from flask.testing import FlaskClient

from tests.web.pages import page_of


def test_the_list_names_each_source_and_counts_what_rests_on_it(client: FlaskClient) -> None:
    row = page_of(client, "/sources").select_one("tbody tr")

    assert row is not None
    assert row.select_one("a")["href"] == "/sources/press"  # type: ignore[index] # it is there
    assert "The Paper" in row.get_text()
    assert row.select_one(".num").get_text() == "9"  # type: ignore[union-attr] # as above


def test_a_source_says_what_it_is_and_lists_its_events(client: FlaskClient) -> None:
    page = page_of(client, "/sources/press")

    assert "百模大战" in page.h1.get_text()  # type: ignore[union-attr] # every page has one
    assert "14 July 2023" in page.get_text()
    assert page.find("a", href="/events/beyond-bought") is not None
    assert page.find("a", href="/events/rumour") is None


def test_an_unknown_source_is_not_found(client: FlaskClient) -> None:
    assert client.get("/sources/nothing").status_code == 404


def test_an_empty_archive_has_no_sources(empty_client: FlaskClient) -> None:
    assert "no sources yet" in page_of(empty_client, "/sources").get_text()
