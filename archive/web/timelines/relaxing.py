"""What to drop when nothing is found: the narrowing without which most would be."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from archive.queries import Choice, Window, timeline
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
            filters=_less_excluded(question.choice, chip)
            if chip.is_excluded
            else _less(question.choice, chip),
            known=question.known,
            limit=1,
        )
        if page.total > most:
            best, most = replace(chip, count=page.total), page.total
    return best


def _less(choice: Choice, chip: Chip) -> Choice:
    filters, without = choice.filters, choice.without
    dropped: Mapping[str, Choice] = {
        "kind": replace(choice, filters=replace(filters, kinds=filters.kinds - {chip.value})),
        "group": replace(choice, filters=replace(filters, groups=filters.groups - {chip.value})),
        "precision": replace(choice, precisions=choice.precisions - {chip.value}),
        "disputed": replace(
            choice,
            filters=replace(filters, disputed=False),
            without=replace(without, disputed=False),
        ),
        "entity": replace(choice, filters=replace(filters, entity="")),
        "source": replace(choice, filters=replace(filters, source="")),
        "q": replace(choice, filters=replace(filters, text="")),
        "importance": replace(choice, filters=replace(filters, importance="")),
        "confidence": replace(choice, filters=replace(filters, confidence="")),
    }
    return dropped.get(chip.field, choice)


def _less_excluded(choice: Choice, chip: Chip) -> Choice:
    without, value = choice.without, frozenset({chip.value})
    dropped = {
        "kind": replace(without, kinds=without.kinds - value),
        "group": replace(without, groups=without.groups - value),
        "entity": replace(without, entities=without.entities - value),
        "source": replace(without, sources=without.sources - value),
        "importance": replace(without, importance=without.importance - value),
        "confidence": replace(without, confidence=without.confidence - value),
        "precision": replace(without, precisions=without.precisions - value),
    }
    return replace(choice, without=dropped.get(chip.field, without))
