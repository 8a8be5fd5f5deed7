"""People who may edit: their names, roles and passwords, and their sessions."""

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    func,
    insert,
    not_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from archive.commands.drafts import note
from archive.commands.guessing import is_easily_guessed
from archive.errors import FieldError, NotFoundError
from archive.languages import Words
from archive.log import to_microseconds
from archive.storage import accounts, installation, sessions

ROLES: Final = {
    "reader": Words("读者", "reader"),
    "editor": Words("编辑", "editor"),
    "reviewer": Words("审阅", "reviewer"),
    "admin": Words("管理员", "administrator"),
}
SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 128
# Once longer ones were taken, and they still open what they did.
_LONGEST_TYPED: Final = 1024
IDLE: Final = timedelta(hours=8)
LONGEST_SESSION: Final = timedelta(hours=12)
# A session is marked as seen this often, so that most requests only read.
_SEEN_EVERY: Final = timedelta(minutes=5)

ADDED, CHANGED = "account-added", "password-changed"
CHANGED_OWN: Final = "own-password-changed"

_NAME: Final = re.compile(r"\w[\w.@-]{0,63}")
_NAME_ACCEPTED: Final = Words(
    "字母、汉字、数字与 . _ - @，最长 64，未被占用",
    "letters, digits and . _ - @, at most 64, not yet taken",
)
_PASSWORD_ACCEPTED: Final = Words(
    f"{SHORTEST_PASSWORD} 至 {LONGEST_PASSWORD} 个字符，且不同于用户名",
    f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters, other than the name",
)
_UNGUESSED_ACCEPTED: Final = Words(
    "不易猜中的密码，不能是常用密码，也不能由名字、日期或连续按键拼成",
    "one that is hard to guess: no common password, and not made of names, dates or rows of keys",
)
_HIDDEN: Final = "…"
_KEY: Final = "signing key"
_ACCOUNT: Final = Words("用户", "user")


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can log in."""

    name: str
    role: str

    @property
    def may_edit(self) -> bool:
        """Tell whether the account may record, correct and retract."""
        return self.role in {"editor", "reviewer", "admin"}

    @property
    def may_review(self) -> bool:
        """Tell whether the account may accept, send back and reject what others wrote."""
        return self.role in {"reviewer", "admin"}

    @property
    def may_audit(self) -> bool:
        """Tell whether the account may see what everybody did."""
        return self.role == "admin"


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to log in: whose it would be, and the hash that the password must meet.

    An unknown name has no account and an empty hash; it is ``called`` by a mark, not by itself.
    """

    account: Account | None
    password_hash: str
    called: str

    def is_met_by(self, password: str) -> bool:
        """Tell whether the password is the account's; dear work, so hold no transaction."""
        # A longer one is nobody's password, and would only cost work.
        typed = password if len(password) <= _LONGEST_TYPED else ""
        try:
            _hasher().verify(self.password_hash or _hash_of_nobody(), typed)
        except (VerificationError, InvalidHashError):
            return False
        return self.account is not None

    def renewed(self, password: str) -> str:
        """Return a dearer hash of the right password where the kept one is too cheap by now."""
        is_cheap = _hasher().check_needs_rehash(self.password_hash)
        return _hasher().hash(password) if is_cheap else ""


@dataclass(frozen=True, slots=True)
class Session:
    """A live session; ``is_due`` tells that it should be marked as seen."""

    account: Account
    is_due: bool


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _hash_of_nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe())


