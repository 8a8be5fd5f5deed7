"""Answers as files that a browser keeps, and any answer as JSON."""

from collections.abc import Iterable

import msgspec
from flask import Response


def json_file(document: object) -> Response:
    """Answer *document* as indented JSON."""
    body = msgspec.json.format(msgspec.json.encode(document), indent=2)
    return Response(body, mimetype="application/json")


def file(body: Iterable[str] | Iterable[bytes] | bytes, *, name: str, mimetype: str) -> Response:
    """Answer *body* as a file that a browser keeps under *name*."""
    response = Response(body, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
