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
    # Where it stands in lists; the same order of code points on both databases.
    Column(
        "place",
        Text().with_variant(Text(collation="C"), "postgresql"),
        nullable=False,
        server_default="",
    ),
    Index(None, "type", "place"),
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
# ``root`` is the position of the event as first recorded; its id is the event's address. ``clock``
# is the number of the time of day that is stated, 0 for none.
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
    Column("clock", Integer, nullable=False, server_default="0"),
    Column("gone", BIG),
    Index(None, "v", "position"),
    Index(None, "kind", "v"),
    Index(
        "ix_occurrence_lasting",
        "v",
        "hi",
        "position",
        sqlite_where=text("v < hi"),
        postgresql_where=text("v < hi"),
    ),
    # The versions that were corrected or retracted, by when.
    Index(
        "ix_occurrence_gone",
        "gone",
        "position",
        sqlite_where=text("gone IS NOT NULL"),
        postgresql_where=text("gone IS NOT NULL"),
    ),
)

occurrence_entities = Table(
    "occurrence_entity",
    metadata,
    Column("entity_id", Integer, ForeignKey("entity.id"), primary_key=True),
    Column("position", BIG, primary_key=True, autoincrement=False),
    Column("role", Text, primary_key=True),
    Index(None, "position"),
    sqlite_with_rowid=False,
)

# Which event, by its id, a version says that it lies after or before.
occurrence_relations = Table(
    "occurrence_relation",
    metadata,
    Column("position", BIG, primary_key=True, autoincrement=False),
    Column("side", Text, primary_key=True),
    Column("other", Text, nullable=False, index=True),
)

occurrence_sources = Table(
    "occurrence_source",
    metadata,
    Column("source", Text, primary_key=True),
    Column("position", BIG, primary_key=True, autoincrement=False),
    Index(None, "position"),
    sqlite_with_rowid=False,
)

# The events of the world as they stand now: each under subject 0, under each entity that it
# touches and each source that says so. See the room of the marks for this table and the next.
marks = Table(
    "mark",
    metadata,
    Column("subject", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("importance", SmallInteger, primary_key=True, autoincrement=False),
    Column("v", Integer, primary_key=True, autoincrement=False),
    Column("hi", Integer, primary_key=True, autoincrement=False),
    Column("position", BIG, primary_key=True, autoincrement=False),
    Column("precision", Text, nullable=False),
    Column("confidence", SmallInteger, nullable=False),
    sqlite_with_rowid=False,
)

mark_counts = Table(
    "mark_count",
    metadata,
    Column("edge", SmallInteger, primary_key=True, autoincrement=False),
    Column("grain", SmallInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("importance", SmallInteger, primary_key=True, autoincrement=False),
    Column("precision", Text, primary_key=True),
    Column("confidence", SmallInteger, primary_key=True, autoincrement=False),
    Column("n", Integer, nullable=False),
    # Holds nothing but what is about to be removed.
    Index("ix_mark_count_spent", "n", sqlite_where=text("n = 0"), postgresql_where=text("n = 0")),
    sqlite_with_rowid=False,
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
    Column("counted", SmallInteger, nullable=False, server_default="0"),
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
    Index(None, "attribute_id", "member"),
)

# id = position * 1024 + n, the n-th assertion of the event at that position. ``clock`` is the
# number of the time of day that is stated, 0 for none: of one day's facts the order is theirs.
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
    Column("clock", Integer, nullable=False, server_default="0"),
    # These three hold, behind what they are sought by, all that is asked of a fact there.
    Index("ix_fact_asof", "cell_id", "v", "hi", "clock", "id", "gone", "value_id"),
    Index(
        "ix_fact_by_value",
        "value_id",
        "v",
        "cell_id",
        sqlite_where=text("value_id IS NOT NULL"),
        postgresql_where=text("value_id IS NOT NULL"),
    ),
    Index("ix_fact_by_day", "v", "cell_id"),
    Index(
        "ix_fact_fuzzy",
        "cell_id",
        "hi",
        "lo",
        *("id", "v", "gone", "value_id", "number", "clock"),
        sqlite_where=text("lo < hi"),
        postgresql_where=text("lo < hi"),
    ),
    Index(
        "ix_fact_begun",
        *("cell_id", "lo", "hi", "id", "v", "gone", "value_id", "number", "clock"),
    ),
    Index(
        "ix_fact_from",
        "lo",
        "cell_id",
        sqlite_where=text("lo < v"),
        postgresql_where=text("lo < v"),
    ),
    Index(
        "ix_fact_until",
        "hi",
        "cell_id",
        sqlite_where=text("v < hi"),
        postgresql_where=text("v < hi"),
    ),
    Index(
        "ix_fact_gone",
        "gone",
        "cell_id",
        sqlite_where=text("gone IS NOT NULL"),
        postgresql_where=text("gone IS NOT NULL"),
    ),
)

# By how many the cells of an attribute that hold a value grow in the run of days from ``day`` on:
# a day (grain 0), 32 days (1), 1024 days (2). Only of attributes that are counted, as known now,
# by their likely days.
tallies = Table(
    "tally",
    metadata,
    Column("attribute_id", Integer, ForeignKey("attribute.id"), primary_key=True),
    Column("grain", SmallInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("value_id", Integer, ForeignKey("fact_value.id"), primary_key=True),
    Column("n", Integer, nullable=False),
    # Holds nothing but what is about to be removed.
    Index("ix_tally_spent", "n", sqlite_where=text("n = 0"), postgresql_where=text("n = 0")),
    sqlite_with_rowid=False,
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
