"""The window of days that is shown: how it moves and grows, and how an address says it."""

from dataclasses import dataclass
from typing import Final

from archive.dates import day_of
from archive.web.drawing.scales import Scale

LEAST_DAYS: Final = 14
_ZOOM: Final = 2
_PAN_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class View:
    """The days shown, inside the days that there are."""

    first_day: int
    last_day: int
    least_day: int
    most_day: int

    @property
    def days(self) -> int:
        """Return how many days are shown."""
        return self.last_day - self.first_day + 1

    @property
    def is_whole(self) -> bool:
        """Tell whether everything is shown."""
        return self.first_day <= self.least_day and self.last_day >= self.most_day


def clamped(
    first_day: int, last_day: int, *, least_day: int, most_day: int, shortest: int = LEAST_DAYS
) -> View:
    """Return the window moved and trimmed so that it lies inside the days that there are."""
    days = min(max(last_day - first_day + 1, shortest), most_day - least_day + 1)
    first = min(max(first_day, least_day), most_day - days + 1)
    return View(first, first + days - 1, least_day, most_day)


def zoomed_out(view: View) -> View:
    """Return the window with twice the days, around the same middle."""
    days = view.days * _ZOOM
    first = (view.first_day + view.last_day + 1) // 2 - days // 2
    return clamped(first, first + days - 1, least_day=view.least_day, most_day=view.most_day)


def zoomed_in(view: View, scale: Scale) -> View:
    """Return what the eye sees in the middle half of *scale*, folds and all."""
    (left, right), quarter = scale.view, (scale.view[1] - scale.view[0]) / 4
    first, last = scale.day(left + quarter), scale.day(right - quarter)
    return clamped(first, last, least_day=view.least_day, most_day=view.most_day)


def panned(view: View, *, later: bool) -> View:
    """Return the window half its length earlier or later."""
    days, (least, most) = view.days, (view.least_day, view.most_day)
    first = view.first_day + max(int(days * _PAN_SHARE), 1) * (1 if later else -1)
    return clamped(first, first + days - 1, least_day=least, most_day=most, shortest=days)


def around(first_day: int, last_day: int, *, view: View) -> View:
    """Return a window that shows the days with a little room on both sides."""
    room = max((last_day - first_day + 1) // 8, 2)
    return clamped(
        first_day - room, last_day + room, least_day=view.least_day, most_day=view.most_day
    )


def query_of(view: View) -> dict[str, str]:
    """Return the words of the address for the window; none for the whole."""
    if view.is_whole:
        return {"from": "", "to": ""}
    return {"from": day_of(view.first_day).isoformat(), "to": day_of(view.last_day).isoformat()}
