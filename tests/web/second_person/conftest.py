"""A site on both databases where an editor works and two others may review."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.settings import Settings
from archive.storage import open_engine
from archive.web import create_app
from tests.web.conftest import CheckingClient
from tests.web.desk import at_desk
from tests.web.stories import tell_story


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The engine of an archive that holds the story, on SQLite and on Postgres."""
    opened = open_engine(database_url)
    tell_story(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def app(database_url: str, engine: Engine) -> Iterator[Flask]:  # noqa: ARG001 - the story must be told first
    """The site of that archive."""
    secret = "of a site that lives for one test"  # noqa: S105 - true to its words
    made = create_app(Settings(database_url=database_url, secret_key=secret))
    made.testing = True
    made.test_client_class = CheckingClient
    yield made
    made.extensions["archive_engine"].dispose()


@pytest.fixture
def client(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An editor, logged in; two who may review have accounts too."""
    return at_desk(client, engine, monkeypatch, others={"rita": "reviewer", "ada": "admin"})
