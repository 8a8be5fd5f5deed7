"""A posted form as a person typed it: one value, several, or rows of values side by side."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from werkzeug.datastructures import MultiDict

LONGEST_LINE: Final = 300
_NEWLINES: Final = str.maketrans({"\r": None})


def visible(text: str) -> str:
    """Return *text* without what nobody sees: controls, zero widths, marks of direction."""
    return "".join(letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cf"})


@dataclass(frozen=True, slots=True)
class Typed:
    """What came in under each name; a browser's line ends and outer blanks are taken off."""

    fields: "MultiDict[str, str]"

    def one(self, name: str) -> str:
        """Return the last value under *name*, or nothing."""
        values = self.fields.getlist(name)
        return values[-1].translate(_NEWLINES).strip() if values else ""

    def line(self, name: str) -> str:
        """Return a name or a word as it is seen, no longer than a line."""
        return visible(self.one(name)).strip()[:LONGEST_LINE]

    def several(self, name: str) -> tuple[str, ...]:
        """Return each value under *name* once, empty ones left out."""
        given = (value.strip() for value in self.fields.getlist(name))
        return tuple(dict.fromkeys(value for value in given if value))

    def rows(self, prefix: str, parts: Iterable[str]) -> list[dict[str, str]]:
        """Return the rows of a repeated set of fields, those left wholly empty taken out."""
        columns = {part: self.fields.getlist(f"{prefix}-{part}") for part in parts}
        count = max((len(column) for column in columns.values()), default=0)
        rows = [
            {
                part: visible(column[number]).strip() if number < len(column) else ""
                for part, column in columns.items()
            }
            for number in range(count)
        ]
        return [row for row in rows if any(row.values())]

    def having(self, **values: str) -> "Typed":
        """Return the same form with some values put in the place of others."""
        fields = self.fields.copy()
        for name, value in values.items():
            fields.setlist(name.replace("_", "-"), [value])
        return Typed(fields)
