"""The tables of the log; the triggers that make it append-only are in migrations/."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from archive.storage import BIG, metadata

streams = Table(
    "stream",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
)

kinds = Table(
    "kind",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("version", SmallInteger, nullable=False),
    UniqueConstraint("name", "version"),
)

events = Table(
    "event",
    metadata,
    Column("position", BIG, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("stream_id", Integer, nullable=False),
    Column("stream_position", Integer, nullable=False),
    Column("kind_id", Integer, nullable=False),
    Column("edtf", Text, nullable=False),
    Column("earliest", Integer),
    Column("latest", Integer),
    Column("recorded_at", BigInteger, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("about", Text),
    Column("format", SmallInteger, nullable=False),
    Column("payload", LargeBinary),
    Column("salt", LargeBinary),
    Column("payload_hash", LargeBinary, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    UniqueConstraint("stream_id", "stream_position"),
    # A server looks once a statement whether they are there, not once a row: see the migrations.
    ForeignKeyConstraint(["stream_id"], ["stream.id"], info={"only_on": "sqlite"}),
    ForeignKeyConstraint(["kind_id"], ["kind.id"], info={"only_on": "sqlite"}),
)

# A row here is what lets the text of one event be blanked, and nothing else of it.
erasures = Table(
    "erasure",
    metadata,
    Column("position", BIG, ForeignKey("event.position"), primary_key=True, autoincrement=False),
    Column("masked_by", BIG, ForeignKey("event.position"), nullable=False),
)

# On a server the head row is the lock under which positions are given, so that they stay dense.
log_head = Table(
    "log_head",
    metadata,
    Column("only", SmallInteger, primary_key=True, autoincrement=False),
    Column("position", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    CheckConstraint('"only" = 1', name="one_row"),
    info={"only_on": "postgresql"},
)
