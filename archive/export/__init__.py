"""Export: the log and the timeline as files that others read."""

from archive.export.csv_rows import guarded, spreadsheet
from archive.export.icalendar import calendar
from archive.export.json_lines import json_line, log_lines

__all__ = ["calendar", "guarded", "json_line", "log_lines", "spreadsheet"]
