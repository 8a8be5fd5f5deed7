"""Values as a server reads them, spelt here: the driver's own way is many times as dear.

An array is one text, ``{1,NULL,"a"}``; rows to be copied in are lines of fields between tabs.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

_ABSENT: Final = "\\N"
_COPIED: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_QUOTED: Final = str.maketrans({"\\": "\\\\", '"': '\\"'})


def array(values: Iterable[Any]) -> str:
    """Return numbers or texts, of which some may be None, as an array."""
    return f"{{{','.join([_element(one) for one in values])}}}"


def copied(lines: Iterable[Sequence[Any]]) -> str:
    """Return rows of numbers and texts, of which some may be None, as COPY takes them."""
    return "".join(["\t".join([_field(one) for one in line]) + "\n" for line in lines])


def _element(value: Any) -> str:
    if type(value) is str:
        return f'"{value.translate(_QUOTED)}"'
    return "NULL" if value is None else str(value)


def _field(value: Any) -> str:
    if type(value) is str:
        return value if value.isalnum() else value.translate(_COPIED)
    return _ABSENT if value is None else str(value)
