"""The tables of all read models. Any of them may be emptied and rebuilt from the log any day.

Dates are Julian Day Numbers: ``lo <= v <= hi``, the earliest, the likely and the latest day.
``gone`` is the position that corrected or retracted a row: as known on K a row counts when
``position <= K and (gone is null or gone > K)``.
"""

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    select,
    text,
)

from archive.storage import BIG, metadata

checkpoints = Table(
    "checkpoint",
    metadata,
    Column("projection", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("position", BIG, nullable=False),
)

entities = Table(
    "entity",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("slug", Text, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("position", BIG, nullable=False),
    Index(None, "type", "name_en"),
)

entity_names = Table(
    "entity_name",
    metadata,
    Column("position", BIG, primary_key=True, autoincrement=False),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("entity_id", Integer, ForeignKey("entity.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("period", Text, nullable=False, server_default=""),
    Column("gone", BIG),
)

entity_merges = Table(
    "entity_merge",
    metadata,
    Column("position", BIG, primary_key=True, autoincrement=False),
    Column("from_id", Integer, ForeignKey("entity.id"), primary_key=True),
    Column("into_id", Integer, ForeignKey("entity.id"), nullable=False),
    Column("gone", BIG),
)

# One row for each version of an event: as recorded, and again as each correction has it.
# ``root`` is the position of the event as first recorded; its id is the event's address.
occurrences = Table(
    "occurrence",
    metadata,
    Column("position", BIG, primary_key=True, autoincrement=False),
    Column("root", BIG, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("kind_group", Text, nullable=False),
    Column("lo", Integer, nullable=False),
    Column("v", Integer, nullable=False),
    Column("hi", Integer, nullable=False),
    Column("precision", Text, nullable=False),
    Column("importance", SmallInteger, nullable=False),
    Column("confidence", SmallInteger, nullable=False),
    Column("gone", BIG),
    Index(None, "v", "position"),
    Index(None, "kind", "v"),
)

occurrence_entities = Table(
    "occurrence_entity",
    metadata,
    Column("entity_id", Integer, ForeignKey("entity.id"), primary_key=True),
    Column("position", BIG, primary_key=True, autoincrement=False),
    Column("role", Text, primary_key=True),
    Index(None, "position"),
)

occurrence_sources = Table(
    "occurrence_source",
    metadata,
    Column("source", Text, primary_key=True),
    Column("position", BIG, primary_key=True, autoincrement=False),
    Index(None, "position"),
)

disputes = Table(
    "dispute",
    metadata,
    Column("position", BIG, primary_key=True, autoincrement=False),
    Column("root", BIG, primary_key=True, autoincrement=False),
    Column("settled", BIG),
    Column("chosen", SmallInteger, nullable=False, server_default="0"),
    Index(None, "root"),
)

attributes = Table(
    "attribute",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entity_type", Text, nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("entity_type", "name"),
)

fact_values = Table(
    "fact_value",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("value", Text, nullable=False, unique=True),
)

cells = Table(
    "cell",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entity_id", Integer, ForeignKey("entity.id"), nullable=False),
    Column("attribute_id", Integer, ForeignKey("attribute.id"), nullable=False),
    Column("member", Text, nullable=False),
    UniqueConstraint("entity_id", "attribute_id", "member"),
    Index(None, "attribute_id", "id"),
)

# id = position * 1024 + n, the n-th assertion of the event at that position.
facts = Table(
    "fact",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=False),
    Column("cell_id", Integer, ForeignKey("cell.id"), nullable=False),
    Column("lo", Integer, nullable=False),
    Column("v", Integer, nullable=False),
    Column("hi", Integer, nullable=False),
    Column("gone", BIG),
    Column("value_id", Integer, ForeignKey("fact_value.id")),
    Column("number", Float),
    Index("ix_fact_asof", "cell_id", "v", "hi", "id"),
    Index(
        "ix_fact_by_value",
        "value_id",
        "v",
        "cell_id",
        sqlite_where=text("value_id IS NOT NULL"),
        postgresql_where=text("value_id IS NOT NULL"),
    ),
    Index("ix_fact_by_day", "v", "cell_id"),
)

# One row for each version of a source; ``sources`` are those that were not taken back.
source_versions = Table(
    "source",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("position", BIG, primary_key=True, autoincrement=False),
    Column("gone", BIG),
)
sources = select(source_versions).where(source_versions.c.gone.is_(None)).subquery("live_source")

search_documents = Table(
    "search_document",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("what", Text, nullable=False),
    Column("reference", BIG, nullable=False),
    Column("tokens", Text, nullable=False),
    UniqueConstraint("what", "reference"),
    info={"indexed_by": "full text; see the first migration"},
)
