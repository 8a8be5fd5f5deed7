"""Passwords keyed before they are hashed, by a key that no table holds."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from archive.commands.accounts import Account
from archive.commands.entering import authenticate
from archive.commands.own_account import change_own_password
from archive.commands.passwords import add_user, change_password
from archive.settings import Settings
from archive.storage import accounts, reading, writing

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PASSWORD, ANOTHER = "correct horse battery", "staple gun and paper"
PEPPER, OTHER = "a key of the site alone", "a key of another site"
ANNA = Account("anna", "editor")
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

Enter = Callable[..., Account | None]


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.commands.hashing._hasher", lambda: CHEAP)


@pytest.fixture
def enter(engine: Engine) -> Enter:
    def tried(pepper: str, password: str = PASSWORD) -> Account | None:
        return authenticate(
            engine, name="anna", password=password, address="::1", now=NOW, pepper=pepper
        )

    return tried


def add(engine: Engine, pepper: str) -> None:
    with writing(engine) as connection:
        add_user(connection, name="anna", password=PASSWORD, role="editor", now=NOW, pepper=pepper)


def kept(engine: Engine) -> str:
    with reading(engine) as connection:
        return str(connection.execute(select(accounts.c.password_hash)).scalar_one())


def test_a_keyed_password_opens_under_its_key_alone(engine: Engine, enter: Enter) -> None:
    add(engine, PEPPER)

    assert enter(PEPPER) == ANNA
    assert enter(OTHER) is None
    assert enter("") is None
    assert enter(PEPPER, ANOTHER) is None
    assert kept(engine).startswith("hmac:$argon2id$")


def test_an_older_password_opens_and_is_keyed_from_then_on(engine: Engine, enter: Enter) -> None:
    add(engine, "")
    plain = kept(engine)

    assert enter(PEPPER) == ANNA

    assert not plain.startswith("hmac:")
    assert kept(engine).startswith("hmac:")
    assert enter(PEPPER) == ANNA
    assert enter("") is None


def test_a_changed_password_is_keyed_too(engine: Engine, enter: Enter) -> None:
    add(engine, PEPPER)
    words = {"present": PASSWORD, "password": ANOTHER, "address": "::1", "pepper": PEPPER}

    assert change_own_password(engine, account=ANNA, now=NOW, **words)
    assert enter(PEPPER, ANOTHER) == ANNA
    with writing(engine) as connection:
        change_password(connection, name="anna", password=PASSWORD, now=NOW, pepper=OTHER)
    assert enter(OTHER) == ANNA


def test_the_settings_hide_the_key() -> None:
    settings = Settings.from_environment({"ARCHIVE_PASSWORD_KEY": PEPPER})

    assert settings.password_key == PEPPER
    assert PEPPER not in repr(settings)
