"""Commands: each appends to the log, and keeps the read models with it, in one transaction."""

from archive.commands.correcting import correct, corrected_fields
from archive.commands.recording import Recorded, record, record_all
from archive.commands.retracting import retract
from archive.commands.supporting import support

__all__ = ["Recorded", "correct", "corrected_fields", "record", "record_all", "retract", "support"]
