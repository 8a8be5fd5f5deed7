"""Addresses of static files that carry their content's hash, so that they may be kept for ever."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from flask import Flask, Response, request, send_from_directory

from archive.resources import folder

_FOR_EVER: Final = "public, max-age=31536000, immutable"
_SHOWN_DIGITS: Final = 12
_FILE, _MODULE = "static", "module"


def install(app: Flask) -> None:
    """Give templates ``asset`` and ``module``, and answer hashed addresses with a long life."""
    app.add_template_global(asset, "asset")
    app.add_template_global(module, "module")
    app.add_url_rule("/static/js/<version>/<name>.js", _MODULE, show_module)
    app.after_request(_keep)


def is_file() -> bool:
    """Tell whether a file is asked for as it lies on the disk, the same for everybody."""
    return request.endpoint in {_FILE, _MODULE}


def asset(name: str) -> str:
    """Return the address of the static file *name*; it changes when the file does.

    A file that cannot be read keeps no page from being shown, least of all that of an error.
    """
    path = folder("static") / name
    try:
        return f"/static/{name}?v={_digest(path, path.stat().st_mtime_ns)}"
    except OSError:
        return f"/static/{name}"


def module(name: str) -> str:
    """Return the address of the script *name*; it changes when any of our scripts does.

    What it imports from beside it has the same version in its address, and is kept as long.
    """
    try:
        return f"/static/js/{_version()}/{name}.js"
    except OSError:
        return f"/static/js/{name}.js"


def show_module(version: str, name: str) -> Response:
    """Answer the script *name*; under the version of what our scripts are now, for ever."""
    answer = send_from_directory(folder("static") / "js", f"{name}.js")
    if version == _version():
        answer.headers["Cache-Control"] = _FOR_EVER
    return answer


def _version() -> str:
    paths = sorted((folder("static") / "js").glob("*.js"))
    return _digest_of(tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=16)
def _digest_of(paths: tuple[tuple[Path, int], ...]) -> str:
    each = "".join(_digest(path, changed) for path, changed in paths)
    return hashlib.sha256(each.encode()).hexdigest()[:_SHOWN_DIGITS]


@lru_cache(maxsize=256)
def _digest(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:_SHOWN_DIGITS]


def _keep(response: Response) -> Response:
    if request.endpoint == _FILE and "v" in request.args:
        response.headers["Cache-Control"] = _FOR_EVER
    return response
