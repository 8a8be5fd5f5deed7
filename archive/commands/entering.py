"""Who tries to log in: the password held against what is kept, and the failure noted."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, select, update

from archive.commands import hashing
from archive.commands.accounts import Account, folded_name
from archive.commands.keys import keep_signing_key
from archive.commands.throttling import (
    ThrottledError,
    called_in,
    count_failure,
    demand_patience,
    forget_failures,
    note_throttled,
)
from archive.commands.visits import FAILED, note_failed
from archive.storage import accounts, login_attempts, reading, second_factors, writing


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to log in: whose it would be, and the hash that the password must meet.

    An unknown name has no account and an empty hash; it is ``called`` by a mark, not by itself.
    It counts as the failure of that ``number`` until it is admitted; of an account with a second
    factor the password alone is no more than half of it.
    """

    account: Account | None
    password_hash: str
    called: str
    number: int = 0
    has_second_factor: bool = False
    pepper: str = field(default="", repr=False)

    def is_met_by(self, password: str) -> bool:
        """Tell whether the password is the account's; dear work, so hold no transaction."""
        return hashing.is_right(password, kept=self.password_hash, pepper=self.pepper)

    def renewed(self, password: str) -> str:
        """Return another hash of the right password where the kept one is too cheap by now."""
        return hashing.renewed(password, kept=self.password_hash, pepper=self.pepper)


def authenticate(
    engine: Engine, *, name: str, password: str, address: str, now: datetime, pepper: str = ""
) -> Account | None:
    """Return the account if the password is its own, else None; the failure is noted.

    Raises ThrottledError after too many failures for the name or from the address. An unknown
    name costs as much work as a known one, and no work on a password holds up who writes.
    """
    known = folded_name(name)[:64]
    try:
        with reading(engine) as connection:  # whoever must wait holds up nobody who writes
            demand_patience(
                connection, name=called_in(connection, known), address=address, now=now
            )
        with writing(engine) as connection:
            attempt = note_attempt(connection, name=name, address=address, now=now)
    except ThrottledError:
        note_throttled(engine, known, address=address, now=now)
        raise
    attempt = replace(attempt, pepper=pepper)
    if not attempt.is_met_by(password):
        with writing(engine) as connection:
            note_failed(connection, FAILED, attempt.called, address=address, now=now)
        return None
    renewed = attempt.renewed(password)
    with writing(engine) as connection:
        return admit(connection, attempt, renewed=renewed)


def note_attempt(connection: Connection, *, name: str, address: str, now: datetime) -> Attempt:
    """Count an attempt as a failure until it is admitted, and return what it is held against.

    It is counted first, so that many at once are no way around ThrottledError.
    """
    known = folded_name(name)[:64]
    keep_signing_key(connection)
    called = called_in(connection, known)
    number = count_failure(connection, called=called, address=address, now=now)
    query = (
        select(accounts, second_factors.c.confirmed_at)
        .outerjoin(second_factors, second_factors.c.account_id == accounts.c.id)
        .where(accounts.c.name == known)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return Attempt(None, "", called, number)
    account, has_second = Account(row.name, row.role), row.confirmed_at is not None
    return Attempt(account, row.password_hash, called, number, has_second)


def admit(connection: Connection, attempt: Attempt, *, renewed: str = "") -> Account | None:
    """Forget the failures of a name whose password was right; *renewed* replaces its hash.

    Where a second factor is still to come, only this attempt is no longer counted: or whoever
    knows the password could guess at codes for ever.
    """
    if attempt.account is None:
        return None
    name = attempt.account.name
    if attempt.has_second_factor:
        taken_back = login_attempts.c.id == attempt.number
        connection.execute(delete(login_attempts).where(taken_back))
    else:
        forget_failures(connection, name=name)
    if renewed:
        same = (accounts.c.name == name) & (accounts.c.password_hash == attempt.password_hash)
        connection.execute(update(accounts).where(same).values(password_hash=renewed))
    return attempt.account
