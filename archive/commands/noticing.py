"""What people are told of their own account: notices kept until they are read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update

from archive.languages import Words
from archive.log import to_instant, to_microseconds
from archive.storage import accounts, notices

PASSWORD, OWN_PASSWORD = "password-changed", "own-password-changed"
ROLE, MAIL = "role-changed", "mail-changed"
FACTOR_SET, FACTOR_REMOVED = "factor-set", "factor-removed"
FACTOR_RESET: Final = "factor-reset"
CODE_USED, CODES_RENEWED = "recovery-code-used", "recovery-codes-renewed"
CODE_REUSED: Final = "one-time-code-reused"
ENDED, ENDED_OTHERS = "session-ended", "other-sessions-ended"

SENTENCES: Final = {
    PASSWORD: Words(
        "站点的管理者更改了您的密码；您的所有会话已结束。",
        "Whoever runs the site changed your password; all your sessions have ended.",
    ),
    OWN_PASSWORD: Words(
        "您的密码已更改；其他会话已结束。",
        "Your password was changed; your other sessions have ended.",
    ),
    ROLE: Words("您的角色已更改。", "Your role was changed."),
    MAIL: Words("接收通知的邮箱已更改。", "The address that notices are mailed to was changed."),
    FACTOR_SET: Words(
        "您的账户已启用第二重验证。", "A second factor was set up for your account."
    ),
    FACTOR_REMOVED: Words(
        "您的账户已停用第二重验证。", "The second factor of your account was removed."
    ),
    FACTOR_RESET: Words(
        "站点的管理者清除了您的第二重验证；您的所有会话已结束。",
        "Whoever runs the site removed your second factor; all your sessions have ended.",
    ),
    CODE_USED: Words(
        "有人用一个恢复码登录了您的账户。", "A recovery code was used to log in to your account."
    ),
    CODES_RENEWED: Words(
        "已生成新的恢复码，旧的作废。", "New recovery codes were made; the old ones are void."
    ),
    CODE_REUSED: Words(
        "有人输入了您的密码和一个已用过（或早于上次所用）的一次性验证码，未被接受。",
        "Your password was given with a one-time code that had been used already, or is older "
        "than the one used last; it was refused.",
    ),
    ENDED: Words("您的一个会话被结束。", "One of your sessions was ended."),
    ENDED_OTHERS: Words("您的其他会话均被结束。", "All your other sessions were ended."),
}
# What was read is kept no longer than anybody looks back for it.
_KEPT: Final = timedelta(days=90)
_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that befell an account, in words for whoever has it; ``words`` are details."""

    number: int
    at: datetime
    deed: str
    words: str
    mail: str

    @property
    def sentence(self) -> Words:
        """Return what happened."""
        return SENTENCES.get(self.deed, Words(self.deed, self.deed))


def notify(
    connection: Connection, deed: str, *, name: str, now: datetime, words: str = ""
) -> None:
    """Keep a notice for the account called *name*, to be mailed too where it has an address."""
    row = connection.execute(
        select(accounts.c.id, accounts.c.mail).where(accounts.c.name == name)
    ).one()
    old = notices.c.read_at <= to_microseconds(now - _KEPT)
    connection.execute(delete(notices).where(notices.c.account_id == row.id, old))
    fresh = {"account_id": row.id, "at": to_microseconds(now), "deed": deed}
    connection.execute(insert(notices), fresh | {"words": words, "mail": row.mail})


def unread(connection: Connection, *, name: str) -> list[Notice]:
    """Return what the account called *name* was told and has not put aside, the newest first."""
    query = (
        select(notices)
        .join(accounts, accounts.c.id == notices.c.account_id)
        .where(accounts.c.name == name, notices.c.read_at.is_(None))
        .order_by(notices.c.id.desc())
    )
    return [
        Notice(row.id, to_instant(row.at), row.deed, row.words, row.mail)
        for row in connection.execute(query.limit(_MOST))
    ]


def count_unread(connection: Connection, *, name: str) -> int:
    """Return how many notices the account called *name* has not put aside."""
    theirs = notices.join(accounts, accounts.c.id == notices.c.account_id)
    query = select(func.count()).select_from(theirs)
    unseen = (accounts.c.name == name, notices.c.read_at.is_(None))
    return connection.scalar(query.where(*unseen)) or 0


def put_aside(connection: Connection, *, name: str, until: int, now: datetime) -> None:
    """Mark the notices of an account as read, up to the one numbered *until*."""
    number = select(accounts.c.id).where(accounts.c.name == name).scalar_subquery()
    seen = (notices.c.account_id == number, notices.c.id <= until, notices.c.read_at.is_(None))
    connection.execute(update(notices).where(*seen).values(read_at=to_microseconds(now)))
