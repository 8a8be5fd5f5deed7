"""Queries: each takes a connection, only reads, and answers with frozen rows."""

from archive.queries.answers import ClaimRow, EntityRef, EventRow, SourceRef
from archive.queries.as_of import AsOf, Head, head, known_position, recorded_at
from archive.queries.citing import SourceAnswer, SourceRow, source_called, sources_known
from archive.queries.counting import Coverage, Facets, coverage, density, facets
from archive.queries.differences import Change, Comparison, compare
from archive.queries.finding import EntityHint, Hits, MergedError, find_entities, search
from archive.queries.habits import day_first, published
from archive.queries.narrowing import Filters, Window
from archive.queries.reasons import Why, WhyStep, why
from archive.queries.recordings import ChangeRow, ChangesPage, changes
from archive.queries.relating import Hanging, Relations, relations
from archive.queries.states import State, StateRow, change_days, state
from archive.queries.telling import StateValue
from archive.queries.timelines import Mark, TimelinePage, marks, timeline
from archive.queries.viewing import (
    Asserted,
    EntityAnswer,
    EventAnswer,
    NameRow,
    VersionRow,
    entity,
    event,
)

__all__ = [
    "AsOf",
    "Asserted",
    "Change",
    "ChangeRow",
    "ChangesPage",
    "ClaimRow",
    "Comparison",
    "Coverage",
    "EntityAnswer",
    "EntityHint",
    "EntityRef",
    "EventAnswer",
    "EventRow",
    "Facets",
    "Filters",
    "Hanging",
    "Head",
    "Hits",
    "Mark",
    "MergedError",
    "NameRow",
    "Relations",
    "SourceAnswer",
    "SourceRef",
    "SourceRow",
    "State",
    "StateRow",
    "StateValue",
    "TimelinePage",
    "VersionRow",
    "Why",
    "WhyStep",
    "Window",
    "change_days",
    "changes",
    "compare",
    "coverage",
    "day_first",
    "density",
    "entity",
    "event",
    "facets",
    "find_entities",
    "head",
    "known_position",
    "marks",
    "published",
    "recorded_at",
    "relations",
    "search",
    "source_called",
    "sources_known",
    "state",
    "timeline",
    "why",
]
