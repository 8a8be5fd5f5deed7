"""Tiles of the log's Merkle tree and signed checkpoints, append-only as the log itself.

On a server the head row, as it moves, also wakes whoever follows the log: a follower holds an
advisory lock, and only where that cannot be had is anything notified, because to notify takes a
lock of the whole server.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_REFUSAL = "the log is append-only"
_TABLES = ("tile", "signed_checkpoint")
_NEXT = {
    "tile": "NEW.number <> (SELECT COALESCE(MAX(number), -1) + 1 FROM tile "
    "WHERE level = NEW.level) OR length(NEW.hashes) <> 8192",
    "signed_checkpoint": "NEW.size <= (SELECT COALESCE(MAX(size), 0) FROM signed_checkpoint) "
    "OR NEW.size > (SELECT COALESCE(MAX(position), 0) FROM event)",
}
_FOLLOWERS = 0x666F6C6C


def upgrade() -> None:
    """Make the tables, then their guards."""
    op.create_table(
        "tile",
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("number", _BIG, autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name=op.f("pk_tile")),
    )
    op.create_table(
        "signed_checkpoint",
        sa.Column("size", _BIG, autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.BigInteger(), nullable=False),
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_signed_checkpoint")),
    )
    if op.get_bind().dialect.name == "postgresql":
        _server()
    else:
        _embedded()


def _embedded() -> None:
    for table in _TABLES:
        for moment in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_{moment} BEFORE {moment.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )
        op.execute(
            f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} WHEN {_NEXT[table]} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )


def _server() -> None:
    for table in _TABLES:
        op.execute(
            f"CREATE FUNCTION {table}_is_next() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {_NEXT[table]} THEN RAISE EXCEPTION '{_REFUSAL}' "
            "USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$"
        )
        for moment, when, function in (
            ("update", f"BEFORE UPDATE ON {table} FOR EACH ROW", "log_refuses"),
            ("delete", f"BEFORE DELETE ON {table} FOR EACH ROW", "log_refuses"),
            ("truncate", f"BEFORE TRUNCATE ON {table}", "log_refuses"),
            ("insert", f"BEFORE INSERT ON {table} FOR EACH ROW", f"{table}_is_next"),
        ):
            name = f"{table}_{moment}"
            op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {function}()")
            op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    op.execute(
        "CREATE OR REPLACE FUNCTION log_head_rises() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.position >= OLD.position AND NEW.recorded_at >= OLD.recorded_at THEN "
        f"IF NOT pg_try_advisory_xact_lock({_FOLLOWERS}) THEN "
        "PERFORM pg_notify('archive_log', ''); END IF; RETURN NEW; END IF; "
        "RAISE EXCEPTION 'the head of the log only rises' "
        "USING ERRCODE = 'restrict_violation'; END $$"
    )
