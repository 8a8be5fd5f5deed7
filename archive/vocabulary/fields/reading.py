"""What every type of field can do, and what all of them share."""

from typing import Final, Protocol, TypeAlias

from archive.languages import Words

Json: TypeAlias = "str | bool | dict[str, Json] | list[Json] | None"

UNKNOWN: Final = "unknown"
UNKNOWN_WORDS: Final = Words("未知", "unknown")


class FieldType(Protocol):
    """How one field's value is read, kept, keyed, phrased and described."""

    @property
    def widget(self) -> str:
        """Return the form control that takes it: a fragment's name."""

    def read(self, raw: object, *, field: str) -> Json:
        """Return the canonical value of *raw* or raise a RefusedError that names *field*."""

    def key(self, value: Json) -> str:
        """Return the value as one line, the same for equal values."""

    def words(self, key: str, locale: str) -> str:
        """Return the words for people of a value given by its key."""

    def schema(self) -> dict[str, object]:
        """Return the JSON Schema of the canonical value."""
