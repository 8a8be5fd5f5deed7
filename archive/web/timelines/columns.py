"""What stands below the drawing: the facets, and the list of the same events."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from archive.queries import covered_days, facets
from archive.web.timelines.chips import names_of
from archive.web.timelines.covering import view_of
from archive.web.timelines.facets import Section, sections_of
from archive.web.timelines.listing import RowsView, rows_view, window_of
from archive.web.timelines.missing import Missed, missed
from archive.web.timelines.questions import Question
from archive.web.timelines.windows import View

# Up to so many events all facets are counted at once; beyond it those that are joined follow.
_FEW: Final = 20_000


@dataclass(frozen=True, slots=True)
class Columns:
    """The facets and the first stretch of the list, of one window.

    ``is_part`` tells that the facets of entities and sources are still to be counted.
    """

    question: Question
    view: View
    sections: tuple[Section, ...]
    rows: RowsView
    total: int
    is_part: bool
    missed: Missed | None


def columns(connection: Connection, question: Question) -> Columns | None:
    """Return what stands below the drawing; None where the archive holds no dated event yet."""
    held = covered_days(connection, known=question.known)
    if held is None:
        return None
    view = view_of(question, held)
    rows, page = rows_view(connection, question, view=view)
    told = missed(connection, question, held, view=view, rows=page.rows)
    is_part = question.known > _FEW and not question.is_whole
    sections = facets_of(connection, question, view=view, is_linked=not is_part)
    return Columns(question, view, sections, rows, page.total, is_part, told)


def facets_of(
    connection: Connection, question: Question, *, view: View | None = None, is_linked: bool = True
) -> tuple[Section, ...]:
    """Return the facets of the window; those of entities and sources only if *is_linked*."""
    seen = view or view_of(question, covered_days(connection, known=question.known))
    found = facets(
        connection,
        window=window_of(seen),
        filters=question.choice,
        known=question.known,
        is_linked=is_linked,
    )
    return sections_of(found, names_of(connection, question))
