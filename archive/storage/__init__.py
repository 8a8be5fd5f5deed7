"""The database: engine, transactions, metadata and migrations, the same for both databases."""

from archive.storage.accounts import accounts, installation, login_attempts, sessions
from archive.storage.chunks import chunks
from archive.storage.engine import open_engine, reading, shown_address, writing
from archive.storage.metadata import BIG, metadata
from archive.storage.migrating import demand_migrated, migrate

__all__ = [
    "BIG",
    "accounts",
    "chunks",
    "demand_migrated",
    "installation",
    "login_attempts",
    "metadata",
    "migrate",
    "open_engine",
    "reading",
    "sessions",
    "shown_address",
    "writing",
]
