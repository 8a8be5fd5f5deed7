"""Which button sent the form: record, record and go on, look again, or do something to a field."""

from dataclasses import dataclass
from typing import Final

from archive.errors import shortened
from archive.languages import Words
from archive.web.frame.asking import MalformedRequestError

RECORD: Final = "record"
NEXT: Final = "next"
LOOK: Final = "look"
SHOW: Final = "show"
WHEN: Final = "when"
READ: Final = "read"
BOUND: Final = "bound"
FIND, TAKE, CREATE, DROP = "find", "take", "create", "drop"
_FINAL: Final = frozenset({RECORD, NEXT})


@dataclass(frozen=True, slots=True)
class Step:
    """A button's value: a verb, and for a field's own buttons its name and what it is about."""

    verb: str = RECORD
    field: str = ""
    about: str = ""

    @classmethod
    def from_words(cls, words: str) -> "Step":
        """Return the step that a button's value names; Enter in a form means to record.

        Raises MalformedRequestError for a value that no button of ours has.
        """
        if not words.strip():
            return cls()
        verb, _colon, rest = words.partition(":")
        field, _colon, about = rest.partition(":")
        known = {RECORD, NEXT, LOOK, READ, WHEN, BOUND, FIND, TAKE, CREATE, DROP}
        if verb not in known:
            what = Words(f"没有“{shortened(verb)}”这一步", f"there is no step “{shortened(verb)}”")
            raise MalformedRequestError(what=what)
        return cls(verb, field, about)

    @property
    def is_final(self) -> bool:
        """Tell whether the form is to be recorded."""
        return self.verb in _FINAL

    def meant_for(self, field: str, *verbs: str) -> bool:
        """Tell whether the button belongs to *field* and bears one of *verbs*."""
        return self.field == field and self.verb in verbs
