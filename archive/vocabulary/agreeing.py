"""What the parts of one event demand of each other."""

from collections.abc import Iterable, Mapping
from typing import Final

from archive.errors import FieldError
from archive.languages import Words
from archive.vocabulary.collecting import Collector
from archive.vocabulary.definition import Kind
from archive.vocabulary.event import Mention

_SAYING: Final = {"figure_reported": frozenset({"value", "statement"})}


def says_something(known: Kind, data: Mapping[str, object]) -> bool:
    """Tell whether one of the fields is there of which the kind needs any."""
    needed = _SAYING.get(known.name)
    return needed is None or not needed.isdisjoint(data)


def demand_a_saying(known: Kind, data: Mapping[str, object], errors: Collector) -> None:
    """Demand a value or a statement of what reports one."""
    if not says_something(known, data):
        accepted = Words("数值或表态至少一项", "a value or a statement")
        errors.errors.append(FieldError(field="value", value="", accepted=accepted))


def demand_one_sort(known: Kind, mentions: Iterable[Mention], errors: Collector) -> None:
    """Two entities are one only if they are of one type, and none is merged into itself."""
    if known.name != "entities_merged":
        return
    into = next((mention for mention in mentions if mention.role == "into"), None)
    for mention in mentions:
        if into is None or mention.role == "into":
            continue
        if mention.id == into.id or mention.type != into.type:
            accepted = Words(f"另一个 {into.type}", f"another {into.type}")
            value = f"{mention.id} ({mention.type})"
            errors.errors.append(FieldError(field="from", value=value, accepted=accepted))
