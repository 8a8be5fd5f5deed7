"""Notices sent by mail besides, where a server for it is named; a failure holds up nobody."""

import logging
import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

from sqlalchemy import Engine, select, update

from archive.commands.accounts import ROLES
from archive.commands.noticing import Notice
from archive.errors import FieldError
from archive.languages import Words
from archive.log import to_instant, to_microseconds
from archive.storage import accounts, notices, reading, writing

_SETTING: Final = "ARCHIVE_MAIL_URL"
_ADDRESS: Final = Words(
    "smtp://用户:密码@主机:端口 或 smtps://…，例如 smtp://127.0.0.1:25?from=archive@example.org",
    "smtp://user:password@host:port or smtps://…, such as "
    "smtp://127.0.0.1:25?from=archive@example.org",
)
_SUBJECT: Final = "大模型档案：您的账户有变动 / The Large-Model Archive: your account changed"
_PORTS: Final = {"smtp": 25, "smtps": 465}
_PATIENCE: Final = 10.0
# What could not be sent by then is still told on the site.
_OLDEST: Final = timedelta(days=1)
_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Post:
    """A mail server, and the address that its letters come from."""

    host: str
    port: int
    is_secure: bool
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


def post_at(address: str) -> Post:
    """Return the server of an smtp or smtps address; raises FieldError for any other."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _unusable() from None
    known = dict(pair.partition("=")[::2] for pair in parts.query.split("&"))
    sender = unquote(known.get("from", "")) or f"archive@{parts.hostname}"
    plain = address.isascii() and address.isprintable() and sender.isprintable()
    if parts.scheme not in _PORTS or not parts.hostname or not plain:
        raise _unusable()
    return Post(
        parts.hostname,
        port or _PORTS[parts.scheme],
        parts.scheme == "smtps",
        sender,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def _unusable() -> FieldError:
    return FieldError(field=_SETTING, value="…", accepted=_ADDRESS)  # it may hold a password


def send_notices(engine: Engine, *, address: str, now: datetime) -> int:
    """Mail what is not mailed yet through the server at *address*; return how many were sent.

    Nothing is raised where that fails: the log says so, and the next call tries again for a day.
    """
    try:
        post = post_at(address)
    except FieldError as error:
        logging.getLogger("archive.mail").warning("%s", error)
        return 0
    sent = 0
    for name, notice in _waiting(engine, now):
        if _claim(engine, notice, now):
            sent += _send(engine, post, name, notice)
    return sent


def _waiting(engine: Engine, now: datetime) -> list[tuple[str, Notice]]:
    query = (
        select(notices, accounts.c.name)
        .join(accounts, accounts.c.id == notices.c.account_id)
        .where(
            notices.c.mailed_at.is_(None),
            notices.c.mail != "",
            notices.c.at > to_microseconds(now - _OLDEST),
        )
        .order_by(notices.c.id)
    )
    with reading(engine) as connection:
        return [
            (row.name, Notice(row.id, to_instant(row.at), row.deed, row.words, row.mail))
            for row in connection.execute(query.limit(_MOST))
        ]


def _claim(engine: Engine, notice: Notice, now: datetime) -> bool:
    """Tell whether the letter is ours to send: two processes never send the same."""
    mine = update(notices).where(notices.c.id == notice.number, notices.c.mailed_at.is_(None))
    with writing(engine) as connection:
        return bool(connection.execute(mine.values(mailed_at=to_microseconds(now))).rowcount)


def _send(engine: Engine, post: Post, name: str, notice: Notice) -> bool:
    try:
        _deliver(post, _letter(post, name, notice))
    except (OSError, ValueError, smtplib.SMTPException) as error:
        reason = type(error).__name__  # a server's own words may repeat what it was sent
        logging.getLogger("archive.mail").warning("a notice could not be mailed: %s", reason)
        again = update(notices).where(notices.c.id == notice.number).values(mailed_at=None)
        with writing(engine) as connection:
            connection.execute(again)
        return False
    return True


def _letter(post: Post, name: str, notice: Notice) -> EmailMessage:
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = _SUBJECT, post.sender, notice.mail
    letter["Auto-Submitted"] = "auto-generated"
    said, at = notice.sentence, f"{notice.at:%Y-%m-%d %H:%M} UTC"
    details = ROLES.get(notice.words, Words(notice.words, notice.words))
    chinese = f"（{details.zh}）" if notice.words else ""
    english = f" ({details.en})" if notice.words else ""
    letter.set_content(
        f"{name}：\n\n{at}：{said.zh}{chinese}\n"
        "如果不是您本人所为，请立即更改密码并告知站点的管理者。\n\n"
        f"{at}: {said.en}{english}\n"
        "If this was not you, change your password at once and tell whoever runs the site.\n"
    )
    return letter


def _deliver(post: Post, letter: EmailMessage) -> None:
    """Hand *letter* to the server; a name and password go over an encrypted connection only."""
    context = ssl.create_default_context()
    if post.is_secure:
        wire: smtplib.SMTP = smtplib.SMTP_SSL(
            post.host, post.port, timeout=_PATIENCE, context=context
        )
    else:
        wire = smtplib.SMTP(post.host, post.port, timeout=_PATIENCE)
    with wire:
        wire.ehlo()
        if not post.is_secure and (post.user or wire.has_extn("starttls")):
            wire.starttls(context=context)
        if post.user:
            wire.login(post.user, post.password)
        wire.send_message(letter)
