"""The tables of the desk: drafts, articles, imports, and who did what with them.

No part of the log, and nothing of it depends on them.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text

from archive.storage.metadata import BIG, metadata

# A form as typed, ``fields`` its names and values as JSON; ``version`` rises with every save.
drafts = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False, server_default=""),
    Column("article", Text, nullable=False, server_default=""),
    Column("origin", Text, nullable=False, server_default="typed"),
    Column("title_zh", Text, nullable=False, server_default=""),
    Column("title_en", Text, nullable=False, server_default=""),
    Column("fields", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("risk", Integer, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    Column("submitted_at", BigInteger),
    Index(None, "account", "status", "saved_at"),
    Index(None, "status", "submitted_at"),
    Index(None, "article"),
)

# The text that an editor pasted; readers are never shown it, only the quotes taken from it.
articles = Table(
    "article",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("published", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Index(None, "account", "created_at"),
    Index(None, "source"),
)

# What somebody did at the desk, beside what the log itself tells.
desk_steps = Table(
    "desk_step",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("at", BigInteger, nullable=False, index=True),
    Column("account", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("about", Text, nullable=False, index=True),
    Column("field", Text, nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
)

# A file that is taken in; whoever works on it says so by ``seen_at``.
imports = Table(
    "import_job",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("columns", Text, nullable=False, server_default="{}"),
    Column("status", Text, nullable=False, index=True),
    Column("position", BigInteger, nullable=False, server_default="0"),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("total", Integer, nullable=False, server_default="0"),
    Column("said", Text, nullable=False, server_default=""),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False, server_default="0"),
)

import_rows = Table(
    "import_row",
    metadata,
    Column("import_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("place", Text, nullable=False),
    Column("fate", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("target", Text, nullable=False, server_default=""),
    Column("draft", Text, nullable=False),
    Column("said", Text, nullable=False, server_default=""),
    Column("is_done", Integer, nullable=False, server_default="0"),
    Index(None, "import_id", "fate", "number"),
)

import_mappings = Table(
    "import_mapping",
    metadata,
    Column("name", Text, primary_key=True),
    Column("columns", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
)
