"""How often anybody may ask the assistant: each question costs its server a minute's work."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, select

from archive.errors import RefusedError
from archive.languages import Words
from archive.log import to_microseconds
from archive.storage.desk import desk_steps

ASKED: Final = "assistant-asked"
WINDOW: Final = timedelta(hours=1)


class TooManyQuestionsError(RefusedError):
    """Somebody asked the assistant too often of late."""

    sentence = Words(
        zh="您在一小时内已问过助手 {most} 次；请在 {minutes} 分钟后再试。没有新的草稿。",
        en="You asked the assistant {most} times within the hour; try again in {minutes} "
        "minutes. No drafts came of it.",
    )


def demand_patience(connection: Connection, *, account: str, most: int, now: datetime) -> None:
    """Raise TooManyQuestionsError where *account* asked *most* times within the hour."""
    since = to_microseconds(now - WINDOW)
    query = (
        select(desk_steps.c.at)
        .where(
            desk_steps.c.deed == ASKED, desk_steps.c.account == account, desk_steps.c.at > since
        )
        .order_by(desk_steps.c.at.desc())
        .limit(max(most, 1))
    )
    times = connection.scalars(query).all()
    if len(times) >= most:
        left = (times[-1] if times else to_microseconds(now)) - since
        raise TooManyQuestionsError(most=most, minutes=max(1, -(-left // 60_000_000)))
