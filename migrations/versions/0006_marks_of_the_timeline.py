"""What the timeline draws at any zoom: live events under those they concern, and their counts.

Nothing is folded again: both follow from the timeline's table, as far as that has seen the log.
"""

import json
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Julian Day Numbers count from here; the last day there is stands for an open end.
_OFFSET, _LAST = 1721425, 5373484
_SECOND, _THIRD = 11, 21
_SAID = "one.kind, one.importance, one.v, one.hi, one.position, one.precision, one.confidence"
_LIVE = "one.gone IS NULL AND one.kind_group <> 'archive'"
_EVERY = f"INSERT INTO mark SELECT 0, {_SAID} FROM occurrence AS one WHERE {_LIVE}"
_TOUCHING = (
    f"INSERT INTO mark SELECT DISTINCT link.entity_id, {_SAID} FROM occurrence_entity AS link "
    f"JOIN occurrence AS one ON one.position = link.position WHERE {_LIVE}"
)
_SAYING = (
    f"INSERT INTO mark SELECT -entity.id, {_SAID} FROM entity "
    "JOIN occurrence_source AS link ON link.source = entity.slug "
    "JOIN occurrence AS one ON one.position = link.position "
    f"WHERE {_LIVE} AND entity.type = 'source'"
)
_ABOUT = "kind, importance, precision, confidence"
_LASTING = f"FROM mark WHERE subject = 0 AND v < hi AND hi < {_LAST}"
_BY_DAY = (
    "INSERT INTO mark_count SELECT edge, 0, day, kind, importance, precision, confidence, SUM(n) "
    f"FROM (SELECT 0 AS edge, v AS day, {_ABOUT}, 1 AS n FROM mark WHERE subject = 0 "
    f"UNION ALL SELECT 1, v + 1, {_ABOUT}, 1 {_LASTING} "
    f"UNION ALL SELECT 1, hi + 1, {_ABOUT}, -1 {_LASTING}) AS change "
    "GROUP BY edge, day, kind, importance, precision, confidence HAVING SUM(n) <> 0"
)
_RUNS = {
    "sqlite": (
        "(SELECT json_extract(value, '$[0]') AS day, json_extract(value, '$[1]') AS grain, "
        "json_extract(value, '$[2]') AS first FROM json_each(:runs))"
    ),
    "postgresql": (
        "(SELECT CAST(value ->> 0 AS integer) AS day, CAST(value ->> 1 AS smallint) AS grain, "
        "CAST(value ->> 2 AS integer) AS first FROM jsonb_array_elements(CAST(:runs AS jsonb)))"
    ),
}
_BY_RUN = (
    "INSERT INTO mark_count SELECT one.edge, run.grain, run.first, one.kind, one.importance, "
    "one.precision, one.confidence, SUM(one.n) FROM {runs} AS run CROSS JOIN mark_count AS one "
    "WHERE one.grain = 0 AND one.edge IN (0, 1) AND one.day = run.day "
    "GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING SUM(one.n) <> 0"
)
_SEEN = (
    "INSERT INTO checkpoint (projection, version, position) "
    "SELECT 'marks', 1, position FROM checkpoint WHERE projection = 'timeline'"
)


def upgrade() -> None:
    """Make the tables and fill them."""
    op.create_table(
        "mark",
        _key("subject", sa.Integer()),
        sa.Column("kind", sa.Text(), nullable=False),
        _key("importance", sa.SmallInteger()),
        _key("v", sa.Integer()),
        _key("hi", sa.Integer()),
        _key("position", _BIG),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("confidence", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "subject", "kind", "importance", "v", "hi", "position", name=op.f("pk_mark")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mark_count",
        _key("edge", sa.SmallInteger()),
        _key("grain", sa.SmallInteger()),
        _key("day", sa.Integer()),
        sa.Column("kind", sa.Text(), nullable=False),
        _key("importance", sa.SmallInteger()),
        sa.Column("precision", sa.Text(), nullable=False),
        _key("confidence", sa.SmallInteger()),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "edge",
            "grain",
            "day",
            "kind",
            "importance",
            "precision",
            "confidence",
            name=op.f("pk_mark_count"),
        ),
        sqlite_with_rowid=False,
    )
    lasting = sa.text("v < hi")
    op.create_index(
        "ix_occurrence_lasting",
        "occurrence",
        ["v", "hi", "position"],
        sqlite_where=lasting,
        postgresql_where=lasting,
    )
    _fill(op.get_bind())


def _key(name: str, kind: sa.types.TypeEngine[int]) -> sa.Column[int]:
    return sa.Column(name, kind, autoincrement=False, nullable=False)


def _fill(connection: sa.Connection) -> None:
    for statement in (_SAYING, _EVERY, _TOUCHING, _BY_DAY):
        connection.execute(sa.text(statement))
    days = connection.scalars(sa.text("SELECT DISTINCT day FROM mark_count WHERE grain = 0"))
    runs = json.dumps([run for day in days for run in _runs(day)])
    by_run = _BY_RUN.format(runs=_RUNS[connection.dialect.name])
    connection.execute(sa.text(by_run), {"runs": runs})
    connection.execute(sa.text(_SEEN))


def _runs(number: int) -> list[tuple[int, int, int]]:
    """Return the first day of the third, month, quarter and year in which the day lies."""
    day = date.fromordinal(number - _OFFSET)
    third = max(one for one in (1, _SECOND, _THIRD) if one <= day.day)
    firsts = [
        day.replace(day=third),
        day.replace(day=1),
        date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
        date(day.year, 1, 1),
    ]
    return [(number, at, one.toordinal() + _OFFSET) for at, one in enumerate(firsts, 1)]
