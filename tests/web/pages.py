"""Pages as a reader gets them: whole, and as words."""

from bs4 import BeautifulSoup
from flask.testing import FlaskClient


def page_of(client: FlaskClient, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).data, "html.parser")


def words_of(client: FlaskClient, address: str) -> str:
    """Return all words of a page, on one line."""
    return " ".join(page_of(client, address).get_text().split())
