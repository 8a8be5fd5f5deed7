"""The key with which an installation signs its forms, kept in its database."""

import secrets
from typing import Final

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from archive.storage import installation

_KEY: Final = "signing key"


def signing_key(connection: Connection) -> bytes | None:
    """Return the key with which this installation signs forms, if it has one already."""
    return connection.scalar(select(installation.c.value).where(installation.c.name == _KEY))


def keep_signing_key(connection: Connection) -> bytes:
    """Return the installation's key, made now if there was none; several may start at once."""
    try:
        with connection.begin_nested():
            row = {"name": _KEY, "value": secrets.token_bytes(32)}
            connection.execute(insert(installation), row)
    except IntegrityError:  # another process was first
        pass
    return signing_key(connection) or b""
