"""The slider below the drawing: where the day held stands, and a tick for each day of change."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from archive.web.drawing.scales import Scale
from archive.web.frame.filters import day
from archive.web.timelines.changing import changes_of
from archive.web.timelines.questions import Question

_SLIDER: Final = 1000


@dataclass(frozen=True, slots=True)
class Margin:
    """The slider below the drawing, in thousandths of its width; ``ticks`` is an SVG path."""

    place: int
    words: str
    ticks: str


def margin(connection: Connection, question: Question, scale: Scale) -> Margin:
    """Return the slider; the days of change are looked up only once somebody asked for a state."""
    if question.held is None:
        return Margin(_SLIDER, "", "")
    left, right = scale.view

    def place(of: int) -> int:
        return round((scale.x(of) - left) / (right - left) * _SLIDER)

    changed = changes_of(connection, known=question.known, choice=question.choice)
    seen = dict.fromkeys(at for at in map(place, changed) if 0 <= at <= _SLIDER)
    at = min(max(place(question.held), 0), _SLIDER)
    return Margin(at, day(question.held), "".join(f"M{tick} 0v8" for tick in seen))
