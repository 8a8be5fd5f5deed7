"""Whatever is done below the triggers, its first position is named."""
# ruff: noqa: S608 - the statements are the tests' own

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, Engine, func, select, text

from archive.errors import DamagedLogError
from archive.log import Checkpoint, ForgedCheckpointError, hashing, verify
from archive.log.notes import new_signer, signed
from archive.log.sealed import signed_checkpoints, tiles
from archive.log.tables import events
from archive.log.tiles import TILE, Tree, leaves
from archive.storage import open_engine
from tests.builders import scratch
from tests.log.sealed_logs import SEALED_ON, SIGNER, grow, sealed, without_guards

COUNT, BAD = 300, 280


@pytest.fixture
def checkpoint(engine: Engine) -> Checkpoint:
    """The checkpoint of 300 events, of which the last 44 are in no full tile."""
    grow(engine, COUNT)
    return sealed(engine)


def flip(connection: Connection, position: int) -> None:
    """Flip one bit of a text."""
    payload = connection.scalar(select(events.c.payload).where(events.c.position == position))
    assert payload is not None
    flipped = bytes([payload[0] ^ 1]) + bytes(payload)[1:]
    _set(connection, position, payload=flipped)


def delete(connection: Connection, position: int) -> None:
    connection.execute(text(f"DELETE FROM event WHERE position = {position}"))


def close_up(connection: Connection, position: int) -> None:
    """Delete one and move the rest up, in the log and in its stream."""
    delete(connection, position)
    for later in range(position + 1, COUNT + 1):
        connection.execute(
            text(
                "UPDATE event SET position = position - 1, stream_position = stream_position - 1 "
                f"WHERE position = {later}"
            )
        )
    _end_at(connection, COUNT - 1)


def insert(connection: Connection, position: int) -> None:
    """Push one in that hashes well, and move the rest down."""
    for later in range(COUNT, position - 1, -1):
        connection.execute(
            text(
                "UPDATE event SET position = position + 1, stream_position = stream_position + 1 "
                f"WHERE position = {later}"
            )
        )
    columns = [column.name for column in events.columns]
    changed = {"position": str(position), "stream_position": str(position), "id": "'pushed-in'"}
    values = ", ".join(changed.get(name, name) for name in columns)
    connection.execute(
        text(f"INSERT INTO event ({', '.join(columns)}) SELECT {values} FROM event "
             f"WHERE position = {position + 1}")
    )  # fmt: skip
    _hash_again(connection, position)
    _end_at(connection, COUNT + 1)


def swap(connection: Connection, position: int) -> None:
    """Let two that follow each other change their places."""
    for before, after in ((position, 9999), (position + 1, position), (9999, position + 1)):
        connection.execute(
            text(
                f"UPDATE event SET position = {after}, stream_position = {after} "
                f"WHERE position = {before}"
            )
        )


def truncate(connection: Connection, position: int) -> None:
    connection.execute(text(f"DELETE FROM event WHERE position >= {position}"))
    _end_at(connection, position - 1)


def rewrite(connection: Connection, position: int) -> None:
    """Say something else, and hash it all afresh."""
    salt, payload = b"s" * 16, b'{"title":{"en":"never so"}}'
    digest = hashing.payload_hash(payload, salt=salt)
    _set(connection, position, payload=payload, salt=salt, payload_hash=digest)
    _hash_again(connection, position)


def rewrite_with_seals(connection: Connection, position: int) -> None:
    """Rewrite an event, and every tile and checkpoints over it, signed by another key."""
    rewrite(connection, position)
    hashes = b"".join(leaves(connection, after=0, until=TILE))
    connection.execute(tiles.update().values(hashes=hashes))
    connection.execute(text("DELETE FROM signed_checkpoint"))
    other, tree = new_signer(), Tree(connection)
    for size, start in ((COUNT - 100, 0), (COUNT, TILE)):
        forged = signed(other, size=size, root=tree.root(size), sealed_at="then")
        kept = b"".join(leaves(connection, after=start, until=size))
        row = {"size": size, "root": forged.root, "sealed_at": 0, "leaves": kept}
        connection.execute(signed_checkpoints.insert(), row | {"note": forged.note})


