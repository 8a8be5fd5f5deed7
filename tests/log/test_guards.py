"""Append-only is the database's law: every way around it is tried, on both databases."""
# ruff: noqa: S608 - the statements are the tests' own

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from archive.log import Verified, hold, read_log, verify
from archive.log.tables import events
from archive.log.writer import append
from archive.storage import metadata, reading, writing
from tests.builders import an_event, checked, scratch

COLUMNS = [column.name for column in events.columns]
TABLES = ("event", "stream", "kind", "erasure")
NEXT = "(SELECT MAX(position) + 1 FROM event)"
NEXT_OF_STREAM = "(SELECT MAX(stream_position) + 1 FROM event WHERE stream_id = 2)"
LAST_INSTANT = "(SELECT MAX(recorded_at) FROM event)"


def copied(verb: str = "INSERT", *, after: str = "", **changes: str) -> str:
    """Return a statement that puts a copy of event 2 into the log, with *changes*."""
    values = [changes.get(name, name) for name in COLUMNS]
    return (
        f"{verb} INTO event ({', '.join(COLUMNS)}) "
        f"SELECT {', '.join(values)} FROM event WHERE position = 2 {after}"
    )


def after_head(**changes: str) -> str:
    """Return a copy as the next event, wrong in nothing but *changes*."""
    right = {
        "position": NEXT,
        "id": "'new'",
        "stream_position": NEXT_OF_STREAM,
        "recorded_at": LAST_INSTANT,
    }
    return copied(**right | changes)


BOTH = {
    "a hole in the stream": after_head(stream_position=f"{NEXT_OF_STREAM} + 1"),
    "back in time": after_head(recorded_at="recorded_at - 9"),
    "update a text": "UPDATE event SET payload = salt WHERE position = 2",
    "update a time": "UPDATE event SET recorded_at = recorded_at + 1",
    "update an id": "UPDATE event SET id = 'other' WHERE position = 2",
    "update a position": "UPDATE event SET position = 99 WHERE position = 2",
    "update nothing": "UPDATE event SET id = id",
    "blank without an erasure": "UPDATE event SET payload = NULL, salt = NULL WHERE position = 2",
    "delete one": "DELETE FROM event WHERE position = 2",
    "delete the last": f"DELETE FROM event WHERE position = {NEXT} - 1",
    "delete all": "DELETE FROM event",
    "delete a stream": "DELETE FROM stream",
    "delete a kind": "DELETE FROM kind",
    "rename a stream": "UPDATE stream SET name = 'x' WHERE id = 2",
    "rename a kind": "UPDATE kind SET name = 'x' WHERE id = 2",
    "a hole": copied(position=f"{NEXT} + 1", id="'new'", stream_position=NEXT_OF_STREAM),
    "before the beginning": copied(position="0", id="'new'", stream_position=NEXT_OF_STREAM),
    "a used position": copied(id="'new'", stream_position=NEXT_OF_STREAM),
    "a used id": copied(position=NEXT, stream_position=NEXT_OF_STREAM),
    "a used place in the stream": copied(position=NEXT, id="'new'"),
    "upsert that updates, used position": copied(
        id="'new'",
        stream_position=NEXT_OF_STREAM,
        after="AND TRUE ON CONFLICT (position) DO UPDATE SET payload = excluded.payload",
    ),
    "upsert that updates, used id": copied(
        position=NEXT,
        stream_position=NEXT_OF_STREAM,
        after="AND TRUE ON CONFLICT (id) DO UPDATE SET id = 'other'",
    ),
    "upsert that does nothing, a hole": copied(
        position=f"{NEXT} + 1",
        id="'new'",
        stream_position=NEXT_OF_STREAM,
        after="AND TRUE ON CONFLICT DO NOTHING",
    ),
}
SQLITE = {
    "replace, used position": copied("INSERT OR REPLACE"),
    "replace, used id": copied("REPLACE", position=NEXT, stream_position=NEXT_OF_STREAM),
    "replace, used place": copied("REPLACE", position=NEXT, id="'new'"),
    "update or replace": "UPDATE OR REPLACE event SET position = 1 WHERE position = 2",
    "insert or ignore, a hole": copied(
        "INSERT OR IGNORE", position=f"{NEXT} + 1", id="'new'", stream_position=NEXT_OF_STREAM
    ),
    "upsert that does nothing, used id": copied(
        position=NEXT, stream_position=NEXT_OF_STREAM, after="AND TRUE ON CONFLICT DO NOTHING"
    ),
    "insert or ignore, used id": copied("INSERT OR IGNORE", position=NEXT),
    "replace a stream": "INSERT OR REPLACE INTO stream (id, name) VALUES (2, 'x')",
    "replace a kind": "INSERT OR REPLACE INTO kind (id, name, version) VALUES (2, 'x', 1)",
    "a stream twice": "INSERT OR IGNORE INTO stream (id, name) SELECT 99, name FROM stream",
}
POSTGRES = {
    "truncate": "TRUNCATE event CASCADE",
    "truncate streams": "TRUNCATE stream CASCADE",
    "truncate the head": "TRUNCATE log_head",
    "delete the head": "DELETE FROM log_head",
    "lower the head": "UPDATE log_head SET position = position - 1",
    "turn the clock back": "UPDATE log_head SET recorded_at = recorded_at - 1",
    "raise the head": "UPDATE log_head SET position = position + 1",
    "move the head along": "UPDATE log_head SET position = position + 1; " + after_head(),
    "past the head": after_head(position=f"{NEXT} + 1"),
    "a stream that is not there": after_head(stream_id="99", stream_position="1"),
    "a kind that is not there": after_head(kind_id="99"),
    "two of one place": after_head(stream_position="stream_position"),
    "triggers off as the application may": "SET LOCAL session_replication_role = replica; "
    "DELETE FROM event WHERE position = 2",
}
SILENT = {
    "upsert that does nothing, used id": copied(
        position=NEXT, stream_position=NEXT_OF_STREAM, after="ON CONFLICT (id) DO NOTHING"
    ),
    "upsert that does nothing, used position": copied(
        id="'new'", stream_position=NEXT_OF_STREAM, after="ON CONFLICT DO NOTHING"
    ),
}

