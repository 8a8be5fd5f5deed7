"""/why.atom: a cell followed by any feed reader, corrections too, without an account."""

import re
from datetime import datetime
from typing import Final

from flask import Blueprint, Response, make_response, render_template, request, url_for

from archive.errors import NotFoundError
from archive.languages import Words
from archive.queries import CellHistory, MergedError, cell_history, head
from archive.web.frame.filters import address
from archive.web.frame.htmx import see_other
from archive.web.frame.keeping import kept
from archive.web.frame.session import current_connection

blueprint = Blueprint("feeds", __name__)

_MOST: Final = 50
_ATOM: Final = "application/atom+xml; charset=utf-8"
# XML has no way to write these, and one of them, in a name or the address, would spoil it all.
_UNWRITABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CELL: Final = Words("要关注的属性", "attribute to follow")


@blueprint.get("/why.atom")
@kept
def follow() -> Response:
    """Answer the newest events that changed a cell, as an Atom feed in the reader's language."""
    words = request.args
    try:
        history = _history(words.get("entity", ""), words.get("attribute", ""))
    except MergedError as merged:
        return see_other(address(entity=merged.into))
    written = render_template(
        "feeds/cell.xml",
        history=history,
        own_address=request.url,
        page=_page(history),
        url_root=request.url_root.rstrip("/"),
        updated=_updated(history),
    )
    answer = make_response(_UNWRITABLE.sub("\ufffd", written.lstrip()))
    answer.headers["Content-Type"] = _ATOM
    return answer


def _history(entity: str, attribute: str) -> CellHistory:
    if not entity or not attribute:
        raise NotFoundError(what=_CELL, name=entity or attribute)
    member = request.args.get("member", "")
    return cell_history(
        current_connection(), entity=entity, attribute=attribute, member=member, limit=_MOST
    )


def _page(history: CellHistory) -> str:
    said = {name: request.args.get(name) or None for name in ("attribute", "member", "lang")}
    return url_for("states.explain", entity=history.entity.id, **said, _external=True)


def _updated(history: CellHistory) -> datetime | None:
    """Return when the newest change was recorded; of a cell never told of, the log's last hour."""
    if history.changes:
        return history.changes[0].row.recorded_at
    return head(current_connection()).recorded_at


@blueprint.app_template_filter()
def utc(instant: datetime) -> str:
    """Return an instant as Atom writes it (RFC 3339)."""
    return instant.isoformat().replace("+00:00", "Z")
