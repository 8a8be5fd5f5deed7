"""What to drop when nothing is found: the narrowing without which most would be."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from archive.queries import Filters, Window, timeline
from archive.web.timelines.chips import Chip
from archive.web.timelines.questions import Question


def busiest(
    connection: Connection, question: Question, chips: Sequence[Chip], *, window: Window | None
) -> Chip | None:
    """Return the chip without which most events would be found; None if no single one helps."""
    best, most = None, 0
    for chip in chips:
        page = timeline(
            connection,
            window=None if chip.field == "from" else window,
            filters=_without(question.filters, chip),
            known=question.known,
            limit=1,
        )
        if page.total > most:
            best, most = replace(chip, count=page.total), page.total
    return best


def _without(filters: Filters, chip: Chip) -> Filters:
    dropped: Mapping[str, Filters] = {
        "kind": replace(filters, kinds=filters.kinds - {chip.value}),
        "group": replace(filters, groups=filters.groups - {chip.value}),
        "entity": replace(filters, entity=""),
        "source": replace(filters, source=""),
        "q": replace(filters, text=""),
        "importance": replace(filters, importance=""),
        "confidence": replace(filters, confidence=""),
        "disputed": replace(filters, disputed=False),
    }
    return dropped.get(chip.field, filters)
