"""What looks like an attack: told at once in the log, and to whoever looks at the audit."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Row, func, select

from archive.languages import Words
from archive.log import to_instant, to_microseconds
from archive.storage.desk import desk_steps

# The logger's name and the line's first words stay as they are: people watch for them.
LOGGER: Final = "archive.alarm"
LOOKED_BACK: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Sign:
    """What the audit must hold, how often within LOOKED_BACK, to be an alarm."""

    deeds: Sequence[str]
    least: int
    words: Words


@dataclass(frozen=True, slots=True)
class Alarm:
    """A sign that was met: what, how many times, and when last."""

    words: Words
    count: int
    latest_at: datetime


SIGNS: Final = (
    Sign(
        ("login-throttled",),
        1,
        Words(
            "因失败次数过多而须等候的登录",
            "logins that must wait, after too many failures",
        ),
    ),
    Sign(
        ("login-failed", "second-factor-failed"),
        20,
        Words("失败的登录", "failed logins"),
    ),
    Sign(
        ("access-refused-often",),
        1,
        Words(
            "同一人或同一地址屡次进入无权之处",
            "entries tried again and again by somebody who may not enter",
        ),
    ),
    Sign(
        ("access-refused",),
        20,
        Words("被拒绝的进入", "refused entries"),
    ),
    Sign(
        ("requests-flooding",),
        1,
        Words("来自同一地址的请求异常多", "floods of requests from one address"),
    ),
)


def alarm(what: str, *, name: str = "", address: str = "") -> None:
    """Log a warning whose beginning never changes; *name* is an account's, or a mark."""
    logging.getLogger(LOGGER).warning("alarm: %s; account=%s address=%s", what, name, address)


def alarms(connection: Connection, *, now: datetime) -> list[Alarm]:
    """Return what looks like an attack within the last day."""
    since = to_microseconds(now - LOOKED_BACK)
    wanted = [deed for sign in SIGNS for deed in sign.deeds]
    query = (
        select(
            desk_steps.c.deed, func.count().label("many"), func.max(desk_steps.c.at).label("at")
        )
        .where(desk_steps.c.at > since, desk_steps.c.deed.in_(wanted))
        .group_by(desk_steps.c.deed)
    )
    found = {row.deed: row for row in connection.execute(query)}
    return [told for sign in SIGNS if (told := _met(sign, found))]


def _met(sign: Sign, found: Mapping[str, Row[tuple[str, int, int]]]) -> Alarm | None:
    rows = [found[deed] for deed in sign.deeds if deed in found]
    count = sum(row.many for row in rows)
    if count < sign.least:
        return None
    return Alarm(sign.words, count, to_instant(max(row.at for row in rows)))
