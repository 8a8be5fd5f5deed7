"""What narrows the view: each word of the address chooses, or excludes where a minus precedes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from archive.languages import Words
from archive.queries import Choice, Filters, Without
from archive.vocabulary import CONFIDENCE, GROUPS, IMPORTANCE, KINDS
from archive.web.timelines.addresses import Address

MINUS: Final = "-"
LONGEST_TEXT: Final = 200
PRECISIONS: Final[Mapping[str, Words]] = {
    "day": Words("精确到日", "day known"),
    "month": Words("精确到月", "month known"),
    "quarter": Words("精确到季度", "quarter known"),
    "season": Words("精确到季节", "season known"),
    "half": Words("精确到半年", "half-year known"),
    "year": Words("精确到年", "year known"),
    "decade": Words("精确到年代", "decade known"),
    "century": Words("精确到世纪", "century known"),
    "range": Words("一段日期之内", "within a range"),
    "open": Words("一端未知", "one end unknown"),
}


@dataclass(frozen=True, slots=True)
class _Said:
    """What is asked for under one word of the address, and what is excluded."""

    chosen: frozenset[str]
    excluded: frozenset[str]

    @property
    def one(self) -> str:
        """Return what is asked for where only one can be: the last in order."""
        return max(self.chosen, default="")


def choice_of(address: Address) -> Choice:
    """Return what *address* chooses and excludes."""
    kinds = _said(address, "kind", Words("事件类型", "kind of event"), KINDS)
    groups = _said(address, "group", Words("分组", "group"), [str(group) for group in GROUPS])
    importance = _said(address, "importance", Words("重要性", "importance"), IMPORTANCE)
    confidence = _said(address, "confidence", Words("可信度", "confidence"), CONFIDENCE)
    precisions = _said(address, "precision", Words("日期精度", "precision"), PRECISIONS)
    entities, sources = _said(address, "entity"), _said(address, "source")
    return Choice(
        filters=Filters(
            kinds=kinds.chosen,
            groups=groups.chosen,
            entity=entities.one,
            source=sources.one,
            text=address.one("q")[:LONGEST_TEXT],
            importance=importance.one,
            confidence=confidence.one,
            disputed=address.one("disputed") == "1",
            retracted=address.one("retracted") == "1",
        ),
        precisions=precisions.chosen,
        without=Without(
            kinds=kinds.excluded,
            groups=groups.excluded,
            entities=entities.excluded,
            sources=sources.excluded,
            importance=importance.excluded,
            confidence=confidence.excluded,
            precisions=precisions.excluded,
            disputed=address.one("disputed") == f"{MINUS}1",
        ),
    )


def named(address: Address, field: str, *, what: Words, known: Collection[str]) -> str:
    """Return the one name given for *field*; empty if there is none, or none that is *known*."""
    return address.checked(field, address.one(field), what=what, known=known)


def _said(
    address: Address, field: str, what: Words | None = None, known: Collection[str] = ()
) -> _Said:
    chosen: set[str] = set()
    excluded: set[str] = set()
    for word in address.all(field):
        name = word.removeprefix(MINUS)
        taken = address.checked(field, name, what=what, known=known) if what else name
        (excluded if word.startswith(MINUS) else chosen).add(taken)
    return _Said(frozenset(filter(None, chosen)), frozenset(filter(None, excluded)))
