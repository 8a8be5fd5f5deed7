"""An administrator, logged in, who has no second factor yet."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.web.desk import add_account, cheapen_hashes, log_in
from tests.web.second_factor.codes import pass_time


@pytest.fixture(autouse=True)
def _account(
    engine: Engine, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheapen_hashes(monkeypatch)
    add_account(engine, role="admin")
    pass_time(app, 0)
    log_in(client)
