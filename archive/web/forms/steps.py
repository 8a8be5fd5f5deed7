"""Which button sent the form: record, look at the effect, keep, or do something to a field."""

from dataclasses import dataclass
from typing import Final

from archive.errors import shortened
from archive.languages import Words
from archive.web.frame.asking import MalformedRequestError

RECORD: Final = "record"
NEXT: Final = "next"
EFFECT: Final = "effect"
SUBMIT: Final = "submit"
KEEP: Final = "keep"
CLAIM, UNCLAIM = "claim", "unclaim"
LOOK: Final = "look"
SHOW: Final = "show"
WHEN: Final = "when"
READ: Final = "read"
BOUND: Final = "bound"
FIND, TAKE, CREATE, DROP = "find", "take", "create", "drop"
_FINAL: Final = frozenset({RECORD, NEXT, EFFECT, SUBMIT})
_KNOWN: Final = _FINAL | {
    LOOK, READ, WHEN, BOUND, FIND, TAKE, CREATE, DROP, CLAIM, UNCLAIM, KEEP,
}  # fmt: skip


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
        if verb not in _KNOWN:
            what = Words(f"没有“{shortened(verb)}”这一步", f"there is no step “{shortened(verb)}”")
            raise MalformedRequestError(what=what)
        return cls(verb, field, about)

    @property
    def is_final(self) -> bool:
        """Tell whether the form must be whole: it is to be recorded, submitted or rehearsed."""
        return self.verb in _FINAL

    @property
    def is_rehearsal(self) -> bool:
        """Tell whether only the effect is asked for."""
        return self.verb == EFFECT

    def meant_for(self, field: str, *verbs: str) -> bool:
        """Tell whether the button belongs to *field* and bears one of *verbs*."""
        return self.field == field and self.verb in verbs
