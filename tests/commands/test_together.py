"""Two people at once: the second sees what the first did, whatever the database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Connection, Engine

from archive.commands import correct, retract
from archive.commands.targets import AlreadyRetractedError
from archive.errors import ArchiveError
from archive.log import verify
from archive.projections.tables import occurrences
from archive.queries import event
from archive.storage import reading, writing
from archive.vocabulary import Raw
from tests.builders import an_event, keep

Deed = Callable[[Connection], object]


def retracted(connection: Connection) -> object:
    return retract(connection, target="an-event", reason="x", recorded_by="tests")


def moved(connection: Connection) -> object:
    return changed(connection, {"occurred": {"edtf": "2022"}})


def weighed(connection: Connection) -> object:
    return changed(connection, {"importance": "landmark"})


def changed(connection: Connection, raw: Raw) -> object:
    return correct(
        connection,
        target="an-event",
        raw=raw,
        reason_kind="new_evidence",
        reason="x",
        recorded_by="tests",
    )


def together(engine: Engine, *deeds: Deed) -> list[ArchiveError | None]:
    """Do each deed in a transaction of its own, all starting at once; return their errors."""
    start = Barrier(len(deeds))

    def one(deed: Deed) -> ArchiveError | None:
        start.wait()
        try:
            with writing(engine) as connection:
                deed(connection)
        except ArchiveError as error:
            return error
        return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_retractions_one_is_refused(engine: Engine, attempt: int) -> None:
    keep(engine, an_event(id="an-event"))

    errors = together(engine, retracted, retracted)

    assert [type(error) for error in errors if error] == [AlreadyRetractedError], attempt


@pytest.mark.parametrize("attempt", range(5))
def test_two_corrections_both_stand(engine: Engine, attempt: int) -> None:
    keep(engine, an_event(id="an-event"))

    errors = together(engine, moved, weighed)

    with reading(engine) as connection:
        row = event(connection, id="an-event", known=4).row
        live = connection.execute(
            occurrences.select().where(occurrences.c.root == 2, occurrences.c.gone.is_(None))
        ).all()
        verify(connection)
    assert errors == [None, None], attempt
    assert (row.occurred.edtf, row.importance) == ("2022", "landmark")
    assert [one.position for one in live] == [4]


@pytest.mark.parametrize("attempt", range(5))
def test_a_correction_never_revives_what_was_retracted_meanwhile(
    engine: Engine, attempt: int
) -> None:
    keep(engine, an_event(id="an-event"))

    errors = together(engine, moved, retracted)

    with reading(engine) as connection:
        row = event(connection, id="an-event", known=4).row
    assert row.is_retracted, attempt
    assert all(error is None or isinstance(error, AlreadyRetractedError) for error in errors)
