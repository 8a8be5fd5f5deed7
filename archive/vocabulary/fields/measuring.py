"""Fields that hold an amount: money, a share, any measure."""

from dataclasses import dataclass
from typing import Final

from archive.vocabulary import amounts
from archive.vocabulary.fields.reading import UNKNOWN, UNKNOWN_WORDS, Json


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: money, a share in percent, or any measure."""

    unit: str = ""
    widget: str = "amount"

    def read(self, raw: object, *, field: str) -> Json:
        """Return the canonical amount; see ``amounts``."""
        return amounts.read(raw, field=field, unit=self.unit)  # type: ignore[return-value]  # JSON

    def key(self, value: Json) -> str:
        """Return the amount as one line."""
        return amounts.key(value) if isinstance(value, dict) else str(value)

    def words(self, key: str, locale: str) -> str:
        """Return the amount for people."""
        if key == UNKNOWN:
            return UNKNOWN_WORDS.in_language(locale)
        unit = "percent" if self.unit == "share" else ""
        return amounts.words(amounts.read(key, field="", unit=self.unit), locale, unit=unit)

    def schema(self) -> dict[str, object]:
        """Describe an amount; decimal numbers travel as strings."""
        number = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
        unit = {"money": ["currency"], "share": []}.get(self.unit, ["unit", "currency"])
        properties: dict[str, object] = dict.fromkeys(("exact", "min", "max"), number)
        properties |= {part: {"type": "string"} for part in (*unit, "stated")}
        properties["approximate"] = {"type": "boolean"}
        shape: dict[str, object] = {
            "type": "object",
            "properties": properties,
            "anyOf": [{"required": [part]} for part in ("exact", "min", "max")],
            "additionalProperties": False,
        }
        return shape | ({"required": ["currency"]} if self.unit == "money" else {})


MONEY: Final = Amount("money")
SHARE: Final = Amount("share")
MEASURE: Final = Amount()
