"""What a reader's words for a day mean, where they mean several and a state is of the last."""

from dataclasses import dataclass
from datetime import date

from archive.dates import read
from archive.web.frame.session import today
from archive.web.frame.translating import current_locale


@dataclass(frozen=True, slots=True)
class Several:
    """Words that mean more than one day; ``first`` is None where nothing tells the first."""

    words: str
    first: date | None


def several_days(words: str, held: date) -> Several | None:
    """Return what *words* mean, if that is several days of which *held* is the last."""
    if not words.strip():
        return None
    reading = read(words, ref=today(), lang=current_locale(), whole=True)
    if reading is None or reading.latest != held or reading.earliest == held:
        return None
    return Several(words.strip(), reading.earliest)