def _set(connection: Connection, position: int, **values: object) -> None:
    connection.execute(events.update().where(events.c.position == position).values(**values))


def _hash_again(connection: Connection, position: int) -> None:
    row = connection.execute(
        text(
            "SELECT event.*, stream.name AS stream, kind.name AS kind, kind.version FROM event "
            "JOIN stream ON stream.id = stream_id JOIN kind ON kind.id = kind_id "
            f"WHERE position = {position}"
        )
    ).one()
    leaf = hashing.leaf(
        row.id, row.stream, row.kind, row.version, row.edtf, row.earliest, row.latest,
        row.recorded_at, row.recorded_by, row.about, payload_digest=bytes(row.payload_hash),
    )  # fmt: skip
    _set(connection, position, leaf=leaf)


def _end_at(connection: Connection, position: int) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE log_head DISABLE TRIGGER ALL"))
        connection.execute(text(f"UPDATE log_head SET position = {position}"))


DEEDS: dict[str, Callable[[Connection, int], None]] = {
    "a bit flipped": flip,
    "one deleted": delete,
    "one deleted, the rest moved up": close_up,
    "one pushed in": insert,
    "two swapped": swap,
    "the end cut off": truncate,
    "one rewritten with fresh hashes": rewrite,
}


def damage(connection: Connection, *against: Checkpoint) -> int:
    with pytest.raises(DamagedLogError) as found:
        verify(connection, against=against, verifier=SIGNER.verifier)
    position = found.value.parts["position"]
    assert isinstance(position, int)
    return position


@pytest.mark.parametrize("position", [200, BAD], ids=["in a tile", "in no tile yet"])
@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_the_seals_within_name_the_first_bad_position(
    engine: Engine,
    checkpoint: Checkpoint,
    deed: Callable[[Connection, int], None],
    position: int,
) -> None:
    with scratch(engine) as connection:
        without_guards(connection)
        deed(connection, position)

        assert damage(connection) == position
        assert damage(connection, checkpoint) == position


def test_of_two_bad_positions_the_first_is_named(engine: Engine, checkpoint: Checkpoint) -> None:
    assert checkpoint.size == COUNT
    with scratch(engine) as connection:
        without_guards(connection)
        rewrite(connection, 100)
        flip(connection, 120)

        assert damage(connection) == 100


def test_only_a_checkpoint_kept_outside_knows_of_one_who_rewrote_the_seals_too(
    engine: Engine,
) -> None:
    """It tells a beginning that is sound from what follows: the more are kept, the closer."""
    outside = []
    for count in (100, 179, 21):
        grow(engine, count, name=f"{count}-")
        outside.append(sealed(engine))
    with scratch(engine) as connection:
        without_guards(connection)
        rewrite_with_seals(connection, BAD)

        assert verify(connection, verifier=SIGNER.verifier).sealed == COUNT
        assert damage(connection, outside[-1]) == 1
        assert damage(connection, outside[0], outside[-1]) == 101
        assert damage(connection, *outside) == BAD


def test_a_log_cut_off_with_its_seals_is_known_by_a_checkpoint(
    engine: Engine, checkpoint: Checkpoint
) -> None:
    with scratch(engine) as connection:
        without_guards(connection)
        truncate(connection, BAD)
        connection.execute(text("DELETE FROM signed_checkpoint"))

        assert verify(connection).events == BAD - 1
        assert damage(connection, checkpoint) == BAD


