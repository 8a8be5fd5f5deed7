"""/checkpoint: the newest signed checkpoint as text, to be kept elsewhere."""

from typing import Final

from flask import Blueprint, Response

from archive.errors import NotFoundError
from archive.languages import Words
from archive.web.frame.sealing import newest_seal
from archive.web.frame.session import current_connection

blueprint = Blueprint("checkpoints", __name__)

_CHECKPOINT: Final = Words("检查点", "checkpoint")


@blueprint.get("/checkpoint")
def show() -> Response:
    """Answer with the signed note, as ``archive verify --against`` takes it."""
    current_connection()  # says so where the database is not migrated
    seal = newest_seal()
    if seal is None:
        raise NotFoundError(what=_CHECKPOINT, name="checkpoint")
    response = Response(seal.note, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
