"""The desk as an editor meets it who has logged in."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.web.desk import at_desk


@pytest.fixture
def client(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An editor, logged in."""
    return at_desk(client, engine, monkeypatch)
