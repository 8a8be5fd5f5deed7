"""When a checkpoint says that it was sealed: never before what it seals."""

from datetime import timedelta

from sqlalchemy import Engine, select

from archive.log import head, newest_checkpoint, position_at, seal_tiles, verify
from archive.log.clock import to_microseconds
from archive.log.sealed import signed_checkpoints
from archive.storage import reading, writing
from tests.builders import MORNING, an_event, clock_from, recorded
from tests.log.sealed_logs import SIGNER


def test_a_clock_that_was_set_back_seals_nothing_before_its_time(engine: Engine) -> None:
    early = clock_from(MORNING - timedelta(days=1))
    with writing(engine) as connection:
        recorded(connection, [an_event(id="one")], clock=clock_from(MORNING))
    seal_tiles(engine, signer=SIGNER, clock=clock_from(MORNING + timedelta(days=1)))
    with writing(engine) as connection:
        recorded(connection, [an_event(id="two")], clock=early)
    seal_tiles(engine, signer=SIGNER, clock=early)

    with reading(engine) as connection:
        instants = connection.scalars(
            select(signed_checkpoints.c.sealed_at).order_by(signed_checkpoints.c.size)
        ).all()
        newest = newest_checkpoint(connection)
        last, recorded_last = head(connection)
        assert verify(connection).checkpoints == 2
        assert [position_at(connection, one) for one in instants] == [last, last]
    assert len(instants) == 2
    assert instants == sorted(instants)
    assert recorded_last == to_microseconds(MORNING + timedelta(minutes=1))
    assert newest is not None
    assert f"sealed {MORNING + timedelta(days=1):%Y-%m-%dT%H:%M}" in newest.note
