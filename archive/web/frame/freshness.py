"""An answer is as old as the log: the same position, the same address, the same answer."""

import hashlib
from typing import Final

from flask import Flask, Response, request
from sqlalchemy.exc import SQLAlchemyError

from archive import __version__
from archive.errors import ArchiveError
from archive.queries import head
from archive.web.frame.assets import is_file
from archive.web.frame.htmx import VARY
from archive.web.frame.keeping import is_for_anybody
from archive.web.frame.session import current_connection, today

_PRIVATE: Final = "private, no-cache"
_OK: Final = 200
_NOT_MODIFIED: Final = 304
_READ: Final = frozenset({"GET", "HEAD"})


def install(app: Flask) -> None:
    """Answer 304 where the reader holds what would be sent, and tag what is sent."""
    app.before_request(_answer_unchanged)
    app.after_request(_tag)


def _is_read() -> bool:
    return request.method in _READ and not is_file() and not _is_private()


def _is_private() -> bool:
    return request.path.startswith(("/admin", "/login"))


def _tag_now() -> str:
    told = (request.headers.get(name, "") for name in VARY)
    position = head(current_connection()).position
    parts = (__version__, position, today(), request.full_path, *told)
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32]


def _answer_unchanged() -> Response | None:
    if not _is_read() or not request.if_none_match or is_for_anybody():
        return None
    try:
        tag = _tag_now()
    except ArchiveError:
        return None
    if not request.if_none_match.contains_weak(tag):
        return None
    unchanged = Response(status=_NOT_MODIFIED)
    unchanged.set_etag(tag, weak=True)
    return unchanged


def _tag(response: Response) -> Response:
    if _is_private():
        response.headers.setdefault("Cache-Control", "no-store")
    if not _is_read() or response.status_code != _OK or "Cache-Control" in response.headers:
        return response
    try:
        if "ETag" not in response.headers:
            response.set_etag(_tag_now(), weak=True)
    except (ArchiveError, SQLAlchemyError):  # the answer is whole; it only cannot be kept
        return response
    response.headers["Cache-Control"] = _PRIVATE
    return response
