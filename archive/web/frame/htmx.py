"""Every word that begins ``HX-``: a page asks for an answer and never sees a header."""

from typing import Final

from flask import Flask, Response, make_response, redirect, render_template, request

from archive.web.frame.assets import is_file

# All headers read here or in the choice of language; an answer differs with each of them.
VARY: Final = (
    "HX-Request",
    "HX-Request-Type",
    "HX-History-Restore-Request",
    "HX-Target",
    "HX-Drawing-Width",
    "Sec-CH-UA-Mobile",
    "Accept-Language",
    "Cookie",
)
_NARROWEST, _PHONE, _WIDEST = 280, 358, 2400
_SEE_OTHER: Final = 303


def install(app: Flask) -> None:
    """Say in every answer which headers it depends on."""
    app.after_request(_vary)
    app.context_processor(lambda: {"is_fragment": wants_fragment()})


def wants_fragment() -> bool:
    """Tell whether one element is asked for rather than a whole page."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Request-Type", "partial") == "partial"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def swapped() -> str:
    """Return the id of the element that the answer is to replace; empty where it is a page."""
    return request.headers.get("HX-Target", "").rpartition("#")[2] if wants_fragment() else ""


def respond(
    page: str, fragment: str, *, status: int = 200, shown_at: str = "", **context: object
) -> Response:
    """Return ``pages/<page>.html``, or ``fragments/<fragment>.html`` where htmx asks for it.

    *shown_at* is the address that the reader's browser shall show after a swap, if another.
    """
    partial = wants_fragment()
    template = f"fragments/{fragment}.html" if partial else f"pages/{page}.html"
    response = make_response(render_template(template, **context), status)
    if partial and shown_at:
        response.headers["HX-Push-Url"] = shown_at
    return response


def replacing(response: Response, shown_at: str) -> Response:
    """Let the reader's browser show *shown_at* after a swap, with no step of its own for Back."""
    if wants_fragment():
        response.headers["HX-Replace-Url"] = shown_at
    return response


def see_other(address: str) -> Response:
    """Send the reader to *address* after a form was taken: 303, or its like for htmx."""
    if not wants_fragment():
        return make_response(redirect(address, _SEE_OTHER))
    response = make_response("")
    response.headers["HX-Redirect"] = address
    return response


def into_messages(response: Response) -> Response:
    """Let htmx put a refusal into the page's messages, whatever it was to replace."""
    response.headers["HX-Retarget"] = "#messages"
    response.headers["HX-Reswap"] = "innerHTML"
    response.headers["HX-Push-Url"] = "false"
    return response


def drawing_width(*, default: int) -> int:
    """Return how wide the reader's drawing is, as our script says; a phone's is guessed."""
    if request.headers.get("Sec-CH-UA-Mobile") == "?1":
        default = _PHONE
    said = request.headers.get("HX-Drawing-Width", "")
    if not said.isdecimal() or len(said) > len(str(_WIDEST)):
        return default
    return min(max(int(said), _NARROWEST), _WIDEST)


def _vary(response: Response) -> Response:
    if not is_file():
        response.vary.update(VARY)
    return response
