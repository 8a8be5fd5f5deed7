"""What is asked twice of the site: what it says, and whether its database was asked for it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy import event as listening
from werkzeug.test import TestResponse

from archive.commands import record_all
from archive.storage import writing
from tests.builders import an_entity, an_event, clock_from

_LASTING = re.compile(r"Expires=[^;]+")
STATE = "/state/2023-07-31?tab=all"


@contextmanager
def asked(app: Flask) -> Iterator[list[str]]:
    """Note the statements that the site sends to its database."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    engine: Engine = app.extensions["archive_engine"]
    listening.listen(engine, "before_cursor_execute", note)
    yield said
    listening.remove(engine, "before_cursor_execute", note)


def told(response: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    # A cookie lasts from when it was asked for.
    headers = [
        (name, _LASTING.sub("", value)) for name, value in response.headers if name != "Date"
    ]
    return response.status_code, response.data, headers


def record_late(engine: Engine) -> None:
    newcomer = an_entity("late", en="Latecomer")
    late = an_event(id="late", org=newcomer, when="2023-01-01", source="press")
    with writing(engine) as connection:
        record_all(connection, [late], recorded_by="tests", clock=clock_from())
