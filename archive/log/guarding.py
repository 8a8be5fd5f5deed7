"""The guards that keep the log append-only, as they are to stand: what the migrations lead to.

A guard is a trigger; on a server it runs a function. Whoever changes one in a migration changes it
here too, so that one that was taken away or made weaker can be put back as it should be.
"""
# ruff: noqa: S608 - all that stands in these statements stands in this module

from collections.abc import Mapping, Sequence
from typing import Final

from archive.log.tables import events

_APPEND_ONLY: Final = "the log is append-only"
_NEXT_ONLY: Final = "the log takes only the next position"
_HEAD_RISES: Final = "the head of the log only rises"
_FOLLOWERS: Final = 0x666F6C6C
# All of an event but its text and the salt of that.
_KEPT: Final = [one.name for one in events.columns if one.name not in {"payload", "salt"}]
_ERASED: Final = "EXISTS (SELECT 1 FROM erasure WHERE position = OLD.position)"
_MASKING: Final = (
    "SELECT 1 FROM event masking JOIN kind ON kind.id = masking.kind_id "
    "JOIN event masked ON masked.position = NEW.position "
    "WHERE masking.position = NEW.masked_by AND kind.name = 'text_masked' "
    "AND masking.about IN (masked.id, masked.about)"
)
_NO_NEXT_TILE: Final = (
    "NEW.number <> (SELECT COALESCE(MAX(number), -1) + 1 FROM tile "
    "WHERE level = NEW.level) OR length(NEW.hashes) <> 8192"
)
_NO_NEXT_CHECKPOINT: Final = (
    "NEW.size <= (SELECT COALESCE(MAX(size), 0) FROM signed_checkpoint) "
    "OR NEW.size > (SELECT COALESCE(MAX(position), 0) FROM event)"
)


def _blanks(same: str) -> str:
    """Return the condition of an update that takes the text of an event, and may."""
    kept = " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in _KEPT)
    return f"{kept} AND NEW.payload IS NULL AND NEW.salt IS NULL AND {_ERASED}"


def _no_next_number(table: str, same: str) -> str:
    return (
        f"NEW.id IS NOT (SELECT COALESCE(MAX(id), 0) + 1 FROM {table}) "
        f"OR EXISTS (SELECT 1 FROM {table} WHERE {same})"
    )


# When a file refuses, and with what words; of most there is no condition.
_ON_FILE: Final[Mapping[str, tuple[str, str]]] = {
    **{
        f"{table}_{moment}": ("", _APPEND_ONLY)
        for table in ("event", "stream", "kind", "erasure", "tile", "signed_checkpoint")
        for moment in ("delete", "update")
    },
    "event_update": (f"NOT ({_blanks('IS')})", _APPEND_ONLY),
    "event_insert": (
        (
            "NEW.position IS NOT (SELECT COALESCE(MAX(position), 0) + 1 FROM event) "
            "OR NEW.stream_position IS NOT (SELECT COALESCE(MAX(stream_position), 0) + 1 "
            "FROM event WHERE stream_id = NEW.stream_id) "
            "OR NEW.recorded_at < (SELECT COALESCE(MAX(recorded_at), 0) FROM event "
            "WHERE position = NEW.position - 1) "
            "OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)"
        ),
        _NEXT_ONLY,
    ),
    "stream_insert": (_no_next_number("stream", "name = NEW.name"), _APPEND_ONLY),
    "kind_insert": (
        _no_next_number("kind", "name = NEW.name AND version = NEW.version"),
        _APPEND_ONLY,
    ),
    "erasure_insert": (
        f"EXISTS (SELECT 1 FROM erasure WHERE position = NEW.position) OR NOT EXISTS ({_MASKING})",
        _APPEND_ONLY,
    ),
    "tile_insert": (_NO_NEXT_TILE, _APPEND_ONLY),
    "signed_checkpoint_insert": (_NO_NEXT_CHECKPOINT, _APPEND_ONLY),
}


