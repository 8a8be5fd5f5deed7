"""Which event a version says that it lies after or before.

Nothing is folded again: no event of an older log says so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "occurrence_relation",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", "side", name=op.f("pk_occurrence_relation")),
    )
    op.create_index(
        op.f("ix_occurrence_relation_other"), "occurrence_relation", ["other"], unique=False
    )