ATTEMPTS = {
    "sqlite": BOTH | SQLITE,
    "postgresql": BOTH | POSTGRES,
}


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with reading(engine) as connection:
        return {
            name: [tuple(row) for row in connection.execute(metadata.tables[name].select())]
            for name in TABLES
        }


def try_out(engine: Engine, statement: str) -> None:
    with writing(engine) as connection:
        for one in statement.split("; "):
            connection.execute(text(one))


@pytest.mark.parametrize("name", BOTH | SQLITE | POSTGRES)
def test_the_database_refuses(kept: Engine, name: str) -> None:
    statement = ATTEMPTS[kept.dialect.name].get(name)
    before = contents(kept)

    for one in [statement] if statement else []:  # each database is tried with its own language
        with pytest.raises(
            DBAPIError, match=r"append-only|next position|head of the log|duplicate"
        ):
            try_out(kept, one)

    assert contents(kept) == before


def test_the_next_event_of_its_stream_is_taken_and_moves_the_head(kept: Engine) -> None:
    with scratch(kept) as connection:
        before = hold(connection)

        connection.execute(text(after_head()))

        assert hold(connection) == (before[0] + 1, before[1])


@pytest.mark.parametrize("name", SILENT)
def test_a_server_leaves_the_log_as_it_is_when_asked_to_do_nothing(
    kept: Engine, name: str
) -> None:
    before = contents(kept)

    if kept.dialect.name == "postgresql":  # a file refuses it aloud, see above
        try_out(kept, SILENT[name])

    assert contents(kept) == before


def masking_of(connection: Connection, target: str) -> None:
    """Record at position 5 that the text of *target* is masked, and do no more."""
    said = an_event("text_masked", id="masking", target=target, stream="x", reason="private")
    append(connection, [checked(said)], recorded_by="tests")


def erase(connection: Connection, assignment: str, *, permitted: int = 2) -> None:
    masking_of(connection, {2: "one", 3: "two"}[permitted])
    connection.execute(text(f"INSERT INTO erasure VALUES ({permitted}, 5)"))
    connection.execute(text(f"UPDATE event SET {assignment} WHERE position = 2"))


def test_a_text_may_be_blanked_where_an_erasure_names_it(kept: Engine) -> None:
    with scratch(kept) as connection:
        erase(connection, "payload = NULL, salt = NULL")

        verified = verify(connection)
        masked = [one for one in read_log(connection) if one.is_masked]

    assert verified == Verified(events=5, masked=(2,))
    assert [one.position for one in masked] == [2]
    assert masked[0].event.kind == "org_founded"
    assert masked[0].event.entities == ()


@pytest.mark.parametrize("masked_by", [3, 5], ids=["a fact", "a masking of another"])
def test_an_erasure_needs_a_masking_of_that_event(kept: Engine, masked_by: int) -> None:
    with scratch(kept) as connection:
        masking_of(connection, "two")

        with pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(f"INSERT INTO erasure VALUES (2, {masked_by})"))


MORE_THAN_BLANKING = {
    "the text of another": ("payload = NULL, salt = NULL", 3),
    "the text but not its salt": ("payload = NULL", 2),
    "another text": ("payload = salt, salt = NULL", 2),
    "the text and a date": ("payload = NULL, salt = NULL, edtf = '1999'", 2),
    "the text and its hash": ("payload = NULL, salt = NULL, payload_hash = leaf", 2),
}


@pytest.mark.parametrize(
    ("assignment", "permitted"), MORE_THAN_BLANKING.values(), ids=MORE_THAN_BLANKING
)
def test_nothing_but_the_text_that_is_named_may_be_blanked(
    kept: Engine, assignment: str, permitted: int
) -> None:
    before = contents(kept)

    with pytest.raises(DBAPIError, match="append-only"), writing(kept) as connection:
        erase(connection, assignment, permitted=permitted)

    assert contents(kept) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE erasure SET masked_by = 3",
        "DELETE FROM erasure",
        "UPDATE event SET payload = leaf, salt = leaf WHERE position = 2",
    ],
    ids=["moved", "taken back", "filled in again"],
)
def test_a_masking_cannot_be_undone(kept: Engine, statement: str) -> None:
    with scratch(kept) as connection:
        erase(connection, "payload = NULL, salt = NULL")

        with pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(statement))