def _refuse(words: str) -> str:
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = 'restrict_violation';"


def _unless(condition: str, words: str) -> str:
    return f"BEGIN IF {condition} THEN RETURN NEW; END IF; {_refuse(words)} END"


def _if(condition: str) -> str:
    return f"BEGIN IF {condition} THEN {_refuse(_APPEND_ONLY)} END IF; RETURN NEW; END"


# What the triggers of a server run.
_FUNCTIONS: Final[Mapping[str, str]] = {
    "log_refuses": f"BEGIN {_refuse(_APPEND_ONLY)} END",
    "log_masks": _unless(_blanks("IS NOT DISTINCT FROM"), _APPEND_ONLY),
    "log_erases": _unless(f"EXISTS ({_MASKING})", _APPEND_ONLY),
    "tile_is_next": _if(_NO_NEXT_TILE),
    "signed_checkpoint_is_next": _if(_NO_NEXT_CHECKPOINT),
    "log_head_rises": (
        "BEGIN IF NEW.recorded_at >= OLD.recorded_at AND NEW.position >= OLD.position "
        "AND NEW.position = (SELECT max(position) FROM event) THEN "
        f"IF NOT pg_try_advisory_xact_lock({_FOLLOWERS}) THEN "
        "PERFORM pg_notify('archive_log', ''); END IF; RETURN NEW; END IF; "
        f"{_refuse(_HEAD_RISES)} END"
    ),
    "log_is_dense": (
        "DECLARE low bigint; high bigint; many bigint; first bigint; last bigint; "
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
        f"THEN {_refuse(_NEXT_ONLY)} END IF; RETURN NULL; END"
    ),
}
_SETTINGS: Final = {"log_is_dense": "SET enable_seqscan = off "}
_ONCE: Final = "REFERENCING NEW TABLE AS added FOR EACH STATEMENT"

# When a trigger of a server fires, for what, and which function it runs.
_ON_SERVER: Final[Mapping[str, tuple[str, str, str]]] = {
    **{
        f"{table}_{moment}": ("BEFORE", each, "log_refuses")
        for table in (
            "event", "stream", "kind", "erasure", "tile", "signed_checkpoint", "log_head"
        )
        for moment, each in (
            ("delete", "FOR EACH ROW"), ("update", "FOR EACH ROW"), ("truncate", "")
        )
    },
    "event_update": ("BEFORE", "FOR EACH ROW", "log_masks"),
    "event_insert": ("AFTER", _ONCE, "log_is_dense"),
    "erasure_insert": ("BEFORE", "FOR EACH ROW", "log_erases"),
    "tile_insert": ("BEFORE", "FOR EACH ROW", "tile_is_next"),
    "signed_checkpoint_insert": ("BEFORE", "FOR EACH ROW", "signed_checkpoint_is_next"),
    "log_head_update": ("BEFORE", "FOR EACH ROW", "log_head_rises"),
}  # fmt: skip


def statements_of(guard: str, *, dialect: str) -> Sequence[str]:
    """Return what puts *guard* in the place of whatever has its name, on that database."""
    table, _, moment = guard.rpartition("_")
    if dialect == "sqlite":
        condition, words = _ON_FILE[guard]
        when = f"WHEN {condition} " if condition else ""
        return (
            f"DROP TRIGGER IF EXISTS {guard}",
            (
                f"CREATE TRIGGER {guard} BEFORE {moment.upper()} ON {table} {when}"
                f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            ),
        )
    when, each, function = _ON_SERVER[guard]
    return (
        (
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql "
            f"{_SETTINGS.get(function, '')}AS $$ {_FUNCTIONS[function]} $$"
        ),
        f"DROP TRIGGER IF EXISTS {guard} ON {table}",
        (
            f"CREATE TRIGGER {guard} {when} {moment.upper()} ON {table} {each} "
            f"EXECUTE FUNCTION {function}()"
        ),
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {guard}",
    )
