"""Queries: each takes a connection, only reads, and answers with frozen rows."""

from archive.queries.answers import ClaimRow, EntityRef, EventRow, SourceRef
from archive.queries.as_of import AsOf, Head, head, known_position, recorded_at
from archive.queries.derived.chains import Range
from archive.queries.derived.effects import CellEffect, DayEffect, Effect, effect
from archive.queries.derived.exchange import TARGETS, Converted, converted, rates_until
from archive.queries.derived.following import CellChange, CellHistory, cell_history
from archive.queries.derived.freedom import (
    DEFINITIONS,
    USUAL,
    Definition,
    Judgement,
    Terms,
    Verdict,
)
from archive.queries.derived.licensing import (
    DefinitionCount,
    Judged,
    LicenceRow,
    Licences,
    counted,
    judged_models,
    judged_rows,
    licence_rows,
    licences,
)
from archive.queries.derived.lives import Lived, ended_by, has_begun, lived
from archive.queries.derived.losing import HeldBefore, held_before, lost_since
from archive.queries.derived.ownership import (
    OwnerGroup,
    Ownership,
    ownership_around,
    ownership_on,
)
from archive.queries.derived.rights import Overfull
from archive.queries.derived.series import Point, Series, series_of
from archive.queries.derived.stakes import Stake
from archive.queries.derived.touching import EntityHistory, changes_in, entity_history
from archive.queries.events.choosing import Choice, Without
from archive.queries.events.citing import SourceAnswer, SourceRow, source_called, sources_known
from archive.queries.events.counting import (
    Coverage,
    Facets,
    coverage,
    covered_days,
    density,
    facets,
    first_told,
    maskings_after,
    number_in,
    texts_masked_after,
)
from archive.queries.events.finding import (
    EntityHint,
    Hits,
    MergedError,
    entity_called,
    find_entities,
    near_entities,
    search,
)
from archive.queries.events.habits import day_first, published
from archive.queries.events.marking import Mark
from archive.queries.events.news import News, news
from archive.queries.events.recordings import ChangeRow, ChangesPage, changes
from archive.queries.events.relating import Hanging, Relations, relations
from archive.queries.events.sorts import kinds_since
from archive.queries.events.timelines import TimelinePage, cursor_at, timeline
from archive.queries.events.viewports import Cluster, Viewport, ViewportLane, viewport
from archive.queries.held.arguing import Argument, Rival
from archive.queries.held.differences import Change, Compared, Comparison, compare
from archive.queries.held.gathering import size
from archive.queries.held.phrasing import StateRow, values_in_words
from archive.queries.held.posts import is_lasting
from archive.queries.held.qualifying import doubts, qualities
from archive.queries.held.reasons import Why, WhyStep, why
from archive.queries.held.sealing import SEAL_FORMAT, SEAL_FORMATS, Asked, log_root, seal, whole
from archive.queries.held.sorting import SORTED_BY, Sort, is_sortable, sorted_rows
from archive.queries.held.states import Folded, InKeys, State, state, state_in_keys
from archive.queries.held.stepping import change_days
from archive.queries.held.tallying import ValueCount, value_counts
from archive.queries.held.telling import StateValue
from archive.queries.known.narrowing import Filters, Window
from archive.queries.viewing.entities import EntityAnswer, NameRow, entity
from archive.queries.viewing.events import Asserted, EventAnswer, VersionRow, event
from archive.queries.viewing.neighbours import Beside, beside

__all__ = [
    "DEFINITIONS",
    "SEAL_FORMAT",
    "SEAL_FORMATS",
    "SORTED_BY",
    "TARGETS",
    "USUAL",
    "Argument",
    "AsOf",
    "Asked",
    "Asserted",
    "Beside",
    "CellChange",
    "CellEffect",
    "CellHistory",
    "Change",
    "ChangeRow",
    "ChangesPage",
    "Choice",
    "ClaimRow",
    "Cluster",
    "Compared",
    "Comparison",
    "Converted",
    "Coverage",
    "DayEffect",
    "Definition",
    "DefinitionCount",
    "Effect",
    "EntityAnswer",
    "EntityHint",
    "EntityHistory",
    "EntityRef",
    "EventAnswer",
    "EventRow",
    "Facets",
    "Filters",
    "Folded",
    "Hanging",
    "Head",
    "HeldBefore",
    "Hits",
    "InKeys",
    "Judged",
    "Judgement",
    "LicenceRow",
    "Licences",
    "Lived",
    "Mark",
    "MergedError",
    "NameRow",
    "News",
    "Overfull",
    "OwnerGroup",
    "Ownership",
    "Point",
    "Range",
    "Relations",
    "Rival",
    "Series",
    "Sort",
    "SourceAnswer",
    "SourceRef",
    "SourceRow",
    "Stake",
    "State",
    "StateRow",
    "StateValue",
    "Terms",
    "TimelinePage",
    "ValueCount",
    "Verdict",
    "VersionRow",
    "Viewport",
    "ViewportLane",
    "Why",
    "WhyStep",
    "Window",
    "Without",
    "beside",
    "cell_history",
    "change_days",
    "changes",
    "changes_in",
    "compare",
    "converted",
    "counted",
    "coverage",
    "covered_days",
    "cursor_at",
    "day_first",
    "density",
    "doubts",
    "effect",
    "ended_by",
    "entity",
    "entity_called",
    "entity_history",
    "event",
    "facets",
    "find_entities",
    "first_told",
    "has_begun",
    "head",
    "held_before",
    "is_lasting",
    "is_sortable",
    "judged_models",
    "judged_rows",
    "kinds_since",
    "known_position",
    "licence_rows",
    "licences",
    "lived",
    "log_root",
    "lost_since",
    "maskings_after",
    "near_entities",
    "news",
    "number_in",
    "ownership_around",
    "ownership_on",
    "published",
    "qualities",
    "rates_until",
    "recorded_at",
    "relations",
    "seal",
    "search",
    "series_of",
    "size",
    "sorted_rows",
    "source_called",
    "sources_known",
    "state",
    "state_in_keys",
    "texts_masked_after",
    "timeline",
    "value_counts",
    "values_in_words",
    "viewport",
    "whole",
    "why",
]
