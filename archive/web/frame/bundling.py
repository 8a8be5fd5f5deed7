"""Style sheets that travel together: a page asks for one file, its parts stay small rooms."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from flask import Flask, Response, make_response, request

from archive.errors import NotFoundError
from archive.languages import Words
from archive.resources import folder

_FRAME: Final = ("tokens", "elements", "masthead", "frame")
_PARTS: Final = ("layout", "buttons", "fields", "badges", "boxes", "facts", "events")
_SITE: Final = (*_FRAME, *_PARTS, "groups")
_DESK: Final = ("desk", "desk_forms")
# A mark takes its colour from its lane unless a group of its own follows.
_DRAWN: Final = ("timeline_drawing", "groups")
_TIMELINE: Final = (
    *("timeline", "timeline_strip", "timeline_lanes"),
    *("timeline_key", "timeline_list", "timeline_margin"),
)
_FORM: Final = ("desk_entities", "desk_dates", "desk_effects", "desk_panes")
SHEETS: Final = {
    "site": _SITE,
    "about": ("reading", "about"),
    "changes": ("reading", "changes"),
    "compare": ("reading", "compare"),
    "entities": ("reading", "entities"),
    "entity": ("reading", "entities", "tables", "why"),
    "event": ("reading", "citations", "event"),
    "state": ("tables", "why", "citations", "states", "panels"),
    "why": ("tables", "why"),
    "desk": _DESK,
    "desk-account": (*_DESK, "desk_account"),
    "desk-form": (*_DESK, *_FORM),
    "desk-import": (*_DESK, "desk_imports"),
    "timeline": (*_FRAME, *_PARTS, *_DRAWN, *_TIMELINE),
    "picture": ("tokens", *_DRAWN, "timeline_picture"),
}
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_SHOWN_DIGITS: Final = 12
_SHEET: Final = Words("样式表", "style sheet")


def install(app: Flask) -> None:
    """Give templates ``sheet(name)`` and answer the addresses that it gives."""
    app.add_template_global(sheet, "sheet")
    app.add_url_rule("/sheets/<name>.css", view_func=show_sheet)


def sheet(name: str) -> str:
    """Return the address of the sheets of *name*; it changes when one of them does.

    A sheet that cannot be read keeps no page from being shown, least of all that of an error.
    """
    try:
        return f"/sheets/{name}.css?v={_digest(joined(name))}"
    except OSError:
        return f"/sheets/{name}.css"


def joined(name: str) -> str:
    """Return the sheets of *name* as one."""
    css = folder("static") / "css"
    paths = [css / f"{part}.css" for part in SHEETS[name]]
    return _read(tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=16)
def _read(parts: tuple[tuple[Path, int], ...]) -> str:
    return "".join(path.read_text(encoding="utf-8") for path, _changed in parts)


@lru_cache(maxsize=16)
def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_SHOWN_DIGITS]


def show_sheet(name: str) -> Response:
    """Answer the sheets of *name*; under the address of what they are now, for ever."""
    if name not in SHEETS:
        raise NotFoundError(what=_SHEET, name=name)
    try:
        text = joined(name)
    except OSError as error:
        raise NotFoundError(what=_SHEET, name=name) from error
    answer = make_response(text)
    answer.headers["Content-Type"] = "text/css; charset=utf-8"
    if request.args.get("v") == _digest(text):
        answer.headers["Cache-Control"] = _FOR_EVER
    return answer
