"""What lies on the edge of the checks: by one event, between two pages, by the wrong witness."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from archive.commands import retract
from archive.errors import DamagedLogError
from archive.log import NotContinuedError, prove_consistency, seal_tiles, verify
from archive.log.columns import Columns, SoFar, kinds_of, page_after
from archive.storage import reading
from tests.builders import an_event, recorded, scratch
from tests.log.sealed_logs import SIGNER, grow, sealed, without_guards

TILE = 256


def position_of(found: pytest.ExceptionInfo[DamagedLogError]) -> object:
    return found.value.parts["position"]


def test_a_log_that_lost_its_last_event_is_never_sealed_as_it_is(engine: Engine) -> None:
    grow(engine, 4)
    sealed(engine)
    with engine.execution_options(write=True).begin() as connection:
        without_guards(connection)
        connection.execute(text("DELETE FROM event WHERE position = 4"))

    with pytest.raises(DamagedLogError) as found:
        seal_tiles(engine, signer=SIGNER)

    assert position_of(found) == 4


def test_no_root_is_signed_over_a_tile_that_is_not_what_was_sealed(engine: Engine) -> None:
    grow(engine, TILE)
    sealed(engine)
    grow(engine, 1, name="more")
    with engine.execution_options(write=True).begin() as connection:
        without_guards(connection)
        other = b"".join(bytes([n]) * 32 for n in range(TILE))
        connection.execute(text("UPDATE tile SET hashes = :other"), {"other": other})

    with pytest.raises(DamagedLogError) as found:
        seal_tiles(engine, signer=SIGNER)

    assert position_of(found) == TILE


def test_a_time_that_runs_backwards_from_page_to_page_is_not_sound(engine: Engine) -> None:
    grow(engine, 4)
    with reading(engine) as connection:
        later = page_after(connection, 2, limit=2)
        so_far = SoFar(frozenset(), kinds_of(connection), last=2, ends={1: 2})
        before = replace(so_far, instant=later[0][3], ends={1: 2})
        behind = replace(so_far, instant=later[0][3] + 1, ends={1: 2})

        found = [Columns(connection, one).leaves(later) for one in (before, behind)]

    assert found == [[bytes(row[8]) for row in later], None]


def test_only_a_masking_takes_a_text_out_whatever_else_speaks_of_the_event(
    engine: Engine,
) -> None:
    with scratch(engine) as connection:
        recorded(connection, [an_event(id="told")])
        retract(connection, target="told", reason="x", recorded_by="tests")
        without_guards(connection)
        for statement in (
            "INSERT INTO erasure (position, masked_by) VALUES (2, 3)",
            "UPDATE event SET payload = NULL, salt = NULL WHERE position = 2",
        ):
            connection.execute(text(statement))

        with pytest.raises(DamagedLogError) as found:
            verify(connection)

    assert position_of(found) == 2


def test_no_growth_is_proven_backwards(engine: Engine) -> None:
    grow(engine, 3)
    earlier = sealed(engine)
    grow(engine, 2, name="more")
    later = sealed(engine)

    with reading(engine) as connection, pytest.raises(NotContinuedError):
        prove_consistency(connection, earlier=later, checkpoint=earlier)
