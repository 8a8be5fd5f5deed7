"""The second factor of an account: one-time codes (RFC 6238), and codes for when they are lost.

The secret is encrypted in the database; of recovery codes only hashes are kept.
"""

import base64
import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pyotp
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from archive.commands.accounts import Account, end_all_sessions, folded_name, number_of
from archive.commands.noticing import (
    CODE_REUSED,
    CODE_USED,
    CODES_RENEWED,
    FACTOR_REMOVED,
    FACTOR_RESET,
    FACTOR_SET,
    notify,
)
from archive.commands.noting import note
from archive.commands.vault import opened, sealed
from archive.errors import RefusedError
from archive.languages import Words
from archive.log import to_microseconds
from archive.storage import recovery_codes, second_factors

RECOVERY_CODES: Final = 10
_ISSUER: Final = "Large-Model Archive"
# 120 random bits: ASVS 2.6.2 asks for 112 where the hash has no salt.
_CODE_BYTES: Final = 15
_GROUP: Final = 4
# A clock may be one step, half a minute, ahead or behind.
_STEPS: Final = (0, -1, 1)
_STEP_SECONDS: Final = 30


class NoSetUpError(RefusedError):
    """There is no set-up of a second factor that could be confirmed."""

    sentence = Words(
        zh="没有待确认的第二重验证；请重新开始设置。",
        en="There is no second factor to be confirmed; begin the set-up again.",
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an account has a second factor, and how many recovery codes are left."""

    is_set: bool
    codes_left: int


def standing(connection: Connection, *, account: Account) -> Standing:
    """Return how it stands with the second factor of *account*."""
    number = number_of(connection, account.name)
    query = select(second_factors.c.confirmed_at).where(second_factors.c.account_id == number)
    theirs = recovery_codes.c.account_id == number
    left = connection.scalar(select(func.count()).select_from(recovery_codes).where(theirs)) or 0
    return Standing(connection.scalar(query) is not None, left)


def begin_factor(
    connection: Connection, *, account: Account, secret_key: str, now: datetime
) -> str:
    """Return a fresh secret, which asks nothing of anybody until it is confirmed.

    Raises NoSetUpError where a second factor is set already.
    """
    number = number_of(connection, account.name)
    if standing(connection, account=account).is_set:
        raise NoSetUpError
    secret = pyotp.random_base32()
    connection.execute(delete(second_factors).where(second_factors.c.account_id == number))
    row = {"account_id": number, "created_at": to_microseconds(now)}
    kept = sealed(connection, secret, secret_key=secret_key)
    connection.execute(insert(second_factors), row | {"secret": kept})
    return secret


def unconfirmed_secret(connection: Connection, *, account: Account, secret_key: str) -> str | None:
    """Return the secret of a set-up that waits to be confirmed, if there is one."""
    number = number_of(connection, account.name)
    query = select(second_factors.c.secret).where(
        second_factors.c.account_id == number, second_factors.c.confirmed_at.is_(None)
    )
    kept = connection.scalar(query)
    return None if kept is None else opened(connection, kept, secret_key=secret_key)


def address_of(secret: str, *, account: Account) -> str:
    """Return the otpauth address that a phone takes the secret from."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.name, issuer_name=_ISSUER)


def confirm_factor(
    connection: Connection, *, account: Account, code: str, secret_key: str, now: datetime
) -> tuple[str, ...]:
    """Set the second factor if *code* is one of its own, and return its recovery codes.

    They are shown this once. For a wrong code nothing is returned and nothing changed.
    """
    secret = unconfirmed_secret(connection, account=account, secret_key=secret_key)
    if secret is None:
        raise NoSetUpError
    step = _step_met(secret, code, now)
    if step is None:
        return ()
    mine = second_factors.c.account_id == number_of(connection, account.name)
    set_now = {"confirmed_at": to_microseconds(now), "last_step": step}
    connection.execute(update(second_factors).where(mine).values(set_now))
    _tell(connection, FACTOR_SET, account, now)
    return _renewed(connection, account, now)


def renew_codes(connection: Connection, *, account: Account, now: datetime) -> tuple[str, ...]:
    """Return fresh recovery codes, shown this once; the old ones are void."""
    if not standing(connection, account=account).is_set:
        raise NoSetUpError
    _tell(connection, CODES_RENEWED, account, now)
    return _renewed(connection, account, now)


def remove_factor(connection: Connection, *, account: Account, now: datetime) -> None:
    """Take the second factor away, with its recovery codes."""
    _forget(connection, account.name)
    _tell(connection, FACTOR_REMOVED, account, now)


def reset_factor(connection: Connection, *, name: str, now: datetime) -> None:
    """Take the second factor of somebody who lost it away, from the server; NotFoundError."""
    known = folded_name(name)
    _forget(connection, known)
    end_all_sessions(connection, name=known)
    notify(connection, FACTOR_RESET, name=known, now=now)
    note(connection, deed=FACTOR_RESET, about=known, account="", now=now, field=known)


def is_met(
    connection: Connection, *, account: Account, code: str, secret_key: str, now: datetime
) -> bool:
    """Tell whether *code* is a second factor of *account*; whatever is taken is taken once."""
    plain = _plain(code)
    if plain.isdecimal():
        return _takes_code(connection, account, plain, secret_key, now)
    mine = recovery_codes.c.account_id == number_of(connection, account.name)
    spent = delete(recovery_codes).where(mine, recovery_codes.c.code_hash == _digest(plain))
    if not connection.execute(spent).rowcount:
        return False
    _tell(connection, CODE_USED, account, now)
    return True


def _takes_code(
    connection: Connection, account: Account, code: str, secret_key: str, now: datetime
) -> bool:
    mine = second_factors.c.account_id == number_of(connection, account.name)
    is_set = second_factors.c.confirmed_at.is_not(None)
    query = select(second_factors.c.secret, second_factors.c.last_step).where(mine, is_set)
    row = connection.execute(query).one_or_none()
    secret = opened(connection, row.secret, secret_key=secret_key) if row else None
    if row is None or secret is None:
        return False
    step = _step_met(secret, code, now)
    if step is None:
        return False
    # Whoever sends the same code at the same time finds the step taken.
    fresh = update(second_factors).where(mine, second_factors.c.last_step < step)
    is_fresh = bool(connection.execute(fresh.values(last_step=step)).rowcount)
    if not is_fresh:
        notify(connection, CODE_REUSED, name=account.name, now=now)
    return is_fresh


def _step_met(secret: str, code: str, now: datetime) -> int | None:
    """Return the latest of the time steps about now whose code this is."""
    present = int(now.timestamp()) // _STEP_SECONDS
    wanted, codes = _plain(code), pyotp.TOTP(secret)
    met = [
        step
        for step in (present + one for one in _STEPS)
        if hmac.compare_digest(codes.generate_otp(step).encode(), wanted.encode())
    ]
    return max(met, default=None)


def _renewed(connection: Connection, account: Account, now: datetime) -> tuple[str, ...]:
    number = number_of(connection, account.name)
    connection.execute(delete(recovery_codes).where(recovery_codes.c.account_id == number))
    fresh = tuple(_recovery_code() for _time in range(RECOVERY_CODES))
    row = {"account_id": number, "created_at": to_microseconds(now)}
    rows = [row | {"code_hash": _digest(_plain(one))} for one in fresh]
    connection.execute(insert(recovery_codes), rows)
    return fresh


def _recovery_code() -> str:
    letters = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode()
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def _plain(code: str) -> str:
    """Return *code* as it is compared: without blanks and dashes, in whatever letters."""
    folded = unicodedata.normalize("NFKC", code).upper()
    return "".join(one for one in folded if one.isascii() and one.isalnum())[:64]


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()


def _forget(connection: Connection, name: str) -> None:
    number = number_of(connection, name)
    for table in (second_factors, recovery_codes):
        theirs: ColumnElement[bool] = table.c.account_id == number
        connection.execute(delete(table).where(theirs))


def _tell(connection: Connection, deed: str, account: Account, now: datetime) -> None:
    notify(connection, deed, name=account.name, now=now)
    note(connection, deed=deed, about=account.name, account=account.name, now=now)
