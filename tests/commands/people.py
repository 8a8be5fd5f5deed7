"""People whom tests of accounts are about, their password, and where and when they come."""

from datetime import UTC, datetime
from typing import Final

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from archive.commands.accounts import Account
from archive.commands.passwords import add_user
from archive.storage import writing

NOW: Final = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PASSWORD: Final = "correct horse battery"  # noqa: S105 - of an account that lives for one test
HOME: Final = "192.0.2.1"
_CHEAP: Final = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def add_people(engine: Engine, monkeypatch: pytest.MonkeyPatch, *people: Account) -> None:
    """Give *people* accounts, and let no password cost what a guess shall."""
    monkeypatch.setattr("archive.commands.hashing._hasher", lambda: _CHEAP)
    with writing(engine) as connection:
        for one in people:
            add_user(connection, name=one.name, password=PASSWORD, role=one.role, now=NOW)
