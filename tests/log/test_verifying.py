"""verify finds whatever was changed below the triggers, and names the first bad position."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Connection, Engine, text

from archive.errors import DamagedLogError
from archive.log import Verified, verify
from archive.storage import writing
from tests.builders import an_event, keep, scratch
from tests.log.sealed_logs import without_guards

OTHER_BYTES = {"sqlite": "x'00'", "postgresql": "'\\x00'::bytea"}
CHANGED = "UPDATE event SET {} WHERE position = 2"
TAMPERED: dict[str, tuple[Sequence[str], int]] = {
    "a text": ([CHANGED.format("payload = {bytes}")], 2),
    "a salt": ([CHANGED.format("salt = {bytes}")], 2),
    "a text, its hash not": ([CHANGED.format("payload = {bytes}, salt = {bytes}")], 2),
    "a payload hash": ([CHANGED.format("payload_hash = {bytes}")], 2),
    "a leaf": ([CHANGED.format("leaf = {bytes}")], 2),
    "an id": ([CHANGED.format("id = 'other'")], 2),
    "a date": ([CHANGED.format("edtf = '1999'")], 2),
    "a bound": ([CHANGED.format("earliest = earliest - 1")], 2),
    "a bound taken away": ([CHANGED.format("latest = NULL")], 2),
    "a recorder": ([CHANGED.format("recorded_by = 'somebody'")], 2),
    "what it is about": ([CHANGED.format("about = 'x'")], 2),
    "a format": ([CHANGED.format("format = 2")], 2),
    "a record time forwards": ([CHANGED.format("recorded_at = recorded_at + 1")], 2),
    "a record time backwards": ([CHANGED.format("recorded_at = 1")], 2),
    "a kind": ([CHANGED.format("kind_id = 1")], 2),
    "a stream": ([CHANGED.format("stream_id = 3, stream_position = 9")], 2),
    "a place in a stream": ([CHANGED.format("stream_position = 9")], 2),
    "the name of a stream": (["UPDATE stream SET name = 'x' WHERE id = 2"], 2),
    "the name of a kind": (["UPDATE kind SET name = 'x' WHERE id = 2"], 2),
    "the version of a kind": (["UPDATE kind SET version = 2 WHERE id = 2"], 2),
    "a text blanked in silence": ([CHANGED.format("payload = NULL, salt = NULL")], 2),
    "one deleted": (["DELETE FROM event WHERE position = 2"], 2),
    "the first deleted": (["DELETE FROM event WHERE position = 1"], 1),
    "one deleted and the rest moved up": (
        [
            "DELETE FROM event WHERE position = 2",
            "UPDATE event SET position = position - 1 WHERE position = 3",
            "UPDATE event SET position = position - 1 WHERE position = 4",
        ],
        2,
    ),
    "two swapped within a stream": (
        [
            "UPDATE event SET position = 99 WHERE position = 2",
            "UPDATE event SET position = 2 WHERE position = 3",
            "UPDATE event SET position = 3 WHERE position = 99",
        ],
        2,
    ),
    "two swapped across streams": (
        [
            "UPDATE event SET position = 99 WHERE position = 3",
            "UPDATE event SET position = 3 WHERE position = 4",
            "UPDATE event SET position = 4 WHERE position = 99",
        ],
        4,
    ),
    "one put before the first": (
        ["UPDATE event SET position = -1, stream_position = 9 WHERE position = 4"],
        -1,
    ),
    "an erasure without a masking": (["INSERT INTO erasure VALUES (2, 3)"], 2),
    "the texts of two swapped": (
        [
            CHANGED.format(
                "payload = (SELECT payload FROM event WHERE position = 3), "
                "salt = (SELECT salt FROM event WHERE position = 3)"
            ),
        ],
        2,
    ),
}


def damage(connection: Connection) -> int:
    with pytest.raises(DamagedLogError) as found:
        verify(connection)
    assert found.value.words("zh") != found.value.words("en")
    position: object = found.value.parts["position"]
    assert isinstance(position, int)
    return position


def test_a_log_left_alone_is_whole(kept: Engine) -> None:
    seen: list[int] = []

    with scratch(kept) as connection:
        verified = verify(connection, progress=seen.append)

    assert verified == Verified(events=4, masked=())
    assert seen == [4]


def test_an_empty_log_is_whole(engine: Engine) -> None:
    with writing(engine) as connection:
        assert verify(connection) == Verified(events=0, masked=())


@pytest.mark.parametrize(("statements", "position"), TAMPERED.values(), ids=TAMPERED)
def test_verify_names_the_first_position_that_was_tampered_with(
    kept: Engine, statements: Sequence[str], position: int
) -> None:
    with scratch(kept) as connection:
        without_guards(connection)
        for statement in statements:
            connection.execute(text(statement.replace("{bytes}", OTHER_BYTES[kept.dialect.name])))

        assert damage(connection) == position


def test_a_server_knows_where_its_log_ended(kept: Engine) -> None:
    """A file does not: only a checkpoint kept elsewhere could tell that its end was cut off."""
    with scratch(kept) as connection:
        without_guards(connection)
        connection.execute(text("DELETE FROM event WHERE position = 4"))

        if kept.dialect.name == "postgresql":
            assert damage(connection) == 4
        else:
            assert verify(connection).events == 3


def test_a_page_of_the_check_ends_where_it_likes(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.log.verifying._PAGE", 2)
    keep(engine, *(an_event(id=f"e{number}") for number in range(6)))

    with scratch(engine) as connection:
        assert verify(connection).events == 7
        without_guards(connection)
        connection.execute(text("DELETE FROM event WHERE position = 5"))

        assert damage(connection) == 5
