"""One-time codes and recovery codes: set up, taken once, throttled, taken away."""

from datetime import datetime, timedelta
from itertools import pairwise

import pyotp
import pytest
from sqlalchemy import Engine, select

from archive.commands.accounts import Account
from archive.commands.entering import authenticate
from archive.commands.entering_twice import (
    PATIENCE,
    close_half,
    complete,
    half_account,
    open_half,
)
from archive.commands.noticing import unread
from archive.commands.noting import latest_steps
from archive.commands.own_account import change_own_password
from archive.commands.second_factor import (
    RECOVERY_CODES,
    NoSetUpError,
    Standing,
    begin_factor,
    confirm_factor,
    remove_factor,
    renew_codes,
    reset_factor,
    standing,
)
from archive.commands.sessions import find_session, open_session
from archive.commands.throttling import FAILURES, WINDOW, ThrottledError
from archive.commands.visits import FAILED_CODE, THROTTLED
from archive.errors import NotFoundError
from archive.storage import reading, recovery_codes, second_factors, writing
from tests.commands.people import HOME, NOW, PASSWORD, add_people

KEY = "of a site that lives for one test"
ANNA, BEA = Account("anna", "admin"), Account("bea", "editor")
STEP = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _people(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    add_people(engine, monkeypatch, ANNA, BEA)


def begun(engine: Engine, account: Account = ANNA) -> str:
    with writing(engine) as connection:
        return begin_factor(connection, account=account, secret_key=KEY, now=NOW)


def code_of(secret: str, at: datetime = NOW) -> str:
    return pyotp.TOTP(secret).at(at)


def set_up(engine: Engine, account: Account = ANNA, *, key: str = KEY) -> tuple[str, list[str]]:
    """Set the second factor of *account* five minutes ago; return its secret and its codes."""
    early = NOW - timedelta(minutes=5)
    with writing(engine) as connection:
        secret = begin_factor(connection, account=account, secret_key=key, now=early)
        code = code_of(secret, early)
        codes = confirm_factor(connection, account=account, code=code, secret_key=key, now=early)
    return secret, list(codes)


def enter(engine: Engine, code: str, *, now: datetime = NOW, key: str = KEY) -> bool:
    return complete(engine, account=ANNA, code=code, secret_key=key, address=HOME, now=now)


def log_in(engine: Engine, password: str = PASSWORD, *, now: datetime = NOW) -> Account | None:
    return authenticate(engine, name="anna", password=password, address=HOME, now=now)


def test_a_secret_that_is_not_confirmed_asks_nothing_of_anybody(engine: Engine) -> None:
    begun(engine)

    with reading(engine) as connection:
        assert not standing(connection, account=ANNA).is_set


def test_a_wrong_code_confirms_nothing(engine: Engine) -> None:
    secret = begun(engine)
    wrong = f"{(int(code_of(secret)) + 1) % 1_000_000:06}"

    with writing(engine) as connection:
        codes = confirm_factor(connection, account=ANNA, code=wrong, secret_key=KEY, now=NOW)

    assert codes == ()
    with reading(engine) as connection:
        assert not standing(connection, account=ANNA).is_set


def test_a_right_code_sets_the_factor_and_gives_ten_codes_of_120_bits(engine: Engine) -> None:
    _secret, codes = set_up(engine)

    assert len(set(codes)) == RECOVERY_CODES == 10
    assert all(len(one.replace("-", "")) == 24 for one in codes)
    with reading(engine) as connection:
        assert standing(connection, account=ANNA) == Standing(is_set=True, codes_left=10)
        assert not standing(connection, account=BEA).is_set


def test_neither_the_secret_nor_a_recovery_code_lies_open_in_the_database(engine: Engine) -> None:
    secret, codes = set_up(engine)

    with reading(engine) as connection:
        kept = bytes(connection.execute(select(second_factors.c.secret)).scalar_one())
        hashes = [bytes(one) for one in connection.scalars(select(recovery_codes.c.code_hash))]

    assert secret.encode() not in kept
    assert not any(one.replace("-", "").encode() in b"".join(hashes) for one in codes)


def test_a_code_is_taken_once_and_no_older_one_after_it(engine: Engine) -> None:
    secret, _codes = set_up(engine)

    assert enter(engine, code_of(secret))
    assert not enter(engine, code_of(secret))
    assert not enter(engine, code_of(secret, NOW - STEP))
    assert enter(engine, code_of(secret, NOW + STEP), now=NOW + STEP)


@pytest.mark.parametrize("steps", [0, -1], ids=["the same", "an older one"])
def test_whose_code_is_used_again_is_told_of_it(engine: Engine, steps: int) -> None:
    secret, _codes = set_up(engine)
    enter(engine, code_of(secret))
    with reading(engine) as connection:
        before = [one.deed for one in unread(connection, name="anna")]

    assert not enter(engine, code_of(secret, NOW + steps * STEP))

    with reading(engine) as connection:
        told = [one.deed for one in unread(connection, name="anna")]
    assert before == ["factor-set"]
    assert told == ["one-time-code-reused", "factor-set"]


def test_a_code_that_was_never_one_is_no_code_used_again(engine: Engine) -> None:
    secret, _codes = set_up(engine)
    enter(engine, code_of(secret))

    enter(engine, code_of(secret, NOW - 9 * STEP))
    enter(engine, "x")

    with reading(engine) as connection:
        assert [one.deed for one in unread(connection, name="anna")] == ["factor-set"]


def test_the_code_that_confirmed_the_factor_opens_nothing(engine: Engine) -> None:
    secret = begun(engine)
    with writing(engine) as connection:
        confirm_factor(connection, account=ANNA, code=code_of(secret), secret_key=KEY, now=NOW)

    assert not enter(engine, code_of(secret))


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_ahead_or_behind(engine: Engine, steps: int) -> None:
    secret, _codes = set_up(engine)

    assert enter(engine, code_of(secret, NOW + steps * STEP))


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_clock_may_not_be_further_off(engine: Engine, steps: int) -> None:
    secret, _codes = set_up(engine)

    assert not enter(engine, code_of(secret, NOW + steps * STEP))


def test_a_code_is_taken_however_its_digits_are_written(engine: Engine) -> None:
    secret, _codes = set_up(engine)
    code = code_of(secret)
    wide = "".join(chr(ord(one) - ord("0") + ord("０")) for one in code)

    assert enter(engine, f" {wide[:3]} {wide[3:]} ")


def test_a_recovery_code_opens_once_and_its_use_is_told(engine: Engine) -> None:
    _secret, codes = set_up(engine)

    assert enter(engine, codes[3].lower().replace("-", " "))
    assert not enter(engine, codes[3])
    with reading(engine) as connection:
        assert standing(connection, account=ANNA).codes_left == 9
        told = [one.deed for one in unread(connection, name="anna")]
    assert told == ["recovery-code-used", "factor-set"]


def test_a_recovery_code_of_one_opens_no_account_of_another(engine: Engine) -> None:
    set_up(engine)
    _secret, codes = set_up(engine, BEA)

    assert not enter(engine, codes[0])


def test_new_recovery_codes_void_the_old_ones(engine: Engine) -> None:
    _secret, old = set_up(engine)
    with writing(engine) as connection:
        fresh = renew_codes(connection, account=ANNA, now=NOW)

    assert not set(fresh) & set(old)
    assert not enter(engine, old[0])
    assert enter(engine, fresh[0])


def test_without_a_factor_there_are_no_recovery_codes(engine: Engine) -> None:
    with writing(engine) as connection, pytest.raises(NoSetUpError):
        renew_codes(connection, account=ANNA, now=NOW)


def test_what_is_set_is_not_set_up_anew_over_it(engine: Engine) -> None:
    set_up(engine)

    with pytest.raises(NoSetUpError):
        begun(engine)
    with writing(engine) as connection, pytest.raises(NoSetUpError):
        confirm_factor(connection, account=ANNA, code="000000", secret_key=KEY, now=NOW)


def test_under_another_key_recovery_codes_alone_open(engine: Engine) -> None:
    secret, codes = set_up(engine)

    assert not enter(engine, code_of(secret), key="another key")
    assert enter(engine, codes[0], key="another key")


def test_a_site_without_a_key_of_its_own_encrypts_under_the_archives(engine: Engine) -> None:
    secret, _codes = set_up(engine, key="")

    assert enter(engine, code_of(secret), key="")


def test_wrong_codes_are_throttled_as_wrong_passwords_are(engine: Engine) -> None:
    secret, codes = set_up(engine)
    for number in range(FAILURES):
        assert not enter(engine, f"{number:06}")

    for right in (code_of(secret), codes[0]):
        with pytest.raises(ThrottledError):
            enter(engine, right)
    with pytest.raises(ThrottledError):
        log_in(engine)
    later = NOW + WINDOW + STEP
    assert enter(engine, code_of(secret, later), now=later)


def test_the_right_password_does_not_forget_wrong_codes(engine: Engine) -> None:
    set_up(engine)
    for number in range(FAILURES):
        assert log_in(engine) == ANNA
        assert not enter(engine, f"{number:06}")

    with pytest.raises(ThrottledError):
        enter(engine, "999999")


def test_a_login_done_forgets_what_went_wrong_before(engine: Engine) -> None:
    secret, _codes = set_up(engine)
    for number in range(FAILURES - 1):
        enter(engine, f"{number:06}")

    assert enter(engine, code_of(secret))
    for number in range(FAILURES):
        assert not enter(engine, f"{number:06}", now=NOW + STEP)


def test_changing_the_password_often_makes_nobody_wait(engine: Engine) -> None:
    set_up(engine)
    words = [PASSWORD, *(f"staple gun and paper {number}" for number in range(FAILURES + 1))]

    for present, fresh in pairwise(words):
        assert change_own_password(
            engine, account=ANNA, present=present, password=fresh, address=HOME, now=NOW
        )


def test_wrong_codes_stand_in_the_audit_and_no_code_does(engine: Engine) -> None:
    set_up(engine)
    for number in range(FAILURES):
        enter(engine, f"73550{number}")
    with pytest.raises(ThrottledError):
        enter(engine, "735509")

    with reading(engine) as connection:
        steps = latest_steps(connection)
    deeds = [one.deed for one in steps]
    assert deeds.count(FAILED_CODE) == FAILURES
    assert deeds.count(THROTTLED) == 1
    assert "73550" not in str(steps)


def test_half_a_login_opens_no_session_and_lasts_ten_minutes(engine: Engine) -> None:
    with writing(engine) as connection:
        token = open_half(connection, account=ANNA, now=NOW)

    with reading(engine) as connection:
        assert find_session(connection, token=token, now=NOW) is None
        assert half_account(connection, token=token, now=NOW) == ANNA
        assert half_account(connection, token=token, now=NOW + PATIENCE) is None
        assert half_account(connection, token="another", now=NOW) is None  # noqa: S106 - nobody's


def test_half_a_login_is_closed_by_hand_or_by_another_password(engine: Engine) -> None:
    with writing(engine) as connection:
        first = open_half(connection, account=ANNA, now=NOW)
        second = open_half(connection, account=ANNA, now=NOW)
        close_half(connection, token=first)
    words = {"present": PASSWORD, "password": "staple gun and paper"}
    change_own_password(engine, account=ANNA, **words, address=HOME, now=NOW)

    with reading(engine) as connection:
        assert half_account(connection, token=first, now=NOW) is None
        assert half_account(connection, token=second, now=NOW) is None


def test_a_session_knows_whether_there_is_a_second_factor(engine: Engine) -> None:
    with writing(engine) as connection:
        token = open_session(connection, account=ANNA, now=NOW)
        before = find_session(connection, token=token, now=NOW)
    set_up(engine)

    with reading(engine) as connection:
        after = find_session(connection, token=token, now=NOW)
    assert before is not None
    assert after is not None
    assert (before.has_second_factor, after.has_second_factor) == (False, True)


def test_what_is_removed_is_gone_with_its_recovery_codes(engine: Engine) -> None:
    secret, codes = set_up(engine)
    with writing(engine) as connection:
        remove_factor(connection, account=ANNA, now=NOW)

    assert not enter(engine, codes[0])
    assert not enter(engine, code_of(secret))
    with reading(engine) as connection:
        assert standing(connection, account=ANNA).codes_left == 0


def test_a_reset_from_the_server_ends_all_sessions_and_is_told(engine: Engine) -> None:
    set_up(engine)
    with writing(engine) as connection:
        token = open_session(connection, account=ANNA, now=NOW)
        reset_factor(connection, name=" Anna ", now=NOW)

    with reading(engine) as connection:
        assert not standing(connection, account=ANNA).is_set
        assert find_session(connection, token=token, now=NOW) is None
        assert unread(connection, name="anna")[0].deed == "factor-reset"
        assert latest_steps(connection)[0].deed == "factor-reset"
    with writing(engine) as connection, pytest.raises(NotFoundError):
        reset_factor(connection, name="eve", now=NOW)
