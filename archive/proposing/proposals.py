"""What an article proposes: drafts, each field with the words that it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from archive.vocabulary import MACHINE_PROPOSED, kind

Value: TypeAlias = str | bool | list[str] | Mapping[str, object]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters of the text as it was given, the end not among them."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that stand there."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Tell whether *other* lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Tell whether both have a character in common."""
        return self.start < other.end and other.start < self.end

    def gap(self, other: "Span") -> int:
        """Return how many characters lie between both."""
        return max(self.start - other.end, other.start - self.end, 0)


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of the archive, recognised by one of its names.

    ``rivals`` are the ids of the others that bear the very same name.
    """

    id: str
    type: str
    words: str
    span: Span
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """One field of a draft: the id of an entity in a role, or a canonical value, and its words."""

    field: str
    value: Value
    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft that an article proposes; nothing of it is recorded.

    The date may be carried over from an earlier sentence; ``edtf`` is empty where none was found.
    Every field that is not among ``roles`` and ``data`` is left to a person. ``is_assisted`` tells
    that a language model chose the words: the event made of them bears that mark for ever.
    """

    kind: str
    kind_words: str
    kind_span: Span
    edtf: str
    stated: str
    when_span: Span
    is_carried: bool
    date_kind: str
    roles: tuple[Filled, ...]
    data: tuple[Filled, ...]
    named: tuple[Named, ...]
    paragraph: int
    locator: str
    quote: str
    quote_span: Span
    is_assisted: bool = False

    @property
    def subject(self) -> str:
        """Return the id of the entity that the draft is about; empty where none was found."""
        role = kind(self.kind).subject
        return next((str(one.value) for one in self.roles if one.field == role), "")

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the required fields of the kind that stay empty."""
        given = {one.field for one in (*self.roles, *self.data)}
        fields = kind(self.kind).fields
        return tuple(one.name for one in fields if one.required and one.name not in given)

    def raw(self, source: str, *, quote_language: str = "") -> dict[str, object]:
        """Return the draft as it is checked and recorded, perhaps not yet complete."""
        claim = {
            "source": source,
            "locator": self.locator,
            "confidence": "medium",
            "quote": self.quote,
            "quote_language": quote_language,
        }
        occurred = {"edtf": self.edtf, "stated": self.stated, "date_kind": self.date_kind}
        return {
            "kind": self.kind,
            "occurred": {name: value for name, value in occurred.items() if value},
            "entities": [{"role": one.field, "id": str(one.value)} for one in self.roles],
            "data": {one.field: one.value for one in self.data},
            "claims": [{name: value for name, value in claim.items() if value}],
            **({"tags": [MACHINE_PROPOSED]} if self.is_assisted else {}),
        }
