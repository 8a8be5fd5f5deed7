"""Commands: each appends to the log, in the caller's transaction, and keeps the read models with it."""

from archive.commands.correcting import correct, corrected_fields
from archive.commands.recording import Recorded, record, record_all
from archive.commands.retracting import retract

__all__ = ["Recorded", "correct", "corrected_fields", "record", "record_all", "retract"]
