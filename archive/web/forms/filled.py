"""A form as it stands: its controls, the draft they make, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from archive.errors import ArchiveError
from archive.languages import LOCALES, Words
from archive.vocabulary import Kind
from archive.web.forms.bounding import EventBox
from archive.web.forms.controls import Control
from archive.web.forms.dating import DateAnswer
from archive.web.forms.entities import EntityBox
from archive.web.forms.faults import Faults, faults_of
from archive.web.forms.steps import Step

Draft = dict[str, object]

_WHY, _REASON = "correction-reason", "field-reason"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it stands: its controls, the draft they make, and what is wrong with it."""

    kind: Kind
    event_id: str
    step: Step
    fields: tuple[Control | EntityBox, ...]
    common: Mapping[str, Control]
    date: DateAnswer
    raw: Draft
    faults: Faults = field(default_factory=Faults)
    expected: int | None = None
    bounds: Mapping[str, EventBox] = field(default_factory=dict)
    further: tuple[Mapping[str, str], ...] = ()

    @property
    def labels(self) -> dict[str, Words]:
        """Return the label of each control that an error may be about."""
        found: dict[str, Words] = {}
        for one in self.fields:
            label = one.field.label if isinstance(one, EntityBox) else one.label
            found |= dict.fromkeys((one.name, *(f"{one.name}-{each}" for each in LOCALES)), label)
        found |= {name: box.control.label for name, box in self.bounds.items()}
        for name, one in self.common.items():
            found |= dict.fromkeys((name, *(f"{name}-{each}" for each in LOCALES)), one.label)
        return found

    def refused(self, error: ArchiveError) -> "Filled":
        """Return the same form with *error* beside what it is about."""
        found = faults_of(error, self.kind)
        if _WHY in self.common and _REASON in found:  # the reason of a deed has its own control
            found[_WHY] = found.pop(_REASON)
        return replace(self, faults=self.faults.having(found))
