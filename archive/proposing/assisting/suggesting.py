"""What a language model says of a text, and the protocol by which it is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A draft as a model words it: nothing in it is believed before it is found in the text.

    ``kind_words`` are the words that tell the kind, ``fields`` the names of fields, each with the
    words that are said to fill it; a name may stand more than once.
    """

    kind: str
    kind_words: str
    quote: str = ""
    when: str = ""
    fields: tuple[tuple[str, str], ...] = ()


class Assistant(Protocol):
    """Whoever can be asked which events a text tells."""

    @property
    def name(self) -> str:
        """Return what the desk calls it: its model, or where it answers."""

    def suggest(
        self, text: str, *, published: date, language: str | None = None
    ) -> Sequence[Suggestion]:
        """Return what *text*, which came out on *published*, tells; raises AssistantError."""
