"""The address of a database as a person may see it: as it was typed, and without a password."""

import re
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

# The option of an engine that keeps the address which it was opened with, fit for messages.
TYPED: Final = "the address as it was typed"
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+]*://", re.IGNORECASE)
_FILE_NAME: Final = re.compile(r"[^@=:?]+")


def address_of(engine: Engine) -> str:
    """Return the address that *engine* was opened with, fit for messages.

    What `open_engine` puts in it to find a driver is not shown.
    """
    typed: str | None = engine.get_execution_options().get(TYPED)
    return typed or shown_address(str(engine.url))


def shown_address(url: str) -> str:
    """Return *url* fit for messages: no password, nor anything that might be part of one."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # A plain file name is worth showing; what may hold a password is not.
        scheme = _SCHEME.match(url)
        return f"{scheme[0]}…" if scheme else url if _FILE_NAME.fullmatch(url) else "…"
    # A password with an unescaped @ or / spills into the parts behind it.
    has_spilt = parsed.host and "@" in f"{parsed.host}{parsed.database or ''}"
    if has_spilt:
        return f"{parsed.drivername}://…"
    return parsed.set(query={}).render_as_string(hide_password=True)
