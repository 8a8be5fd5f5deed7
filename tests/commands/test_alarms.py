"""What looks like an attack is told in the log, by words that stay, and to the audit."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from archive.commands.accounts import Account
from archive.commands.alarms import LOGGER, SIGNS, alarms
from archive.commands.entering import authenticate
from archive.commands.noting import note
from archive.commands.refusing import note_often
from archive.commands.throttling import FAILURES, ThrottledError
from archive.commands.visits import FAILED, FLOODING, REFUSED, REFUSED_OFTEN
from archive.storage import reading, writing

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
HOME = "192.0.2.1"


def noted(engine: Engine, deed: str, times: int, *, at: datetime = NOW) -> None:
    with writing(engine) as connection:
        for _time in range(times):
            note(connection, deed=deed, about="", account="", now=at)


def told(engine: Engine) -> list[tuple[str, int]]:
    with reading(engine) as connection:
        return [(one.words.en, one.count) for one in alarms(connection, now=NOW)]


def test_a_quiet_day_raises_no_alarm(engine: Engine) -> None:
    noted(engine, FAILED, 19)
    noted(engine, REFUSED, 19)

    assert told(engine) == []


def test_many_failures_and_refusals_are_an_alarm(engine: Engine) -> None:
    noted(engine, FAILED, 15)
    noted(engine, "second-factor-failed", 5, at=NOW - timedelta(hours=1))
    noted(engine, REFUSED, 20)

    assert told(engine) == [("failed logins", 20), ("refused entries", 20)]


def test_yesterday_is_no_alarm(engine: Engine) -> None:
    noted(engine, FAILED, 50, at=NOW - timedelta(hours=24, minutes=1))

    assert told(engine) == []


def test_a_login_that_must_wait_is_logged_by_words_that_stay(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    def guess() -> None:
        authenticate(engine, name="nobody", password="x", address=HOME, now=NOW)  # noqa: S106 - wrong on purpose

    for _time in range(FAILURES):
        guess()
    with caplog.at_level(logging.WARNING, LOGGER):
        for _time in range(3):
            with pytest.raises(ThrottledError):
                guess()

    (line,) = [one for one in caplog.records if one.name == LOGGER]
    assert line.levelno == logging.WARNING
    assert line.getMessage().startswith("alarm: a login must wait; account=#")
    assert line.getMessage().endswith(f"address={HOME}")
    assert told(engine)[0][1] == 1


@pytest.mark.parametrize("deed", [REFUSED_OFTEN, FLOODING])
def test_what_goes_on_is_logged_and_shown(
    engine: Engine, deed: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, LOGGER):
        note_often(engine, deed, account=Account("anna", "editor"), address=HOME, now=NOW)

    assert caplog.text.count("alarm: ") == 1
    assert "account=anna address=192.0.2.1" in caplog.text
    assert len(told(engine)) == 1


def test_every_sign_is_told_in_both_languages() -> None:
    assert all(one.words.zh and one.words.en and one.least > 0 for one in SIGNS)
