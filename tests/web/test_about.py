"""The archive's account of itself."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive.vocabulary import KINDS


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_and_every_field_is_explained(language: str, client: FlaskClient) -> None:
    page = BeautifulSoup(client.get(f"/about?lang={language}").data, "html.parser")

    told = {code.get_text() for code in page.select(".kind-drawer code")}

    assert set(KINDS) <= told
    assert {field.name for kind in KINDS.values() for field in kind.fields} <= told


def test_it_says_that_lawsuits_are_not_kept(client: FlaskClient) -> None:
    said = client.get("/about").get_data(as_text=True)

    assert "Not kept here: lawsuits" in said


def test_it_shows_how_a_vague_date_is_read(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/about").data, "html.parser")

    rows = [row.get_text(" ", strip=True) for row in page.select("#dates ~ .table-wrap tbody tr")]

    assert any(
        "late March 2024 [2024-03-21..2024-03-31] 21 March 2024 31 March 2024" in row
        for row in rows
    )


def test_an_empty_archive_can_be_told_of_too(empty_client: FlaskClient) -> None:
    assert b"0 events" in empty_client.get("/about").data


@pytest.mark.parametrize(
    ("language", "slant", "told"), [("zh", "斜体", False), ("en", "italics", True)]
)
def test_italics_are_promised_in_the_language_that_has_them(
    client: FlaskClient, language: str, slant: str, *, told: bool
) -> None:
    said = client.get(f"/about?lang={language}").get_data(as_text=True)

    assert (slant in said) is told
