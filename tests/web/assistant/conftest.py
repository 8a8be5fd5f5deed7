"""The site of an archive with an assistant, an editor logged in."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from archive.settings import Settings
from archive.web import create_app
from tests.assistants import Recorded, assistant_server
from tests.web.assistant.asking import DEAL
from tests.web.conftest import CheckingClient
from tests.web.desk import at_desk


@pytest.fixture
def server() -> Iterator[Recorded]:
    with assistant_server() as recorded:
        recorded.say(DEAL)
        yield recorded


@pytest.fixture
def settings(sqlite_url: str, server: Recorded) -> Settings:
    secret = "of a site that lives for one test"  # noqa: S105 - true to its words
    return Settings(
        database_url=sqlite_url,
        secret_key=secret,
        assistant_url=server.address,
        assistant_model="a-model",
        assistant_key="a-key-of-nobody",
        assistant_seconds=5,
    )


@pytest.fixture
def app(settings: Settings, engine: Engine) -> Flask:  # noqa: ARG001 - the story must be told first
    """The site of an archive with an assistant."""
    made = create_app(settings)
    made.testing = True
    made.test_client_class = CheckingClient
    return made


@pytest.fixture
def client(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An editor, logged in."""
    return at_desk(client, engine, monkeypatch)
