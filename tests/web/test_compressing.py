"""Answers travel compressed, but never beside a secret."""

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient

COMPRESSED = {"Accept-Encoding": "gzip"}


@pytest.fixture
def plain_client(app: Flask) -> FlaskClient:
    """A client that takes what it gets, compressed or not."""
    return FlaskClient(app)


def test_a_page_is_compressed_where_the_browser_takes_it(plain_client: FlaskClient) -> None:
    plain = plain_client.get("/about?lang=en")

    packed = plain_client.get("/about?lang=en", headers=COMPRESSED)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data


def test_a_sheet_is_compressed_and_stays_what_it_is(plain_client: FlaskClient) -> None:
    with (
        plain_client.get("/static/css/elements.css") as plain,
        plain_client.get("/static/css/elements.css", headers=COMPRESSED) as packed,
    ):
        assert gzip.decompress(packed.data) == plain.data


def test_where_a_password_is_typed_nothing_is_compressed(plain_client: FlaskClient) -> None:
    assert "Content-Encoding" not in plain_client.get("/login", headers=COMPRESSED).headers
