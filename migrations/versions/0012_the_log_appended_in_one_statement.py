"""What appends to the log of a server in one statement, all that it needs look up done inside.

Whoever appends first takes a lock of his own kind, not the row of the head: to wait for a row is
dearer, and the guard of the events moves the head anyway. Then he sees the log as it stands, and
only then are the next positions and places in the streams known; the record instant too, so that
the leaves are hashed here, of what lies before and behind it. Where an id is already there, or the
stream does not end where it is expected to, nothing is written and no end is returned.

The guard asks for less: who follows another in a stream needs not be told that there is a stream,
and a kind is looked up once for all events of it.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_LOCK = 0x6C6F6768
_NO_NEXT = (
    "RAISE EXCEPTION 'the log takes only the next position' USING ERRCODE = 'restrict_violation'"
)
_FIELD = "int4send(length(instant::text)) || convert_to(instant::text, 'UTF8')"
_COLUMNS = (
    "position, id, stream_id, stream_position, kind_id, edtf, earliest, latest, recorded_at, "
    "recorded_by, about, format, payload, salt, payload_hash, leaf"
)
_STREAM_IDS = (
    "ARRAY(SELECT (SELECT stream.id FROM stream WHERE stream.name = given.name) "
    "FROM unnest(streams) AS given (name))"
)
_KIND_IDS = (
    "ARRAY(SELECT (SELECT kind.id FROM kind WHERE kind.name = given.name "
    "AND kind.version = given.version) FROM unnest(kinds, versions) AS given (name, version))"
)
# By index, however large the log is when a session first plans it.
_BY_INDEX = "LANGUAGE plpgsql SET enable_seqscan = off"


def upgrade() -> None:
    """Make the functions, and a lighter guard; a file has no need of them."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(
        "CREATE FUNCTION log_hold(OUT after bigint, OUT instant bigint) "
        f"{_BY_INDEX} AS $$ BEGIN PERFORM pg_advisory_xact_lock({_LOCK}); "
        "SELECT position, recorded_at INTO after, instant FROM log_head; END $$"
    )
    op.execute(_APPEND_ONE)
    op.execute(_APPEND)
    op.execute(_GUARD)


