"""What makes the read models quick to write, and the facts of a cell quick to ask for.

A count that has come to nothing is removed: an index that holds only such rows finds it without
a search for each. The full text of SQLite takes the words as they come, parted by blanks: they
are folded before. It keeps no lengths of documents: nothing found is weighed by them. The indexes
of facts by cell hold all that is asked of a fact there, so that its row need not be looked up.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SAID = ("id", "v", "gone", "value_id", "number")
_VAGUE = "lo < hi"
_BY_CELL: dict[str, tuple[tuple[str, ...], str]] = {
    "ix_fact_asof": (("cell_id", "v", "hi", "id", "gone", "value_id"), ""),
    "ix_fact_begun": (("cell_id", "lo", "hi", *_SAID), ""),
    "ix_fact_fuzzy": (("cell_id", "hi", "lo", *_SAID), _VAGUE),
}


def upgrade() -> None:
    """Make the indexes, and the full text anew from its documents."""
    spent = sa.text("n = 0")
    for table in ("tally", "mark_count"):
        name = f"ix_{table}_spent"
        op.create_index(name, table, ["n"], sqlite_where=spent, postgresql_where=spent)
    for name, (columns, kept) in _BY_CELL.items():
        where = sa.text(kept) if kept else None
        op.drop_index(name, table_name="fact")
        op.create_index(name, "fact", columns, sqlite_where=where, postgresql_where=where)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='search_document', "
            "content_rowid='id', columnsize=0, tokenize='ascii')"
        )
        op.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