def folded_name(name: str) -> str:
    """Return *name* as it is compared: in whatever letters it was written."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _checked_name(name: str) -> str:
    folded = folded_name(name)
    if not _NAME.fullmatch(folded):
        raise FieldError(field="name", value=name, accepted=_NAME_ACCEPTED)
    return folded


def demand_strong(password: str, *, name: str) -> None:
    """Raise FieldError where *password* is too short, too long, or easily guessed."""
    long_enough = SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD
    if not long_enough or folded_name(password) == name or len(set(password)) == 1:
        raise FieldError(field="password", value=_HIDDEN, accepted=_PASSWORD_ACCEPTED)
    if is_easily_guessed(password, name=name):
        raise FieldError(field="password", value=_HIDDEN, accepted=_UNGUESSED_ACCEPTED)


def hashed(password: str, *, name: str) -> str:
    """Return what is kept of a password, or raise FieldError for a weak one; dear work."""
    demand_strong(password, name=name)
    return _hasher().hash(password)


def add_user(
    connection: Connection, *, name: str, password: str, role: str, now: datetime
) -> Account:
    """Keep a new account; raises FieldError for a taken name, an unknown role, a weak password."""
    known = _checked_name(name)
    if role not in ROLES:
        accepted = Words("、".join(ROLES), ", ".join(ROLES))
        raise FieldError(field="role", value=role, accepted=accepted)
    if connection.scalar(select(accounts.c.id).where(accounts.c.name == known)) is not None:
        raise FieldError(field="name", value=name, accepted=_NAME_ACCEPTED)
    row = {
        "name": known,
        "role": role,
        "password_hash": hashed(password, name=known),
        "created_at": to_microseconds(now),
    }
    connection.execute(insert(accounts), row)
    note(connection, deed=ADDED, about=known, account="", now=now, field=known, words=role)
    return Account(known, role)


def change_password(connection: Connection, *, name: str, password: str, now: datetime) -> None:
    """Give the account another password and end all its sessions; raises NotFoundError."""
    known = folded_name(name)
    _demand_account(connection, known)
    keep_hash(connection, name=known, password_hash=hashed(password, name=known))
    note(connection, deed=CHANGED, about=known, account="", now=now, field=known)


def keep_hash(connection: Connection, *, name: str, password_hash: str) -> None:
    """Give an account the hash of another password and end all its sessions."""
    number = _demand_account(connection, name)
    changed = update(accounts).where(accounts.c.id == number)
    connection.execute(changed.values(password_hash=password_hash))
    connection.execute(delete(sessions).where(sessions.c.account_id == number))


def _demand_account(connection: Connection, name: str) -> int:
    number: int | None = connection.scalar(select(accounts.c.id).where(accounts.c.name == name))
    if number is None:
        raise NotFoundError(what=_ACCOUNT, name=name)
    return number


def token_digest(token: str) -> bytes:
    """Return what is kept of a session's token, and opens nothing."""
    return hashlib.sha256(token.encode()).digest()


def open_session(connection: Connection, *, account: Account, now: datetime) -> str:
    """Return the token of a fresh session; only its digest is kept."""
    number = _demand_account(connection, account.name)
    token, instant = secrets.token_urlsafe(32), to_microseconds(now)
    _forget_ended(connection, now)
    row = {
        "token_hash": token_digest(token),
        "account_id": number,
        "created_at": instant,
        "seen_at": instant,
        "expires_at": to_microseconds(now + LONGEST_SESSION),
    }
    connection.execute(insert(sessions), row)
    return token


def _forget_ended(connection: Connection, now: datetime) -> None:
    connection.execute(delete(sessions).where(not_(is_live(now))))


def is_live(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a session has not ended: by its age, or for nobody came."""
    idle_since = to_microseconds(now - IDLE)
    return and_(sessions.c.expires_at > to_microseconds(now), sessions.c.seen_at > idle_since)


def find_session(connection: Connection, *, token: str, now: datetime) -> Session | None:
    """Return the live session that *token* opens; only reads."""
    query = (
        select(accounts.c.name, accounts.c.role, sessions.c.seen_at)
        .join(sessions, sessions.c.account_id == accounts.c.id)
        .where(sessions.c.token_hash == token_digest(token), is_live(now))
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    is_due = row.seen_at <= to_microseconds(now - _SEEN_EVERY)
    return Session(Account(row.name, row.role), is_due)


def session_account(connection: Connection, *, token: str, now: datetime) -> Account | None:
    """Return whose session *token* opens, if it is still live."""
    found = find_session(connection, token=token, now=now)
    return found.account if found else None


def mark_seen(connection: Connection, *, token: str, now: datetime) -> None:
    """Put off the idle end of a live session."""
    same = update(sessions).where(sessions.c.token_hash == token_digest(token))
    later = func.max if connection.dialect.name == "sqlite" else func.greatest
    connection.execute(same.values(seen_at=later(sessions.c.seen_at, to_microseconds(now))))


def close_session(connection: Connection, *, token: str) -> bool:
    """End the session that *token* opens, and tell whether there was one."""
    ended = delete(sessions).where(sessions.c.token_hash == token_digest(token))
    return bool(connection.execute(ended).rowcount)


def signing_key(connection: Connection) -> bytes | None:
    """Return the key with which this installation signs forms, if it has one already."""
    return connection.scalar(select(installation.c.value).where(installation.c.name == _KEY))


def keep_signing_key(connection: Connection) -> bytes:
    """Return the installation's key, made now if there was none; several may start at once."""
    try:
        with connection.begin_nested():
            row = {"name": _KEY, "value": secrets.token_bytes(32)}
            connection.execute(insert(installation), row)
    except IntegrityError:  # another process was first
        pass
    return signing_key(connection) or b""
