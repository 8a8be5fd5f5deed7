"""Read models: folds from the log to tables that may be emptied and rebuilt any day."""

from archive.projections.entities import entity_ids
from archive.projections.facts import PER_EVENT
from archive.projections.full_text import indexed
from archive.projections.history import positions_of, root_of
from archive.projections.loading import Loader, no_circles
from archive.projections.marks import BEGUN, EVERY, LASTING
from archive.projections.occurrences import CONFIDENCES, RANKS
from archive.projections.rebuilding import forget_beside, rebuild_beside
from archive.projections.roster import ROSTER, Projection
from archive.projections.runner import apply, lag, rebuild, seen_position
from archive.projections.runs import Grain, runs_of
from archive.projections.standings import Standing, standing_of
from archive.projections.tokens import fts5_query, tsquery

__all__ = [
    "BEGUN",
    "CONFIDENCES",
    "EVERY",
    "LASTING",
    "PER_EVENT",
    "RANKS",
    "ROSTER",
    "Grain",
    "Loader",
    "Projection",
    "Standing",
    "apply",
    "entity_ids",
    "forget_beside",
    "fts5_query",
    "indexed",
    "lag",
    "no_circles",
    "positions_of",
    "rebuild",
    "rebuild_beside",
    "root_of",
    "runs_of",
    "seen_position",
    "standing_of",
    "tsquery",
]
