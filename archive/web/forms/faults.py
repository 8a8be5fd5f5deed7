"""Errors, each beside the control it is about, in sentences that name it by its label."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from archive.errors import ArchiveError, BatchError, FieldError, UnknownNameError
from archive.languages import LOCALES, Words
from archive.vocabulary import Kind

WHOLE: Final = "admin-form"
_COMMON: Final = {
    "occurred": "when",
    "edtf": "when",
    "when": "when",
    "claims": "source",
    "title": "title-zh",
    "summary": "summary-zh",
}
_CONTROLS: Final = frozenset(
    (
        "after",
        "before",
        "date_kind",
        "place",
        "stated",
        "time",
        "importance",
        "source",
        "locator",
        "quote",
        "confidence",
        "reason",
    )
)


@dataclass(frozen=True, slots=True)
class Faults:
    """The first error of each control, in the order in which they were found."""

    by_control: Mapping[str, ArchiveError] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether anything is wrong."""
        return bool(self.by_control)

    def having(self, more: Mapping[str, ArchiveError]) -> "Faults":
        """Return these faults and *more*, which do not hide an earlier one."""
        return Faults({**more, **self.by_control} if not self.by_control else _joined(self, more))

    def sentences(self, labels: Mapping[str, Words], locale: str) -> dict[str, str]:
        """Return a sentence for each control at fault, its label in the place of its name."""
        return {
            name: _sentence(error, labels.get(name), locale)
            for name, error in self.by_control.items()
        }


def _joined(faults: Faults, more: Mapping[str, ArchiveError]) -> dict[str, ArchiveError]:
    return {**faults.by_control, **{k: v for k, v in more.items() if k not in faults.by_control}}


def _sentence(error: ArchiveError, label: Words | None, locale: str) -> str:
    if not isinstance(error, FieldError):
        return error.words(locale)
    if label is None:  # it stands under a question of its own
        return error.words(locale) if error.field else _accepted(error, locale)
    if error.parts.get("value") in {"", None}:
        return f"{label.in_language(locale)}{Words('：', ': ').in_language(locale)}" + _accepted(
            error, locale
        )
    error.parts["field"] = label
    return error.words(locale)


def _accepted(error: ArchiveError, locale: str) -> str:
    accepted = error.parts.get("accepted")
    return accepted.in_language(locale) if isinstance(accepted, Words) else str(accepted)


def faults_of(error: ArchiveError, kind: Kind) -> dict[str, ArchiveError]:
    """Return each error that *error* holds under the control it is about."""
    found: dict[str, ArchiveError] = {}
    for one in _each(error):
        found.setdefault(_control_of(one, kind), one)
    return found


def _each(error: ArchiveError) -> Iterator[ArchiveError]:
    several: Iterable[ArchiveError] = error.errors if isinstance(error, BatchError) else [error]
    yield from several


def _control_of(error: ArchiveError, kind: Kind) -> str:
    name = str(getattr(error, "field", ""))
    root, _dot, part = name.partition(".")
    if root in _CONTROLS and not _is_of_the_kind(error, kind, root, part):
        return root
    if kind.field(root):
        return f"field-{root}-{part}" if part in LOCALES else f"field-{root}"
    if root == "occurred" and part in _CONTROLS:
        return part
    if root in {"title", "summary"} and part in LOCALES:
        return f"{root}-{part}"
    return _COMMON.get(root, WHOLE)


def _is_of_the_kind(error: ArchiveError, kind: Kind, root: str, part: str) -> bool:
    """Tell whether a name that claims and kinds share is meant as the kind's own field."""
    if kind.field(root) is None:
        return False
    return not kind.is_world or isinstance(error, UnknownNameError) or part in LOCALES
