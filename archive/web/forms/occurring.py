"""When a form says that it happened: its date as read, the events that bound it."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from archive.web.forms.bounding import BOUNDS, EventBox
from archive.web.forms.claiming import claims_from
from archive.web.forms.dating import DateAnswer, answer_for
from archive.web.forms.filled import Draft
from archive.web.forms.steps import BOUND, WHEN, Step
from archive.web.forms.typed import Typed
from archive.web.frame.session import today


def after_its_button(connection: Connection, typed: Typed, step: Step) -> Typed:
    """Return the form after a button of the date's own: a reading taken, an event chosen.

    Words that may mean two days are kept as stated: so the log remembers which was chosen.
    """
    if step.verb == BOUND and step.field in BOUNDS:
        return typed.having(**{step.field: step.about})
    if step.verb != WHEN:
        return typed
    before = date_in(connection, typed)
    stated = typed.one("stated") or (before.words if before.is_ambiguous else "")
    return typed.having(when=step.field, stated=stated)


def date_in(connection: Connection, typed: Typed) -> DateAnswer:
    """Return how the words for the date are read, against the day of the source."""
    return answer_for(
        connection,
        typed.one("when"),
        source=typed.one("source"),
        is_relative=any(typed.one(name) for name in BOUNDS),
        may_be_unknown=True,
    )


def occurred(typed: Typed, date: DateAnswer, bounds: Mapping[str, EventBox]) -> Draft:
    """Return when it happened, as a draft says it."""
    given = {
        **_said(date, quotes=[one.get("quote", "") for one in claims_from(typed)]),
        "date_kind": typed.one("date_kind") or "occurred",
        "place": typed.one("place"),
        "time": typed.one("time"),
        **{name: box.event_id for name, box in bounds.items()},
    }
    if typed.one("stated"):
        given["stated"] = typed.one("stated")
    return {name: value for name, value in given.items() if value}


def _said(date: DateAnswer, *, quotes: Iterable[str]) -> dict[str, str]:
    """Return the date as read; its words only where they are the source's, or tell more than it.

    What an editor types is nobody's quotation, and its reading says the same. Words of a quote are
    the source's own; of words that may mean two days the log remembers which was taken.
    """
    if date.reading:
        is_notation = date.reading.edtf == date.words
        is_told = date.is_ambiguous or any(date.words in one for one in quotes)
        kept = date.words if is_told and not is_notation else ""
        return {"edtf": date.reading.edtf, "stated": kept}
    if date.is_kept_as_stated:
        return {"stated": date.words}
    # A date that cannot be read is told as the form's own error, and stands for itself here.
    return {"edtf": today().isoformat()}
