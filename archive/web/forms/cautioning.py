"""What looks wrong with a form while it is typed."""

from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from archive.commands.articles import article_called
from archive.errors import NotFoundError
from archive.languages import LOCALES, Words
from archive.proposing import Caution, warnings_for
from archive.web.forms.filled import Filled
from archive.web.forms.keeping import ARTICLE
from archive.web.forms.marking import nearest
from archive.web.forms.typed import Typed

_NOT_THERE: Final = Words(
    "引文不在文章中；最接近的是：“{nearest}”",
    "The quote is not in the article; the nearest words are: “{nearest}”",
)


def misquoted(connection: Connection, typed: Typed) -> tuple[Caution, ...]:
    """Return a doubt where the quote does not stand in the article that the form is made from."""
    name, quote = typed.line(ARTICLE), typed.one("quote")
    if not (name and quote):
        return ()
    try:
        text = article_called(connection, name).text
    except NotFoundError:
        return ()
    if quote in text:
        return ()
    words = nearest(text, quote)
    said = Words(*(_NOT_THERE.in_language(one).format(nearest=words) for one in LOCALES))
    return (Caution("misquoted", said, field="quote"),)


def cautions_for(
    connection: Connection, filled: Filled, typed: Typed, *, event_id: str = ""
) -> tuple[Caution, ...]:
    """Return what a person should look at before recording the form; *event_id* is corrected."""
    if not filled.kind.is_world:
        return ()
    words = [typed.one(f"{name}-{locale}") for name in ("title", "summary") for locale in LOCALES]
    draft = {**filled.raw, "id": event_id or filled.event_id}
    if filled.date.reading is None:  # the day that stands in for it is nobody's
        del draft["occurred"]
    found = warnings_for(connection, draft, text=" ".join(filter(None, words)))
    return misquoted(connection, typed) + tuple(
        replace(one, event="") if one.event == event_id else one
        for one in found
        if not (event_id and one.event == event_id and one.check == "same_event")
    )