_APPEND_ONE = (
    "CREATE FUNCTION log_append_one(new_id text, stream_name text, kind_name text, "
    "kind_version int, new_edtf text, new_earliest int, new_latest int, new_about text, "
    "new_payload bytea, new_salt bytea, digest bytea, beginning bytea, ending bytea, "
    "now bigint, by_whom text, written_as int, expected int, "
    "OUT after bigint, OUT instant bigint, OUT ended int) "
    f"{_BY_INDEX} AS $$ DECLARE of_stream int; of_kind int; BEGIN "
    f"PERFORM pg_advisory_xact_lock({_LOCK}); "
    "SELECT position, recorded_at INTO after, instant FROM log_head; "
    "PERFORM 1 FROM event WHERE id = new_id; IF FOUND THEN RETURN; END IF; "
    "SELECT id INTO of_stream FROM stream WHERE name = stream_name; "
    "IF FOUND THEN SELECT stream_position INTO ended FROM event WHERE stream_id = of_stream "
    "ORDER BY stream_position DESC LIMIT 1; END IF; "
    "ended := COALESCE(ended, 0); "
    "IF expected <> ended THEN ended := NULL; RETURN; END IF; "
    "IF of_stream IS NULL THEN INSERT INTO stream (id, name) "
    "SELECT COALESCE(max(id), 0) + 1, stream_name FROM stream RETURNING id INTO of_stream; "
    "END IF; "
    "SELECT id INTO of_kind FROM kind WHERE name = kind_name AND version = kind_version; "
    "IF NOT FOUND THEN INSERT INTO kind (id, name, version) "
    "SELECT COALESCE(max(id), 0) + 1, kind_name, kind_version FROM kind "
    "RETURNING id INTO of_kind; END IF; "
    "instant := greatest(instant, now); "
    f"INSERT INTO event ({_COLUMNS}) VALUES (after + 1, new_id, of_stream, ended + 1, of_kind, "
    "new_edtf, new_earliest, new_latest, instant, by_whom, new_about, written_as, new_payload, "
    f"new_salt, digest, sha256(beginning || {_FIELD} || ending)); END $$"
)
# Streams and kinds are given once each, and by their place in that list for each event.
_APPEND = (
    "CREATE FUNCTION log_append(ids text[], streams text[], of_stream int[], nth int[], "
    "kinds text[], versions int[], of_kind int[], edtfs text[], earliests int[], latests int[], "
    "abouts text[], payloads bytea[], salts bytea[], digests bytea[], beginnings bytea[], "
    "endings bytea[], now bigint, by_whom text, written_as int, expected int, "
    "OUT after bigint, OUT instant bigint, OUT ended int[]) "
    f"{_BY_INDEX} SET plan_cache_mode = force_generic_plan AS $$ "
    "DECLARE stream_ids int[]; kind_ids int[]; field bytea; BEGIN "
    f"PERFORM pg_advisory_xact_lock({_LOCK}); "
    "SELECT position, recorded_at INTO after, instant FROM log_head; "
    "PERFORM 1 FROM unnest(ids) AS given (id) "
    "WHERE (SELECT event.position FROM event WHERE event.id = given.id) IS NOT NULL LIMIT 1; "
    "IF FOUND THEN RETURN; END IF; "
    "SELECT array_agg(number), array_agg(COALESCE((SELECT stream_position FROM event "
    "WHERE stream_id = number ORDER BY stream_position DESC LIMIT 1), 0)) "
    "INTO stream_ids, ended FROM (SELECT (SELECT stream.id FROM stream "
    "WHERE stream.name = given.name) AS number FROM unnest(streams) AS given (name) OFFSET 0) "
    "AS known; "
    "IF expected <> ended[1] THEN ended := NULL; RETURN; END IF; "
    "IF array_position(stream_ids, NULL) IS NOT NULL THEN INSERT INTO stream (id, name) "
    "SELECT (SELECT COALESCE(max(stream.id), 0) FROM stream) + row_number() OVER (), given.name "
    "FROM unnest(streams, stream_ids) AS given (name, id) WHERE given.id IS NULL; "
    f"stream_ids := {_STREAM_IDS}; END IF; "
    f"kind_ids := {_KIND_IDS}; "
    "IF array_position(kind_ids, NULL) IS NOT NULL THEN INSERT INTO kind (id, name, version) "
    "SELECT (SELECT COALESCE(max(kind.id), 0) FROM kind) + row_number() OVER (), given.name, "
    "given.version FROM unnest(kinds, versions, kind_ids) AS given (name, version, id) "
    f"WHERE given.id IS NULL; kind_ids := {_KIND_IDS}; END IF; "
    "instant := greatest(instant, now); "
    f"field := {_FIELD}; "
    f"INSERT INTO event ({_COLUMNS}) SELECT after + n, id, stream_ids[one_stream], "
    "ended[one_stream] + one_nth, kind_ids[one_kind], edtf, earliest, latest, instant, by_whom, "
    "about, written_as, payload, salt, digest, sha256(beginning || field || ending) "
    "FROM (SELECT generate_subscripts(ids, 1) AS n, unnest(ids) AS id, "
    "unnest(of_stream) AS one_stream, unnest(nth) AS one_nth, unnest(of_kind) AS one_kind, "
    "unnest(edtfs) AS edtf, unnest(earliests) AS earliest, unnest(latests) AS latest, "
    "unnest(abouts) AS about, unnest(payloads) AS payload, unnest(salts) AS salt, "
    "unnest(digests) AS digest, unnest(beginnings) AS beginning, unnest(endings) AS ending) "
    "AS given; END $$"
)
_GUARD = (
    "CREATE OR REPLACE FUNCTION log_is_dense() RETURNS trigger "
    f"{_BY_INDEX} AS $$ DECLARE low bigint; high bigint; many bigint; first bigint; last bigint; "
    "follows boolean; BEGIN "
    "SELECT min(position), max(position), count(*), min(recorded_at), max(recorded_at), "
    "bool_and(CASE WHEN stream_position = 1 "
    "THEN (SELECT id FROM stream WHERE stream.id = stream_id) IS NOT NULL "
    "ELSE (SELECT before.position FROM event AS before "
    "WHERE before.stream_id = added.stream_id "
    "AND before.stream_position = added.stream_position - 1) IS NOT NULL END) "
    "INTO low, high, many, first, last, follows FROM added; "
    "IF many = 0 THEN RETURN NULL; END IF; "
    "UPDATE log_head SET position = high, recorded_at = last "
    "WHERE position = low - 1 AND recorded_at <= first; "
    "IF NOT FOUND OR NOT follows OR high - low + 1 <> many "
    "OR (first < last AND EXISTS (SELECT 1 FROM (SELECT recorded_at, "
    "lag(recorded_at) OVER (ORDER BY position) AS before FROM added) AS instants "
    "WHERE recorded_at < before)) "
    "OR EXISTS (SELECT 1 FROM (SELECT DISTINCT kind_id FROM added) AS used "
    "WHERE (SELECT id FROM kind WHERE kind.id = kind_id) IS NULL) "
    f"THEN {_NO_NEXT}; END IF; RETURN NULL; END $$"
)
