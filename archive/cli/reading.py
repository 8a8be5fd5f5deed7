"""How words on the command line are read: days, and where relative words count from."""

from datetime import UTC, date, datetime
from typing import Any

import click
from sqlalchemy import Connection
from typing_extensions import override

from archive.cli.speaking import locale, said
from archive.dates import read, unreadable
from archive.errors import FieldError, UnknownNameError
from archive.languages import LOCALES, Words
from archive.projections import entity_ids
from archive.queries import find_entities


def today() -> date:
    """Return the day it is, in UTC."""
    return datetime.now(UTC).date()


def asked_day(words: str, *, field: str, is_end: bool = True) -> date:
    """Return the last day that *words* may mean (the first if not *is_end*).

    Raises UnreadableDateError for words that are no date.
    """
    found = read(words, ref=today(), lang=locale(), whole=True)
    found = found or read(words, ref=today(), whole=True)
    if found is None:
        raise unreadable(words, field=field)
    ends = (found.latest, found.earliest) if is_end else (found.earliest, found.latest)
    return ends[0] or ends[1] or today()


class _Day(click.ParamType[date]):
    """A calendar day, as ISO 8601 writes it."""

    name = "YYYY-MM-DD"

    @override
    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            words = Words(
                f"“{value}”不是日期；可接受例如：2023-07-28",
                f"“{value}” is no day; accepted, for example: 2023-07-28",
            )
            self.fail(said(words), param, ctx)


DAY = _Day()
LANGUAGE = click.Choice(list(LOCALES))


def demand_entity(connection: Connection, slug: str) -> str:
    """Return *slug* if the archive has that entity, else raise UnknownNameError."""
    if slug and not entity_ids(connection, [slug]):
        hints = find_entities(connection, text=slug.replace("-", " "))
        near = [hint.ref.id for hint in hints]
        raise UnknownNameError(what=Words("实体", "entity"), name=slug, known=near, field="entity")
    return slug


def read_pair(text: str, *, field: str) -> tuple[str, str]:
    """Return the two halves of ``NAME=VALUE`` or raise FieldError."""
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        accepted = Words("名称=值", "NAME=VALUE")
        raise FieldError(field=field, value=text, accepted=accepted)
    return name.strip(), value.strip()
