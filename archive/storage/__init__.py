"""The database: engine, transactions, metadata and migrations, the same for both databases."""

from archive.storage.accounts import (
    accounts,
    half_logins,
    installation,
    login_attempts,
    notices,
    recovery_codes,
    second_factors,
    sessions,
)
from archive.storage.addresses import address_of, shown_address
from archive.storage.chunks import chunks
from archive.storage.driving import (
    SERVER,
    among,
    among_each,
    fetch,
    mark_of,
    plan_anew,
    put,
    run,
)
from archive.storage.engine import (
    database_file,
    demand_file,
    demand_writable,
    is_there,
    open_engine,
    reading,
    writing,
    writing_often,
    writing_singly,
)
from archive.storage.forgetting import is_held_up, remove_for_good
from archive.storage.gathering import gathering, is_gathering
from archive.storage.metadata import BIG, metadata
from archive.storage.migrating import demand_migrated, demand_revision, migrate
from archive.storage.opening import file_to_be_read
from archive.storage.reasons import (
    DatabaseRefusedError,
    is_without_room,
    known_reason,
    meaning_of,
    reason_of,
)
from archive.storage.rehearsing import rehearsing
from archive.storage.unmaking import demand_finished, filling

__all__ = [
    "BIG",
    "SERVER",
    "DatabaseRefusedError",
    "accounts",
    "address_of",
    "among",
    "among_each",
    "chunks",
    "database_file",
    "demand_file",
    "demand_finished",
    "demand_migrated",
    "demand_revision",
    "demand_writable",
    "fetch",
    "file_to_be_read",
    "filling",
    "gathering",
    "half_logins",
    "installation",
    "is_gathering",
    "is_held_up",
    "is_there",
    "is_without_room",
    "known_reason",
    "login_attempts",
    "mark_of",
    "meaning_of",
    "metadata",
    "migrate",
    "notices",
    "open_engine",
    "plan_anew",
    "put",
    "reading",
    "reason_of",
    "recovery_codes",
    "rehearsing",
    "remove_for_good",
    "run",
    "second_factors",
    "sessions",
    "shown_address",
    "writing",
    "writing_often",
    "writing_singly",
]
