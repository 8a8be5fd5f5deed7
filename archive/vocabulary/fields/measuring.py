"""Fields that hold an amount: money, a share, any measure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from archive.errors import FieldError
from archive.languages import Words
from archive.vocabulary import amounts
from archive.vocabulary.fields.reading import UNKNOWN, UNKNOWN_WORDS, Json

_WHOLE: Final = Decimal(100)
_UNDISCLOSED: Final = Words("未披露", "undisclosed")
_OF_THE_WHOLE: Final = Words(
    "0 至 100（百分比），例如 100、>=51、30..40", "0 to 100 (percent): 100, >=51, 30..40"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: money, a share in percent, or any measure.

    ``is_part`` tells that it is a part of one whole: nobody holds more than all of it.
    """

    unit: str = ""
    widget: str = "amount"
    is_part: bool = False

    def read(self, raw: object, *, field: str) -> Json:
        """Return the canonical amount; see ``amounts``."""
        amount = amounts.read(raw, field=field, unit=self.unit)
        if self.is_part and not _is_within_the_whole(amount):
            raise FieldError(field=field, value=_as_given(raw, amount), accepted=_OF_THE_WHOLE)
        return amount  # type: ignore[return-value]  # JSON

    def key(self, value: Json) -> str:
        """Return the amount as one line."""
        return amounts.key(value) if isinstance(value, dict) else str(value)

    def words(self, key: str, locale: str) -> str:
        """Return the amount for people."""
        if key == UNKNOWN:
            unsaid = _UNDISCLOSED if self.unit == "share" else UNKNOWN_WORDS
            return unsaid.in_language(locale)
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


def _is_within_the_whole(amount: amounts.Amount) -> bool:
    numbers = [Decimal(str(amount[part])) for part in ("exact", "min", "max") if part in amount]
    return all(0 <= one <= _WHOLE for one in numbers)


def _as_given(raw: object, amount: amounts.Amount) -> str:
    return raw if isinstance(raw, str) else f"{amounts.key(amount)} %"


MONEY: Final = Amount("money")
SHARE: Final = Amount("share")
# What an event may say of one holder; SHARE reads back what an older log says as well.
HELD: Final = Amount("share", is_part=True)
MEASURE: Final = Amount()