@pytest.mark.parametrize(
    ("statement", "position"),
    [
        ("UPDATE tile SET hashes = (SELECT payload_hash FROM event WHERE position = 1)", 1),
        ("DELETE FROM tile", 1),
        ("UPDATE tile SET hashes = substr(hashes, 1, 8160)", 1),
        ("INSERT INTO tile SELECT 1, number, hashes FROM tile", 1),
        ("INSERT INTO tile SELECT 3, number, hashes FROM tile", 1),
        ("INSERT INTO tile SELECT 0, -1, hashes FROM tile", 1),
        ("UPDATE signed_checkpoint SET root = leaves", 300),
        ("UPDATE signed_checkpoint SET note = replace(note, '300', '299')", 300),
        ("UPDATE signed_checkpoint SET note = 'no checkpoint'", 300),
        ("UPDATE signed_checkpoint SET note = substr(note, 1, strpos(note, '\u2014') - 1)", 300),
        ("UPDATE signed_checkpoint SET leaves = substr(leaves, 1, 32)", 300),
    ],
    ids=[
        "a tile", "a tile gone", "a tile cut short", "a tile too many", "a tile far above",
        "a tile before the first", "a root", "a note", "a note that is none",
        "its signature gone", "its hashes gone",
    ],
)  # fmt: skip
def test_what_was_done_to_the_seals_is_found(
    engine: Engine, checkpoint: Checkpoint, statement: str, position: int
) -> None:
    assert checkpoint.size == COUNT
    with scratch(engine) as connection:
        without_guards(connection)
        strpos = "strpos" if connection.dialect.name == "postgresql" else "instr"
        connection.execute(text(statement.replace("strpos", strpos)))

        assert damage(connection) == position


def test_a_checkpoint_gone_from_between_two_is_found(engine: Engine) -> None:
    for count in (100, 80, 20):
        grow(engine, count, name=f"{count}-")
        sealed(engine)
    with scratch(engine) as connection:
        without_guards(connection)
        connection.execute(text("DELETE FROM signed_checkpoint WHERE size = 180"))

        assert damage(connection) == 200


def test_an_older_checkpoint_that_was_changed_is_refused_too(engine: Engine) -> None:
    for count in (100, 80):
        grow(engine, count, name=f"{count}-")
        sealed(engine)
    with scratch(engine) as connection:
        without_guards(connection)
        backdated = func.replace(signed_checkpoints.c.note, SEALED_ON, "2020-01-01")
        first = signed_checkpoints.update().where(signed_checkpoints.c.size == 100)
        connection.execute(first.values(note=backdated))

        with pytest.raises(ForgedCheckpointError, match="100"):
            verify(connection, verifier=SIGNER.verifier)


@pytest.mark.parametrize(
    ("statement", "position"),
    [
        ("UPDATE event SET recorded_at = 'then' WHERE position = 270", 270),
        ("UPDATE event SET leaf = CAST(leaf || x'ff' AS TEXT) WHERE position = 270", 270),
        ("UPDATE tile SET hashes = CAST(hashes AS TEXT)", 1),
        ("UPDATE signed_checkpoint SET leaves = CAST(leaves AS TEXT)", 300),
        ("UPDATE signed_checkpoint SET root = 'root'", 300),
    ],
    ids=["an instant", "a leaf", "a tile", "hashes", "a root"],
)
def test_a_file_that_holds_other_types_than_its_columns_is_damaged(
    sqlite_url: str, statement: str, position: int
) -> None:
    engine = open_engine(sqlite_url)
    grow(engine, COUNT)
    sealed(engine)
    with scratch(engine) as connection:
        without_guards(connection)
        connection.execute(text(statement))

        assert damage(connection) == position
    engine.dispose()


def test_a_signature_that_is_not_the_keys_is_refused(
    engine: Engine, checkpoint: Checkpoint
) -> None:
    with scratch(engine) as connection:
        without_guards(connection)
        forged = checkpoint.note.replace(SEALED_ON, "2020-01-01")
        connection.execute(signed_checkpoints.update().values(note=forged))

        with pytest.raises(ForgedCheckpointError):
            verify(connection, verifier=SIGNER.verifier)
