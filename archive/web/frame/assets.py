"""Addresses of static files that carry their content's hash, so that they may be kept for ever."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from flask import Flask, Response, request

from archive.resources import folder

_FOR_EVER: Final = "public, max-age=31536000, immutable"
_SHOWN_DIGITS: Final = 12


def install(app: Flask) -> None:
    """Give templates ``asset(name)`` and answer hashed addresses with a long life."""
    app.add_template_global(asset, "asset")
    app.after_request(_keep)


def asset(name: str) -> str:
    """Return the address of the static file *name*; it changes when the file does.

    A file that cannot be read keeps no page from being shown, least of all that of an error.
    """
    path = folder("static") / name
    try:
        return f"/static/{name}?v={_digest(path, path.stat().st_mtime_ns)}"
    except OSError:
        return f"/static/{name}"


@lru_cache(maxsize=256)
def _digest(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:_SHOWN_DIGITS]


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args:
        response.headers["Cache-Control"] = _FOR_EVER
    return response
