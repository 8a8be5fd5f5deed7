"""Forms of the desk: controls from the vocabulary, a posted form read into a draft, its errors."""

from archive.web.forms.bounding import BOUNDS, EventBox, event_box
from archive.web.forms.choosing import KindChoices, kinds_for
from archive.web.forms.controls import Control, amount_in_words, control_for
from archive.web.forms.correcting import correction_from, form_of_event, retraction_from
from archive.web.forms.dating import DateAnswer, answer_for
from archive.web.forms.drafting import fill
from archive.web.forms.entities import EntityBox, box_from, hints_for, near_hints_for
from archive.web.forms.faults import Faults
from archive.web.forms.filled import Draft, Filled
from archive.web.forms.sourcing import source_draft, source_form, source_id
from archive.web.forms.steps import Step
from archive.web.forms.submitting import Outcome, fragment_for, submitted
from archive.web.forms.typed import Typed

__all__ = [
    "BOUNDS",
    "Control",
    "DateAnswer",
    "Draft",
    "EntityBox",
    "EventBox",
    "Faults",
    "Filled",
    "KindChoices",
    "Outcome",
    "Step",
    "Typed",
    "amount_in_words",
    "answer_for",
    "box_from",
    "control_for",
    "correction_from",
    "event_box",
    "fill",
    "form_of_event",
    "fragment_for",
    "hints_for",
    "kinds_for",
    "near_hints_for",
    "retraction_from",
    "source_draft",
    "source_form",
    "source_id",
    "submitted",
]
