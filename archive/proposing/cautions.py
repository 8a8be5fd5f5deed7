"""A doubt about a draft, in words for people; it forbids nothing."""

from dataclasses import dataclass

from archive.languages import Words


@dataclass(frozen=True, slots=True)
class Caution:
    """A doubt: which check has it, in words, about which field, and the event that it names.

    ``field`` is empty where the doubt is about the whole, ``event`` where it names none.
    """

    check: str
    words: Words
    field: str = ""
    event: str = ""
