"""Answers travel compressed, but never beside a secret."""

import gzip

from flask.testing import FlaskClient

COMPRESSED = {"Accept-Encoding": "gzip"}


def test_a_page_is_compressed_where_the_browser_takes_it(client: FlaskClient) -> None:
    plain = client.get("/about?lang=en")

    packed = client.get("/about?lang=en", headers=COMPRESSED, buffered=True)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 2


def test_a_sheet_is_compressed_and_stays_what_it_is(client: FlaskClient) -> None:
    with client.get("/static/css/base.css") as plain:
        packed = client.get("/static/css/base.css", headers=COMPRESSED)

        assert gzip.decompress(packed.data) == plain.data


def test_where_a_password_is_typed_nothing_is_compressed(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/login", headers=COMPRESSED).headers
