"""What any feed reader follows without an account, corrections too: a cell, an entity, the log."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template, request, url_for

from archive.errors import NotFoundError
from archive.languages import Words
from archive.queries import (
    CellChange,
    CellHistory,
    MergedError,
    cell_history,
    changes_in,
    entity_history,
    head,
)
from archive.web.frame.filters import address, entity_url
from archive.web.frame.htmx import see_other
from archive.web.frame.keeping import kept
from archive.web.frame.session import current_connection
from archive.web.frame.translating import current_locale

blueprint = Blueprint("feeds", __name__)

_MOST: Final = 50
_ATOM: Final = "application/atom+xml; charset=utf-8"
# XML has no way to write these, and one of them, in a name or the address, would spoil it all.
_UNWRITABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CELL: Final = Words("要关注的属性", "attribute to follow")
_NEVER: Final = datetime.fromtimestamp(0, UTC)


@blueprint.get("/why.atom")
@kept
def follow() -> Response:
    """Answer the newest events that changed a cell, as an Atom feed in the reader's language."""
    words = request.args
    try:
        history = _history(words.get("entity", ""), words.get("attribute", ""))
    except MergedError as merged:
        return see_other(address(entity=merged.into))
    return _feed("cell", history.changes, page=_page(history), history=history)


@blueprint.get("/entities/<slug>.atom")
@kept
def follow_entity(slug: str) -> Response:
    """Answer the newest events that touch an entity; of one that was merged, send to its home."""
    try:
        history = entity_history(current_connection(), entity=slug, limit=_MOST)
    except MergedError as merged:
        return see_other(entity_feed_url(merged.into))
    page = request.url_root.rstrip("/") + entity_url(history.entity.id)
    return _feed("entity", history.changes, page=page, history=history)


@blueprint.get("/changes.atom")
@kept
def follow_log() -> Response:
    """Answer what the log took in last, all of it or corrections only."""
    is_only = request.args.get("only") == "corrections"
    found = changes_in(current_connection(), limit=_MOST, only_corrections=is_only)
    page = url_for("changes.show", only="corrections" if is_only else None, _external=True)
    return _feed("log", found, page=page, only_corrections=is_only)


@blueprint.app_template_global()
def entity_feed_url(entity: str) -> str:
    """Return the address of the feed that follows an entity, in the reader's language."""
    return url_for("feeds.follow_entity", slug=entity, lang=current_locale())


@blueprint.app_template_global()
def log_feed_url(*, only_corrections: bool) -> str:
    """Return the address of the feed of the log, in the reader's language."""
    only = "corrections" if only_corrections else None
    return url_for("feeds.follow_log", only=only, lang=current_locale())


def _feed(name: str, changes: Sequence[CellChange], *, page: str, **context: Any) -> Response:
    """Return *changes* as Atom; of none, the feed is as old as the log."""
    last = head(current_connection()).recorded_at or _NEVER
    written = render_template(
        f"feeds/{name}.xml",
        changes=changes,
        own_address=request.url,
        page=page,
        url_root=request.url_root.rstrip("/"),
        updated=changes[0].row.recorded_at if changes else last,
        **context,
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


@blueprint.app_template_filter()
def utc(instant: datetime) -> str:
    """Return an instant as Atom writes it (RFC 3339)."""
    return instant.isoformat().replace("+00:00", "Z")
