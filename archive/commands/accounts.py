"""People who may edit: their names, roles and passwords."""

import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import (
    Connection,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from archive.commands.drafts import note
from archive.commands.guessing import is_easily_guessed, is_leaked
from archive.commands.noticing import MAIL, OWN_PASSWORD, PASSWORD, ROLE, notify
from archive.errors import FieldError, NotFoundError
from archive.languages import Words
from archive.log import to_microseconds
from archive.storage import accounts, half_logins, installation, sessions

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

ADDED: Final = "account-added"
CHANGED, CHANGED_OWN = PASSWORD, OWN_PASSWORD

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
_LEAKED_ACCEPTED: Final = Words(
    "不在已泄露密码之列的密码：这个密码在泄露的密码中极为常见",
    "one that has not leaked: this one stands among the commonest of leaked passwords",
)
_MAIL: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\\x00-\x20]{1,64}@[A-Za-z0-9.-]{1,189}")
_MAIL_ACCEPTED: Final = Words(
    "一个邮箱地址，例如 name@example.org；留空则不寄",
    "an address such as name@example.org, or nothing",
)
_HIDDEN: Final = "…"
_KEY: Final = "signing key"
# What is kept of a password that was keyed before it was hashed begins so.
_PEPPERED: Final = "hmac:"
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
        # A longer one is nobody's password, and would only cost work.
        typed = password if len(password) <= _LONGEST_TYPED else ""
        if self.password_hash.startswith(_PEPPERED):
            typed = _peppered(typed, self.pepper)
        try:
            _hasher().verify(self._bare or _hash_of_nobody(), typed)
        except (VerificationError, InvalidHashError):
            return False
        return self.account is not None

    def renewed(self, password: str) -> str:
        """Return another hash of the right password where the kept one is too cheap by now."""
        is_plain = bool(self.pepper) and not self.password_hash.startswith(_PEPPERED)
        is_cheap = is_plain or _hasher().check_needs_rehash(self._bare)
        return _hash(password, self.pepper) if is_cheap else ""

    @property
    def _bare(self) -> str:
        return self.password_hash.removeprefix(_PEPPERED)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _hash_of_nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe())


def _hash(password: str, pepper: str) -> str:
    if not pepper:
        return _hasher().hash(password)
    return _PEPPERED + _hasher().hash(_peppered(password, pepper))


def _peppered(password: str, pepper: str) -> str:
    """Return *password* as only who knows the site's own key could have it hashed."""
    return hmac.new(pepper.encode(), password.encode(errors="replace"), "sha256").hexdigest()


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
    if is_leaked(password):
        raise FieldError(field="password", value=_HIDDEN, accepted=_LEAKED_ACCEPTED)
    if is_easily_guessed(password, name=name):
        raise FieldError(field="password", value=_HIDDEN, accepted=_UNGUESSED_ACCEPTED)


def hashed(password: str, *, name: str, pepper: str = "") -> str:
    """Return what is kept of a password, or raise FieldError for a weak one; dear work."""
    demand_strong(password, name=name)
    return _hash(password, pepper)


def add_user(
    connection: Connection,
    *,
    name: str,
    password: str,
    role: str,
    now: datetime,
    pepper: str = "",
) -> Account:
    """Keep a new account; raises FieldError for a taken name, an unknown role, a weak password."""
    known = _checked_name(name)
    _demand_role(role)
    if connection.scalar(select(accounts.c.id).where(accounts.c.name == known)) is not None:
        raise FieldError(field="name", value=name, accepted=_NAME_ACCEPTED)
    row = {
        "name": known,
        "role": role,
        "password_hash": hashed(password, name=known, pepper=pepper),
        "created_at": to_microseconds(now),
    }
    connection.execute(insert(accounts), row)
    note(connection, deed=ADDED, about=known, account="", now=now, field=known, words=role)
    return Account(known, role)


def _demand_role(role: str) -> None:
    if role not in ROLES:
        accepted = Words("、".join(ROLES), ", ".join(ROLES))
        raise FieldError(field="role", value=role, accepted=accepted)


def change_role(connection: Connection, *, name: str, role: str, now: datetime) -> None:
    """Give the account another role, and end all its sessions; NotFoundError, FieldError."""
    known = folded_name(name)
    _demand_role(role)
    number = number_of(connection, known)
    connection.execute(update(accounts).where(accounts.c.id == number).values(role=role))
    end_all_sessions(connection, name=known)
    notify(connection, ROLE, name=known, now=now, words=role)
    note(connection, deed=ROLE, about=known, account="", now=now, field=known, words=role)


def change_mail(
    connection: Connection, *, name: str, mail: str, now: datetime, by: str = ""
) -> None:
    """Let notices of the account be mailed to *mail*, or to nobody; the old address is told too.

    Raises NotFoundError, and FieldError for what is no address.
    """
    known, typed = folded_name(name), mail.strip()
    if typed and not _MAIL.fullmatch(typed):
        raise FieldError(field="mail", value=mail, accepted=_MAIL_ACCEPTED)
    number = number_of(connection, known)
    notify(connection, MAIL, name=known, now=now, words=typed)
    connection.execute(update(accounts).where(accounts.c.id == number).values(mail=typed))
    note(connection, deed=MAIL, about=known, account=by, now=now, field="" if by else known)


def mail_of(connection: Connection, *, name: str) -> str:
    """Return the address that notices of the account are mailed to; empty for none."""
    return connection.scalar(select(accounts.c.mail).where(accounts.c.name == name)) or ""


def change_password(
    connection: Connection, *, name: str, password: str, now: datetime, pepper: str = ""
) -> None:
    """Give the account another password and end all its sessions; raises NotFoundError."""
    known = folded_name(name)
    number_of(connection, known)
    fresh = hashed(password, name=known, pepper=pepper)
    keep_hash(connection, name=known, password_hash=fresh)
    notify(connection, CHANGED, name=known, now=now)
    note(connection, deed=CHANGED, about=known, account="", now=now, field=known)


def keep_hash(connection: Connection, *, name: str, password_hash: str) -> None:
    """Give an account the hash of another password and end all its sessions."""
    changed = update(accounts).where(accounts.c.id == number_of(connection, name))
    connection.execute(changed.values(password_hash=password_hash))
    end_all_sessions(connection, name=name)


def end_all_sessions(connection: Connection, *, name: str) -> None:
    """End every session of the account, and every login that is half done."""
    number = number_of(connection, name)
    connection.execute(delete(sessions).where(sessions.c.account_id == number))
    connection.execute(delete(half_logins).where(half_logins.c.account_id == number))


def number_of(connection: Connection, name: str) -> int:
    """Return the number of the account called *name*; raises NotFoundError."""
    number: int | None = connection.scalar(select(accounts.c.id).where(accounts.c.name == name))
    if number is None:
        raise NotFoundError(what=_ACCOUNT, name=name)
    return number


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
