"""The functions by which events are appended to the log of a server, as they are to stand.

Each takes a lock of its own kind before it looks. Whoever changes one in a migration changes it
here too, so that one that was replaced can be put back as it should be.
"""
# ruff: noqa: S608 - all that stands in these statements stands in this module

from collections.abc import Mapping, Sequence
from typing import Final

_LOCK: Final = 0x6C6F6768
_FIELD: Final = "int4send(length(instant::text)) || convert_to(instant::text, 'UTF8')"
_COLUMNS: Final = (
    "position, id, stream_id, stream_position, kind_id, edtf, earliest, latest, recorded_at, "
    "recorded_by, about, format, payload, salt, payload_hash, leaf"
)
_STREAM_IDS: Final = (
    "ARRAY(SELECT (SELECT stream.id FROM stream WHERE stream.name = given.name) "
    "FROM unnest(streams) AS given (name))"
)
_KIND_IDS: Final = (
    "ARRAY(SELECT (SELECT kind.id FROM kind WHERE kind.name = given.name "
    "AND kind.version = given.version) FROM unnest(kinds, versions) AS given (name, version))"
)
# By index, however large the log is when a session first plans it.
_BY_INDEX: Final = "SET enable_seqscan = off"
_FIRST: Final = (
    f"PERFORM pg_advisory_xact_lock({_LOCK}); "
    "SELECT position, recorded_at INTO after, instant FROM log_head; "
)

_ONE_TAKES: Final = (
    "new_id text, stream_name text, kind_name text, "
    "kind_version int, new_edtf text, new_earliest int, new_latest int, new_about text, "
    "new_payload bytea, new_salt bytea, digest bytea, beginning bytea, ending bytea, "
    "now bigint, by_whom text, written_as int, expected int, "
    "OUT after bigint, OUT instant bigint, OUT ended int"
)
_ONE_DOES: Final = (
    "DECLARE of_stream int; of_kind int; BEGIN "
    f"{_FIRST}"
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
    f"new_salt, digest, sha256(beginning || {_FIELD} || ending)); END"
)
# Streams and kinds are given once each, and by their place in that list for each event.
_MANY_TAKES: Final = (
    "ids text[], streams text[], of_stream int[], nth int[], "
    "kinds text[], versions int[], of_kind int[], edtfs text[], earliests int[], latests int[], "
    "abouts text[], payloads bytea[], salts bytea[], digests bytea[], beginnings bytea[], "
    "endings bytea[], now bigint, by_whom text, written_as int, expected int, "
    "OUT after bigint, OUT instant bigint, OUT ended int[]"
)
_MANY_DOES: Final = (
    "DECLARE stream_ids int[]; kind_ids int[]; field bytea; BEGIN "
    f"{_FIRST}"
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
    "AS given; END"
)

# What each takes and tells, what holds while it runs, and what it does.
_FUNCTIONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "log_hold": ("OUT after bigint, OUT instant bigint", _BY_INDEX, f"BEGIN {_FIRST}END"),
    "log_append_one": (_ONE_TAKES, _BY_INDEX, _ONE_DOES),
    "log_append": (
        _MANY_TAKES,
        f"{_BY_INDEX} SET plan_cache_mode = force_generic_plan",
        _MANY_DOES,
    ),
}
NAMES: Final = frozenset(_FUNCTIONS)


def statements_of(function: str) -> Sequence[str]:
    """Return what puts *function* in the place of whatever has its name and takes the same."""
    takes, settings, does = _FUNCTIONS[function]
    return (
        f"DROP ROUTINE IF EXISTS {function}({takes})",
        f"CREATE FUNCTION {function}({takes}) LANGUAGE plpgsql {settings} AS $$ {does} $$",
    )
