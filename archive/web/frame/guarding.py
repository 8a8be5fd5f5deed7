"""Who is asking, and whether they may: the session's cookie, and the guard of the desk."""

import logging
from datetime import datetime
from threading import Lock
from typing import Final, NoReturn, cast
from urllib.parse import SplitResult, urlsplit

from cachetools import TTLCache
from flask import Response, abort, current_app, flash, g, request
from flask_babel import gettext
from sqlalchemy.exc import SQLAlchemyError

from archive.commands.accounts import Account
from archive.commands.refusing import note_often, note_refused
from archive.commands.sessions import LONGEST_SESSION, find_session, mark_seen
from archive.commands.throttling import WINDOW
from archive.commands.visits import REFUSED_OFTEN
from archive.errors import ArchiveError
from archive.log import Clock, now
from archive.storage import writing
from archive.web.frame.assets import is_file
from archive.web.frame.cookies import session_cookie
from archive.web.frame.htmx import see_other
from archive.web.frame.session import current_connection, current_settings, engine

_UNAUTHORIZED, _FORBIDDEN = 401, 403
_LONGEST_ADDRESS: Final = 1000
# Under this name the form's cookie bears the token of a login that is half done.
HALF: Final = "half"
_SECOND_FACTOR: Final = "/admin/account/second-factor"
# As many refusals of one account and address within a window raise the alarm, once.
OFTEN: Final = 20
_MOST_COUNTED: Final = 1000
_COUNTING: Final = Lock()


def current_instant() -> datetime:
    """Return the instant by which sessions and attempts are judged; tests may set the clock."""
    clock = cast("Clock", current_app.extensions.get("archive_clock", now))
    return clock()


def recognise() -> None:
    """Put the account of the session's cookie, if it is live, into ``g.account``."""
    token = present_token()
    if not token or is_file() or "account" in g:
        return
    try:
        found = find_session(current_connection(), token=token, now=current_instant())
    except ArchiveError:  # the page itself will say that there is no archive to read
        return
    if found is None:
        return
    g.account, g.has_second_factor = found.account, found.has_second_factor
    if found.is_due:
        with writing(engine()) as connection:
            mark_seen(connection, token=token, now=current_instant())


def current_account() -> Account:
    """Return who is asking; a page behind the guard always has somebody."""
    return cast("Account", g.account)


def present_token() -> str:
    """Return the token that the browser brought; it may open nothing."""
    return request.cookies.get(_cookie(), "")


def demand_account() -> None:
    """Stop a stranger (401) before what everybody with an account may do."""
    if "account" not in g:
        _stop(_UNAUTHORIZED)


def demand_editor() -> None:
    """Stop a stranger (401) and a reader (403) before a page of the desk."""
    demand_account()
    if not current_account().may_edit:
        _stop(_FORBIDDEN)
    if must_set_second_factor() and not g.get("has_second_factor"):
        _send_to_second_factor()


def must_set_second_factor() -> bool:
    """Tell whether the present account may do nothing else before it has a second factor."""
    return current_account().may_audit and current_settings().needs_second_factor


def _send_to_second_factor() -> NoReturn:
    flash(gettext("Administrators of this site need a second factor: set one up first."), "warn")
    abort(see_other(_SECOND_FACTOR) if request.method in {"GET", "HEAD"} else _FORBIDDEN)


def demand_reviewer() -> None:
    """Stop whoever may not review before a page of the reviewers."""
    demand_editor()
    if not current_account().may_review:
        _stop(_FORBIDDEN)


def demand_admin() -> None:
    """Stop whoever may not see what everybody did."""
    demand_editor()
    if not current_account().may_audit:
        _stop(_FORBIDDEN)


def _stop(status: int) -> NoReturn:
    """Refuse the request, and let the audit know; that it cannot be told lets nobody in."""
    note_refusal()
    abort(status)


def note_refusal() -> None:
    """Let the audit know that the request was refused, and raise the alarm at the twentieth."""
    try:
        note_refused(
            engine(),
            account=g.get("account"),
            place=request.url_rule.rule if request.url_rule else "",
            address=request.remote_addr or "",
            now=current_instant(),
        )
        if _is_often():
            _note_often()
    except (ArchiveError, SQLAlchemyError):
        logging.getLogger("archive.web").warning("a refused access could not be noted")


def _note_often() -> None:
    note_often(
        engine(),
        REFUSED_OFTEN,
        account=g.get("account"),
        address=request.remote_addr or "",
        now=current_instant(),
    )


def _is_often() -> bool:
    """Tell whether this refusal is the one of its account and address that is too many."""
    name = current_account().name if "account" in g else ""
    counts: TTLCache[tuple[str, str], int] = current_app.extensions.setdefault(
        "archive_refusals", TTLCache(_MOST_COUNTED, WINDOW.total_seconds())
    )
    with _COUNTING:
        count = counts.get((name, request.remote_addr or ""), 0) + 1
        counts[name, request.remote_addr or ""] = count
    return count == OFTEN


def local_address(address: str, *, instead: str = "/admin/") -> str:
    """Return *address* if it is a path of this site, else *instead*."""
    plain = address.isprintable() and "\\" not in address and len(address) <= _LONGEST_ADDRESS
    parts = _split(address) if plain else None
    is_ours = parts and not parts.scheme and not parts.netloc and address.startswith("/")
    return address if is_ours and not address.startswith("//") else instead


def is_from_here() -> bool:
    """Tell whether a page of this site sent the form: browsers name the page's site.

    Where nothing names it, only somebody who is logged in is believed.
    """
    named = request.headers.get("Origin") or request.headers.get("Referer")
    if named is None:
        return "account" in g
    parts = _split(named)
    return parts is not None and parts.netloc == request.host


def _split(address: str) -> SplitResult | None:
    """Return the parts of an address; None for what is none, such as a bracket left open."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def begin(response: Response, *, token: str) -> Response:
    """Hand the browser the token of a session."""
    response.set_cookie(
        _cookie(),
        token,
        max_age=int(LONGEST_SESSION.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=current_settings().secure_cookies,
    )
    return response


def end(response: Response) -> Response:
    """Take the token back."""
    secure = current_settings().secure_cookies
    response.delete_cookie(_cookie(), httponly=True, samesite="Lax", secure=secure)
    return response


def _cookie() -> str:
    return session_cookie(secure=current_settings().secure_cookies)
