"""Articles as pasted: the text that drafts are made from, kept for the editors alone."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Row, insert, select

from archive.commands.recording import new_id
from archive.errors import FieldError, NotFoundError
from archive.languages import Words
from archive.log import to_instant, to_microseconds
from archive.storage.desk import articles

LONGEST_TEXT: Final = 200_000
_ARTICLE: Final = Words("文章", "article")
_TEXT: Final = Words(
    f"1 至 {LONGEST_TEXT} 个字符的文本", f"a text of 1 to {LONGEST_TEXT} characters"
)
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Article:
    """A text, the source that it is, the day it came out (EDTF or empty) and its language."""

    id: str
    account: str
    source: str
    published: str
    language: str
    text: str
    created_at: datetime


def keep_article(
    connection: Connection,
    *,
    source: str,
    text: str,
    published: str,
    language: str,
    account: str,
    now: datetime,
) -> str:
    """Keep a pasted text and return its id; raises FieldError for none or one that is too long."""
    plain = text_to_keep(text)
    row = {
        "id": new_id(),
        "account": account,
        "source": source,
        "published": published,
        "language": language,
        "text": plain,
        "created_at": to_microseconds(now),
    }
    connection.execute(insert(articles), row)
    return row["id"]  # type: ignore[return-value]  # a new id is text


def text_to_keep(text: str) -> str:
    """Return *text* as it is kept; raises FieldError for none or one that is too long."""
    plain = readable(text)
    if not plain.strip() or len(plain) > LONGEST_TEXT:
        raise FieldError(field="text", value=f"{len(plain)}", accepted=_TEXT)
    return plain


def readable(text: str) -> str:
    """Return *text* composed (NFC), with plain line ends, without what nobody sees."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = (one for one in plain if one == "\n" or unicodedata.category(one)[0] != "C")
    return unicodedata.normalize("NFC", "".join(seen))


def article_called(connection: Connection, name: str) -> Article:
    """Return the article called *name*; raises NotFoundError."""
    row = connection.execute(select(articles).where(articles.c.id == name)).one_or_none()
    if row is None:
        raise NotFoundError(what=_ARTICLE, name=name)
    return _article(row)


def texts_of(connection: Connection, *, source: str) -> list[str]:
    """Return the texts that were kept of *source*, the newest first."""
    kept = select(articles.c.text).where(articles.c.source == source)
    newest = kept.order_by(articles.c.created_at.desc(), articles.c.id.desc())
    return list(connection.scalars(newest.limit(_SHOWN)))


def latest_articles(connection: Connection, *, account: str) -> list[Article]:
    """Return what *account* pasted lately, the newest first."""
    query = select(articles).where(articles.c.account == account)
    newest = query.order_by(articles.c.created_at.desc(), articles.c.id.desc()).limit(_SHOWN)
    return [_article(row) for row in connection.execute(newest)]


def _article(row: Row[tuple[object, ...]]) -> Article:
    return Article(
        row.id,
        row.account,
        row.source,
        row.published,
        row.language,
        row.text,
        to_instant(row.created_at),
    )
