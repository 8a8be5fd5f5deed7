"""What looks wrong with a form while it is typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from archive.commands.articles import article_called, readable, texts_of
from archive.dates import Reading, phrase, read
from archive.errors import NotFoundError
from archive.languages import LOCALES, Words
from archive.proposing import Caution, warnings_for
from archive.web.forms.claiming import claim_from, further_claims
from archive.web.forms.dating import answer_for
from archive.web.forms.filled import Filled
from archive.web.forms.keeping import ARTICLE
from archive.web.forms.marking import nearest
from archive.web.forms.typed import Typed

_NOT_THERE: Final = Words(
    "引文不在所存的原文中；最接近的是：“{nearest}”",
    "The quote is not in the stored text of its source; the nearest words are: “{nearest}”",
)
_OTHERWISE: Final = Words(
    "原文中的日期“{stated}”读作{reading}，与所填日期不合",
    "The source's words for the date, “{stated}”, read as {reading}, not as the date given",
)


def misquoted(connection: Connection, typed: Typed) -> tuple[Caution, ...]:
    """Return a doubt for each quote that does not stand in what is stored of its source."""
    claims = (claim_from(typed), *further_claims(typed))
    article = typed.line(ARTICLE)
    found = (
        _misquoted(stored_texts(connection, one.get("source", ""), "" if at else article), one)
        for at, one in enumerate(claims)
    )
    return tuple(one for one in found if one is not None)


def stored_texts(connection: Connection, source: str, article: str = "") -> list[str]:
    """Return the texts of *source* that the desk keeps, that of *article* before the others."""
    texts = texts_of(connection, source=source) if source else []
    try:
        return [article_called(connection, article).text, *texts] if article else texts
    except NotFoundError:
        return texts


def _misquoted(texts: Sequence[str], claim: Mapping[str, str]) -> Caution | None:
    quote = readable(claim.get("quote", "")).strip()
    if not (quote and texts) or any(quote in text for text in texts):
        return None
    words = nearest(texts[0], quote)
    said = Words(*(_NOT_THERE.in_language(one).format(nearest=words) for one in LOCALES))
    return Caution("misquoted", said, field="quote")


def _misdated(connection: Connection, filled: Filled, typed: Typed) -> Iterator[Caution]:
    """Yield a doubt where the source's words for the date mean days that the date excludes."""
    stated, taken = typed.one("stated"), filled.date.reading
    if not stated or taken is None:
        return
    told = answer_for(connection, stated, source=typed.one("source")).reading
    told = told or read(stated, ref=filled.date.reference)
    if told is None or told.alternatives or _may_meet(taken, told):
        return
    shown = {one: phrase(told.edtf, locale=one) for one in LOCALES}
    said = (
        _OTHERWISE.in_language(one).format(stated=stated, reading=shown[one]) for one in LOCALES
    )
    yield Caution("misdated", Words(*said), field="stated")


def _may_meet(one: Reading, other: Reading) -> bool:
    starts = [each.earliest for each in (one, other) if each.earliest]
    ends = [each.latest for each in (one, other) if each.latest]
    return not (starts and ends) or max(starts) <= min(ends)


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
    others = (
        replace(one, event="") if one.event == event_id else one
        for one in found
        if not (event_id and one.event == event_id and one.check == "same_event")
    )
    return (*misquoted(connection, typed), *_misdated(connection, filled, typed), *others)
