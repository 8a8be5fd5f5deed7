"""A date as typed and as read: in words, its bounds, and what else it may mean."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from archive.dates import Reading, describe, phrase, read
from archive.errors import NotFoundError, UnreadableDateError
from archive.queries import head, source_called
from archive.web.frame.session import today
from archive.web.frame.translating import current_locale


@dataclass(frozen=True, slots=True)
class DateAnswer:
    """How typed words were read, against which day; no reading where they are no date."""

    words: str
    reference: date
    is_from_source: bool
    reading: Reading | None

    @property
    def sentence(self) -> str:
        """Return the reading in the reader's language."""
        return phrase(self.reading.edtf, locale=current_locale()) if self.reading else ""


def reference_day(connection: Connection, source: str) -> date | None:
    """Return the day on which a source was published, if it is known."""
    if not source:
        return None
    try:
        found = source_called(connection, slug=source, known=head(connection).position)
        bounds = describe(found.ref.published) if found.ref.published else None
    except (NotFoundError, UnreadableDateError):
        return None
    return (bounds.latest or bounds.earliest) if bounds else None


def answer_for(
    connection: Connection, words: str, *, source: str = "", reference: date | None = None
) -> DateAnswer:
    """Return how *words* read against *reference*, else the day of *source*, else today."""
    published = None if reference else reference_day(connection, source)
    against = reference or published or today()
    reading = read(words, ref=against, lang=current_locale()) if words else None
    return DateAnswer(words, against, published is not None, reading)
