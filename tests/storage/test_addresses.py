"""An address is shown as it was typed, and never a password in it."""

import pytest
from sqlalchemy import make_url

from archive.cli.tools import NoToolError, run_tool
from archive.errors import UnreachableDatabaseError
from archive.storage import open_engine, reading, shown_address


def test_a_password_is_never_shown() -> None:
    assert "secret" not in shown_address("postgresql://me:secret@host/x")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://me:secret@host/x",
        "postgresql://me:sec@secret@host/x",
        "postgresql://me:secret@host:port/x",
        "postgresql://host/x?user=me&password=secret",
        "me:secret@host/x",
        "host=x password=secret",
        "postgresql+strange://me:secret@host/x",
    ],
)
def test_no_address_that_is_refused_shows_its_password(url: str) -> None:
    assert "secret" not in shown_address(url)


def test_a_plain_file_name_is_shown_as_it_was_given() -> None:
    assert shown_address("archive.db") == "archive.db"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("postgresql://127.0.0.1:1/x", "postgresql://127.0.0.1:1/x"),
        ("postgres://me:secret@127.0.0.1:1/x", "postgres://me:***@127.0.0.1:1/x"),
        ("postgresql://me@127.0.0.1:1/x?password=secret", "postgresql://me@127.0.0.1:1/x"),
        ("postgresql://me:se@cret@127.0.0.1:1/x", "postgresql://…"),
        ("postgresql://me:secret@/x?host=/nowhere", "postgresql://me:***@/x"),
    ],
)
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_server_that_does_not_answer_is_named_as_it_was_typed(
    typed: str, shown: str, locale: str
) -> None:
    engine = open_engine(typed)

    with pytest.raises(UnreachableDatabaseError) as refused, reading(engine):
        pass

    engine.dispose()
    said = refused.value.words(locale)
    assert f" {shown}" in said
    assert "psycopg" not in said
    assert "secret" not in said


def test_a_file_is_opened_with_no_options_that_would_be_passed_over() -> None:
    with pytest.raises(UnreachableDatabaseError, match="no options"):
        open_engine("sqlite:///archive.db?mode=ro")


@pytest.mark.parametrize("url", ["postgresql://me:secret@h/x", "postgresql://h/x?password=secret"])
def test_no_list_of_processes_shows_a_password(url: str) -> None:
    with pytest.raises(NoToolError, match="--dbname=postgresql://") as refused:
        run_tool("find", url=make_url(url))  # it says what it was called with, and stops

    assert "secret" not in str(refused.value)
