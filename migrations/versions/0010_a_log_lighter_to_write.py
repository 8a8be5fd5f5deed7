"""The log lighter to write: what was kept or asked for each event and is known without it.

Instants do not fall from one position to the next, so that one is sought by halving: the index of
instants is gone. A server looks once a statement, not once a row, whether streams and kinds are
there, of which none is ever removed; by index, however large the log, it looks for the event
before each in its stream. (Not by EXISTS: for that the planner would hash whole tables.) The guard
of the events moves the head itself, and the head moves to no place but the log's end, so that
nothing is left to be looked at when the transaction ends.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_FOLLOWERS = 0x666F6C6C
_NO_NEXT = (
    "RAISE EXCEPTION 'the log takes only the next position' USING ERRCODE = 'restrict_violation'"
)


def upgrade() -> None:
    """Drop the index, and on a server put lighter guards in the place of those that were."""
    op.drop_index("ix_event_recorded_at", table_name="event")
    if op.get_bind().dialect.name == "postgresql":
        _server()


def _server() -> None:
    op.drop_constraint("fk_event_stream_id_stream", "event", type_="foreignkey")
    op.drop_constraint("fk_event_kind_id_kind", "event", type_="foreignkey")
    op.execute("DROP TRIGGER log_head_end ON log_head")
    op.execute("DROP FUNCTION log_head_is_end()")
    op.execute(
        "CREATE OR REPLACE FUNCTION log_head_rises() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.recorded_at >= OLD.recorded_at AND NEW.position >= OLD.position "
        "AND NEW.position = (SELECT max(position) FROM event) THEN "
        f"IF NOT pg_try_advisory_xact_lock({_FOLLOWERS}) THEN "
        "PERFORM pg_notify('archive_log', ''); END IF; RETURN NEW; END IF; "
        "RAISE EXCEPTION 'the head of the log only rises' "
        "USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        "CREATE OR REPLACE FUNCTION log_is_dense() RETURNS trigger LANGUAGE plpgsql "
        "SET enable_seqscan = off AS $$ "
        "DECLARE low bigint; high bigint; many bigint; first bigint; last bigint; BEGIN "
        "SELECT min(position), max(position), count(*), min(recorded_at), max(recorded_at) "
        "INTO low, high, many, first, last FROM added; "
        "IF many = 0 THEN RETURN NULL; END IF; "
        "UPDATE log_head SET position = high, recorded_at = last "
        "WHERE position = low - 1 AND recorded_at <= first; "
        "IF NOT FOUND OR high - low + 1 <> many "
        "OR (first < last AND EXISTS (SELECT 1 FROM (SELECT recorded_at, "
        "lag(recorded_at) OVER (ORDER BY position) AS before FROM added) AS instants "
        "WHERE recorded_at < before)) "
        "OR EXISTS (SELECT 1 FROM added "
        "WHERE (SELECT id FROM stream WHERE stream.id = stream_id) IS NULL "
        "OR (SELECT id FROM kind WHERE kind.id = kind_id) IS NULL "
        "OR (stream_position <> 1 AND (SELECT before.position FROM event AS before "
        "WHERE before.stream_id = added.stream_id "
        "AND before.stream_position = added.stream_position - 1) IS NULL)) "
        f"THEN {_NO_NEXT}; END IF; RETURN NULL; END $$"
    )
