"""The time of day that an event states beside its day: of one day's facts the order is theirs.

It stands in the indexes of facts by cell, so that the last one is still one seek, and nothing of
it is looked up in the row.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_VAGUE = sa.text("lo < hi")
_INDEXES = {
    "ix_fact_asof": ("cell_id", "v", "hi", "clock", "id", "gone", "value_id"),
    "ix_fact_begun": ("cell_id", "lo", "hi", "id", "v", "gone", "value_id", "number", "clock"),
    "ix_fact_fuzzy": ("cell_id", "hi", "lo", "id", "v", "gone", "value_id", "number", "clock"),
}


def upgrade() -> None:
    """Add the columns, in which nothing is told yet, and make the indexes anew."""
    for table in ("fact", "occurrence"):
        op.add_column(table, sa.Column("clock", sa.Integer, nullable=False, server_default="0"))
    for name, columns in _INDEXES.items():
        vague = _VAGUE if name == "ix_fact_fuzzy" else None
        op.drop_index(name, "fact")
        op.create_index(name, "fact", list(columns), sqlite_where=vague, postgresql_where=vague)
