"""The tables of what seals the log; the triggers that make them append-only are in migrations/."""

from sqlalchemy import BigInteger, Column, LargeBinary, SmallInteger, Table, Text

from archive.storage import BIG, metadata

# Only full tiles: each of 256 hashes of 32 bytes; level 0 holds leaves, each level above it the
# roots of the tiles below.
tiles = Table(
    "tile",
    metadata,
    Column("level", SmallInteger, primary_key=True, autoincrement=False),
    Column("number", BIG, primary_key=True, autoincrement=False),
    Column("hashes", LargeBinary, nullable=False),
)

# The note is the signed text as it is exported; leaves are those that no full tile held when it
# was signed and no checkpoint before, so that a later change of one is named by its position.
signed_checkpoints = Table(
    "signed_checkpoint",
    metadata,
    Column("size", BIG, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("sealed_at", BigInteger, nullable=False),
    Column("leaves", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
)
