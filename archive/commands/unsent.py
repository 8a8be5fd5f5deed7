"""What somebody types at the desk that makes no event: an article to be read, a comment.

It is kept as drafts are until it is sent, under kinds of its own.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, delete, select

from archive.commands.drafts import LIVE, Draft, draft_called
from archive.languages import Words
from archive.storage.desk import drafts

ARTICLE, COMMENT = "article", "comment"
LABELS: Final = {
    ARTICLE: Words("待读的文章", "article to be read"),
    COMMENT: Words("审阅意见", "reviewer’s comment"),
}


def comment_on(connection: Connection, *, account: str, draft: str) -> Draft | None:
    """Return what *account* wrote last about *draft* and has not sent, if anything."""
    theirs = (drafts.c.account == account, drafts.c.status.in_(LIVE))
    about = (drafts.c.kind == COMMENT, drafts.c.target == draft)
    query = select(drafts.c.id).where(*theirs, *about).order_by(drafts.c.saved_at.desc())
    name = connection.scalar(query.limit(1))
    return draft_called(connection, name) if name else None


def comments_on(connection: Connection, *, drafts_called: Sequence[str]) -> list[str]:
    """Return what the unsent comments on some drafts are called, whoever wrote them."""
    about = (drafts.c.kind == COMMENT, drafts.c.target.in_(drafts_called))
    return list(connection.scalars(select(drafts.c.id).where(*about)))


def sent(connection: Connection, *, account: str, name: str = "", about: str = "") -> None:
    """Keep no longer what *account* has sent: what is called *name*, or all comments *about*."""
    theirs = (drafts.c.account == account, drafts.c.status.in_(LIVE))
    which = drafts.c.id == name if name else (drafts.c.target == about)
    kinds = drafts.c.kind.in_([ARTICLE] if name else [COMMENT])
    connection.execute(delete(drafts).where(*theirs, kinds, which))
