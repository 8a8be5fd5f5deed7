"""Whether the guards that keep the log append-only are those that the migrations made.

A log whose guards are gone may still be whole; whoever took them away may have been at it, and
whoever comes next meets nothing. So each guard is known here by the digest of what it does, and
can be put back. So are the functions by which events are appended to the log of a server: whoever
replaced one could have an event altered before it is written.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection

from archive.log import functions, guarding
from archive.storage import fetch

_TABLES: Final = (
    "ARRAY['event', 'stream', 'kind', 'erasure', 'tile', 'signed_checkpoint', 'log_head']"
    "::regclass[]"
)
# Of each guard and function the beginning of SHA-256, in hexadecimal, over what the statements
# below answer.
_DIGITS: Final = 16
_ASKED: Final[Mapping[str, str]] = {
    "sqlite": "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
    # What fires when, whether always, and what it runs; what a function takes, how and by whose
    # right it runs.
    "postgresql": (
        "SELECT tgname::text, concat_ws('|', "  # noqa: S608 - names of ours
        "tgrelid::regclass, tgtype, tgenabled, tgattr, "
        "tgnargs, tgqual IS NULL, tgoldtable, tgnewtable, proname, lanname, proconfig, prosrc) "
        "FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
        "JOIN pg_language ON pg_language.oid = prolang "
        f"WHERE NOT tgisinternal AND tgrelid = ANY ({_TABLES}) UNION ALL "
        "SELECT proname::text, concat_ws('|', prokind, proretset, prosecdef, proisstrict, "
        "proargtypes, proallargtypes, proargmodes, proargnames, lanname, proconfig, prosrc) "
        "FROM pg_proc JOIN pg_language ON pg_language.oid = prolang "
        f"WHERE proname = ANY (ARRAY{sorted(functions.NAMES)}) "
        "AND pg_function_is_visible(pg_proc.oid)"
    ),
}
# What fires before a row is written, or in the place of it: that may have it left out, or changed.
_BESIDE: Final[Mapping[str, str]] = {
    "sqlite": (
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN "
        "('event', 'stream', 'kind', 'erasure', 'tile', 'signed_checkpoint')"
    ),
    "postgresql": (
        "SELECT tgname::text FROM pg_trigger "  # noqa: S608 - names of ours
        f"WHERE NOT tgisinternal AND tgtype & 2 = 2 AND tgrelid = ANY ({_TABLES}) UNION ALL "
        f"SELECT rulename::text FROM pg_rewrite WHERE ev_class = ANY ({_TABLES})"
    ),
}
_KNOWN: Final[Mapping[str, Mapping[str, str]]] = {
    "sqlite": {
        "erasure_delete": "21fae58bf2a57184",
        "erasure_insert": "a54ea622d585f45f",
        "erasure_update": "e8a660878f61b89f",
        "event_delete": "d8f57be93b661cc1",
        "event_insert": "a6f75927cf4a490a",
        "event_update": "e436fa337a32c869",
        "kind_delete": "7876609842437c3d",
        "kind_insert": "9a2dcd4c48ae03f6",
        "kind_update": "4c2c7909ebb5050e",
        "signed_checkpoint_delete": "d4f61f959f153769",
        "signed_checkpoint_insert": "5c501dbf00063893",
        "signed_checkpoint_update": "8fdcf6bbe5f59245",
        "stream_delete": "d50dd467d1cd7050",
        "stream_insert": "435cf465795e6213",
        "stream_update": "b3efba2c41307e56",
        "tile_delete": "fbf37263bc4d9af0",
        "tile_insert": "719915d44a0f6f40",
        "tile_update": "595c3f49b1bec34f",
    },
    "postgresql": {
        "erasure_delete": "f08ed3c040e62d97",
        "erasure_insert": "4a0d5cda03ecd1cc",
        "erasure_truncate": "0f3b36f74fb7b358",
        "erasure_update": "03ac1346b1415f78",
        "event_delete": "42e1531a47c5d1f4",
        "event_insert": "14089e5f91890bc4",
        "event_truncate": "0aa30d4f3868c46d",
        "event_update": "6fc1055cb51b424d",
        "kind_delete": "69f4829afa2790c3",
        "kind_truncate": "52bc7996f25c1e7b",
        "kind_update": "16c4a031ad3f23dd",
        "log_append": "9f1c9ba8b6c20f6a",
        "log_append_one": "598e96730d9c8ed5",
        "log_head_delete": "ff85d6e96bcb66ec",
        "log_head_truncate": "a261e46bc33d94cc",
        "log_head_update": "a9536231d04a2fd4",
        "log_hold": "270160c37cc6d61d",
        "signed_checkpoint_delete": "780d431259ec603b",
        "signed_checkpoint_insert": "a834590a97a1d24c",
        "signed_checkpoint_truncate": "b5a963effc66b154",
        "signed_checkpoint_update": "b2fc65179d614a46",
        "stream_delete": "8440d741cf46ecef",
        "stream_truncate": "2861f2c38fae2048",
        "stream_update": "59059d6c6450409d",
        "tile_delete": "0c25117b948fd3d2",
        "tile_insert": "2a811e22739b1bf3",
        "tile_truncate": "fb952166cd49810b",
        "tile_update": "a1d436608f947c07",
    },
}


def altered_guards(connection: Connection) -> list[str]:
    """Return the names of the guards and functions that are missing, off or not as they were.

    The tables must be those of this version; of what somebody added `strange_guards` tells.
    """
    found = set(_found(connection))
    known = _KNOWN[connection.dialect.name]
    return sorted(name for name, digest in known.items() if (name, digest) not in found)


def strange_guards(connection: Connection) -> list[str]:
    """Return the names of the triggers and rules on the log that are none of its guards.

    On a server those that fire after a row was written are not among them: they change nothing of
    it. A file's may all have a row left out. Among them are functions that have the name of one
    of the log's but take something else: a call may meet either.
    """
    dialect = connection.dialect.name
    known = _KNOWN[dialect]
    beside = {str(name) for (name,) in fetch(connection, _BESIDE[dialect])} - known.keys()
    found = Counter(name for name, _digest in _found(connection))
    return sorted(beside | {name for name in functions.NAMES if found[name] > 1})


def put_back_guards(connection: Connection) -> list[str]:
    """Put back each guard and function that `altered_guards` names, and return their names.

    In the caller's transaction, which must write. It says nothing of what was done to the log
    while they were off.
    """
    altered = altered_guards(connection)
    for name in altered:
        for statement in _statements_of(name, dialect=connection.dialect.name):
            connection.exec_driver_sql(statement)
    return altered


def _found(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield what there is by name, each with the digest of what it does."""
    for name, does in fetch(connection, _ASKED[connection.dialect.name]):
        yield name, hashlib.sha256(does.encode()).hexdigest()[:_DIGITS]


def _statements_of(name: str, *, dialect: str) -> Sequence[str]:
    if name in functions.NAMES:
        return functions.statements_of(name)
    return guarding.statements_of(name, dialect=dialect)
