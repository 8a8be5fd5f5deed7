"""Export: the log and the timeline as files that others read."""

from archive.export.csv_rows import guarded, spreadsheet
from archive.export.icalendar import calendar
from archive.export.json_lines import event_document, json_line, log_lines
from archive.export.parquet_tables import parquet
from archive.export.state_files import (
    Sealed,
    state_document,
    state_json_lines,
    state_lines,
    state_parquet,
)

__all__ = [
    "Sealed",
    "calendar",
    "event_document",
    "guarded",
    "json_line",
    "log_lines",
    "parquet",
    "spreadsheet",
    "state_document",
    "state_json_lines",
    "state_lines",
    "state_parquet",
]
