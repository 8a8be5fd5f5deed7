"""Read models lighter to write, and what was corrected or retracted found at once.

The tables that say whom an event touches and who says so are their keys, in SQLite too: no second
tree. Its full text gathers more before it writes, and merges what it wrote less often. It holds
the tokens, so that beside it only those of entities are kept, which may be indexed again. An index
that holds only the versions that ended finds those that ended after a position.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ENDED = sa.text("gone IS NOT NULL")
_TABLES = {
    "occurrence_entity": (
        "entity_id INTEGER NOT NULL, position INTEGER NOT NULL, role TEXT NOT NULL, "
        "CONSTRAINT pk_occurrence_entity PRIMARY KEY (entity_id, position, role), "
        "CONSTRAINT fk_occurrence_entity_entity_id_entity FOREIGN KEY(entity_id) "
        "REFERENCES entity (id)"
    ),
    "occurrence_source": (
        "source TEXT NOT NULL, position INTEGER NOT NULL, "
        "CONSTRAINT pk_occurrence_source PRIMARY KEY (source, position)"
    ),
}
_FULL_TEXT = {"automerge": 16, "hashsize": 8_388_608}


def upgrade() -> None:
    """Make the index; on SQLite make the tables anew, and tell the full text."""
    op.create_index(
        "ix_occurrence_gone",
        "occurrence",
        ["gone", "position"],
        sqlite_where=_ENDED,
        postgresql_where=_ENDED,
    )
    if op.get_bind().dialect.name != "sqlite":
        return
    for name, columns in _TABLES.items():
        op.execute(f"ALTER TABLE {name} RENAME TO {name}_old")
        op.execute(f"CREATE TABLE {name} ({columns}) WITHOUT ROWID")
        op.execute(f"INSERT INTO {name} SELECT * FROM {name}_old ORDER BY 1, 2")
        op.execute(f"DROP TABLE {name}_old")
        op.create_index(f"ix_{name}_position", name, ["position"])
    op.execute("UPDATE search_document SET tokens = '' WHERE what <> 'entity'")
    for option, value in _FULL_TEXT.items():
        op.execute(f"INSERT INTO search_index (search_index, rank) VALUES ('{option}', {value})")
