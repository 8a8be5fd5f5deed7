"""People with an account: their names, their roles, where they are told what befalls it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, select, update

from archive.commands.noticing import MAIL, ROLE, notify
from archive.commands.noting import note
from archive.errors import FieldError, NotFoundError
from archive.languages import Words
from archive.storage import accounts, half_logins, sessions

ROLES: Final = {
    "reader": Words("读者", "reader"),
    "editor": Words("编辑", "editor"),
    "reviewer": Words("审阅", "reviewer"),
    "admin": Words("管理员", "administrator"),
}
_MAIL: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\\x00-\x20]{1,64}@[A-Za-z0-9.-]{1,189}")
_MAIL_ACCEPTED: Final = Words(
    "一个邮箱地址，例如 name@example.org；留空则不寄",
    "an address such as name@example.org, or nothing",
)
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


def folded_name(name: str) -> str:
    """Return *name* as it is compared: in whatever letters it was written."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def number_of(connection: Connection, name: str) -> int:
    """Return the number of the account called *name*; raises NotFoundError."""
    number: int | None = connection.scalar(select(accounts.c.id).where(accounts.c.name == name))
    if number is None:
        raise NotFoundError(what=_ACCOUNT, name=name)
    return number


def demand_role(role: str) -> None:
    """Raise FieldError where there is no such role."""
    if role not in ROLES:
        accepted = Words("、".join(ROLES), ", ".join(ROLES))
        raise FieldError(field="role", value=role, accepted=accepted)


def change_role(connection: Connection, *, name: str, role: str, now: datetime) -> None:
    """Give the account another role, and end all its sessions; NotFoundError, FieldError."""
    known = folded_name(name)
    demand_role(role)
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


def end_all_sessions(connection: Connection, *, name: str) -> None:
    """End every session of the account, and every login that is half done."""
    number = number_of(connection, name)
    connection.execute(delete(sessions).where(sessions.c.account_id == number))
    connection.execute(delete(half_logins).where(half_logins.c.account_id == number))
