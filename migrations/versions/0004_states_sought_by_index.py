"""What a page of the state is sought by: the place of entities in lists, the days of facts.

Nothing is folded again: places follow from the names that are there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give each entity its place, then make the indexes."""
    place = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("entity", sa.Column("place", place, nullable=False, server_default=""))
    entity = sa.table("entity", sa.column("id"), sa.column("slug"), sa.column("name_en"))
    places = [
        {"number": row.id, "place": f"{row.name_en.casefold()}\n{row.slug}"}
        for row in op.get_bind().execute(sa.select(entity))
    ]
    if places:
        told = sa.text("UPDATE entity SET place = :place WHERE id = :number")
        op.get_bind().execute(told, places)
    op.drop_index("ix_entity_type_name_en", table_name="entity")
    op.create_index("ix_entity_type_place", "entity", ["type", "place"])
    op.drop_index("ix_cell_attribute_id_id", table_name="cell")
    op.create_index("ix_cell_attribute_id_member", "cell", ["attribute_id", "member"])
    op.create_index("ix_fact_begun", "fact", ["cell_id", "lo", "hi", "id"])
    _partial("ix_fact_from", ["lo", "cell_id"], "lo < v")
    _partial("ix_fact_until", ["hi", "cell_id"], "v < hi")
    _partial("ix_fact_gone", ["gone", "cell_id"], "gone IS NOT NULL")


def _partial(name: str, columns: list[str], kept: str) -> None:
    where = sa.text(kept)
    op.create_index(name, "fact", columns, sqlite_where=where, postgresql_where=where)
