"""A transaction of which nothing is ever kept: what would be, seen with the code that does it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, Engine

from archive.storage.engine import writing
from archive.storage.turns import turns_of


class _TakenBackError(Exception):
    """Ends the transaction."""


@contextmanager
def rehearsing(engine: Engine) -> Iterator[Connection]:
    """Yield a writing connection; whatever is done through it is taken back, and nobody sees it.

    It holds the writer's lock, so what is asked through it had better be short; it begins only
    when nobody waits to write, one at a time. Raises DatabaseRefusedError where that is too long.
    """
    with (
        suppress(_TakenBackError),
        turns_of(engine).to_rehearse(),
        writing(engine) as connection,
    ):
        yield connection
        raise _TakenBackError
