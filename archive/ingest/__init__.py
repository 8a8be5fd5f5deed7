"""Ingest: files to drafts, drafts to events; all or none, and twice is the same as once."""

from archive.ingest.batch import Report, judge, take_in
from archive.ingest.dating import AmbiguousDateError, UnanchoredDateError, read_if_date, read_words
from archive.ingest.draft import Draft, PlacedError, with_id
from archive.ingest.files import STDIN, drafts_of, lines_in
from archive.ingest.judging import Fate, Judged
from archive.ingest.known import Known
from archive.ingest.notation import read_mentions

__all__ = [
    "STDIN",
    "AmbiguousDateError",
    "Draft",
    "Fate",
    "Judged",
    "Known",
    "PlacedError",
    "Report",
    "UnanchoredDateError",
    "drafts_of",
    "judge",
    "lines_in",
    "read_if_date",
    "read_mentions",
    "read_words",
    "take_in",
    "with_id",
]
