"""Marks for the drawing's tests: valid by default, one keyword a change."""

from datetime import date

from archive.dates import EARLIEST_DAY, LATEST_DAY, day_number, describe
from archive.languages import Words
from archive.queries import Mark


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


def a_mark(when: str = "2023-07-14", *, position: int = 1, **changes: object) -> Mark:
    """Return a mark of what *when*, in EDTF, dates."""
    read = describe(when)
    first = EARLIEST_DAY if read.earliest is None else day_number(read.earliest)
    last = LATEST_DAY if read.latest is None else day_number(read.latest)
    likely = last if read.earliest is None else first
    values: dict[str, object] = {
        "position": position,
        "id": f"event-{position}",
        "kind": "model_released",
        "group": "models",
        "first_day": first,
        "last_day": last,
        "day": likely,
        "edtf": when,
        "title": Words(f"第{position}件事件发生了", f"Event number {position} happens"),
        "importance": "minor",
        "is_disputed": False,
        "is_retracted": False,
        "phase": "",
    }
    return Mark(**(values | changes))  # type: ignore[arg-type]  # the keywords are the fields' own
