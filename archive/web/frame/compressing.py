"""Answers travel compressed where the browser takes it: a timeline shrinks to an eighth."""

import gzip
from functools import lru_cache
from typing import Final

from flask import Flask, Response, g, request

from archive.web.frame.assets import is_file

_TEXTS: Final = frozenset(
    {"text/html", "text/css", "text/javascript", "image/svg+xml", "application/json"}
)
_WORTH_IT: Final = 1024
_OK: Final = 200
_QUICK, _THOROUGH = 6, 9


def install(app: Flask) -> None:
    """Compress what is sent."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _may_compress(response):
        return response
    is_static = is_file()
    # A file may be handed over as it lies on the disk; to be compressed it must be read.
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) >= _WORTH_IT:
        response.set_data(_kept(content) if is_static else gzip.compress(content, _QUICK))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _may_compress(response: Response) -> bool:
    """Tell whether it is worth it and safe: never beside a secret, for its length would tell."""
    if response.mimetype not in _TEXTS or g.get("account") or request.path.startswith("/login"):
        return False
    response.vary.add("Accept-Encoding")
    return (
        response.status_code == _OK
        and request.method == "GET"
        and (is_file() or not response.is_streamed)
        and "Content-Encoding" not in response.headers
        and request.accept_encodings.quality("gzip") > 0
    )


@lru_cache(maxsize=64)
def _kept(content: bytes) -> bytes:
    return gzip.compress(content, _THOROUGH)
