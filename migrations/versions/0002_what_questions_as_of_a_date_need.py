"""The tally of countable attributes, an index over vague facts; no triggers on the full text.

The full-text index of SQLite is kept by the fold itself: a trigger for each document made FTS5
write out after every row. The read models are to be folded again from the log, which stays as
it is: a read model that the checkpoints do not know has seen nothing of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what is new, and let no read model count as up to date."""
    counted = sa.Column("counted", sa.SmallInteger(), nullable=False, server_default="0")
    op.add_column("attribute", counted)
    op.create_table(
        "tally",
        sa.Column("attribute_id", sa.Integer(), nullable=False),
        sa.Column("grain", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attribute_id"], ["attribute.id"], name=op.f("fk_tally_attribute_id_attribute")
        ),
        sa.ForeignKeyConstraint(
            ["value_id"], ["fact_value.id"], name=op.f("fk_tally_value_id_fact_value")
        ),
        sa.PrimaryKeyConstraint("attribute_id", "grain", "day", "value_id", name=op.f("pk_tally")),
        sqlite_with_rowid=False,
    )
    vague = sa.text("lo < hi")
    op.create_index(
        "ix_fact_fuzzy",
        "fact",
        ["cell_id", "hi", "lo"],
        sqlite_where=vague,
        postgresql_where=vague,
    )
    if op.get_bind().dialect.name == "sqlite":
        for moment in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER search_document_{moment}")
    op.execute("DELETE FROM checkpoint")
