"""Who is asking, and whether they may: the session's cookie, and the guard of the desk."""

from datetime import datetime
from typing import Final, cast
from urllib.parse import urlsplit

from flask import Response, abort, current_app, g, request

from archive.commands.accounts import LONGEST_SESSION, Account, find_session, mark_seen
from archive.errors import ArchiveError
from archive.log import Clock, now
from archive.storage import writing
from archive.web.frame.session import current_connection, current_settings, engine

COOKIE: Final = "archive_session"
_UNAUTHORIZED, _FORBIDDEN = 401, 403
_LONGEST_ADDRESS: Final = 1000


def current_instant() -> datetime:
    """Return the instant by which sessions and attempts are judged; tests may set the clock."""
    clock = cast("Clock", current_app.extensions.get("archive_clock", now))
    return clock()


def recognise() -> None:
    """Put the account of the session's cookie, if it is live, into ``g.account``."""
    token = request.cookies.get(COOKIE, "")
    if not token or request.endpoint == "static" or "account" in g:
        return
    try:
        found = find_session(current_connection(), token=token, now=current_instant())
    except ArchiveError:  # the page itself will say that there is no archive to read
        return
    if found is None:
        return
    g.account = found.account
    if found.is_due:
        with writing(engine()) as connection:
            mark_seen(connection, token=token, now=current_instant())


def current_account() -> Account:
    """Return who is asking; a page behind the guard always has somebody."""
    return cast("Account", g.account)


def demand_editor() -> None:
    """Stop a stranger (401) and a reader (403) before a page of the desk."""
    account = g.get("account")
    if account is None:
        abort(_UNAUTHORIZED)
    if not account.may_edit:
        abort(_FORBIDDEN)


def demand_reviewer() -> None:
    """Stop whoever may not review before a page of the reviewers."""
    demand_editor()
    if not current_account().may_review:
        abort(_FORBIDDEN)


def demand_admin() -> None:
    """Stop whoever may not see what everybody did."""
    demand_editor()
    if not current_account().may_audit:
        abort(_FORBIDDEN)


def local_address(address: str, *, instead: str = "/admin/") -> str:
    """Return *address* if it is a path of this site, else *instead*."""
    plain = address.isprintable() and "\\" not in address and len(address) <= _LONGEST_ADDRESS
    parts = urlsplit(address) if plain else None
    is_ours = parts and not parts.scheme and not parts.netloc and address.startswith("/")
    return address if is_ours and not address.startswith("//") else instead


def is_from_here() -> bool:
    """Tell whether a page of this site sent the form: browsers name the page's site.

    Where nothing names it, only somebody who is logged in is believed.
    """
    named = request.headers.get("Origin") or request.headers.get("Referer")
    if named is None:
        return "account" in g
    return urlsplit(named).netloc == request.host


def begin(response: Response, *, token: str) -> Response:
    """Hand the browser the token of a session."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LONGEST_SESSION.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=current_settings().secure_cookies,
    )
    return response


def end(response: Response) -> Response:
    """Take the token back."""
    response.delete_cookie(
        COOKIE, httponly=True, samesite="Lax", secure=current_settings().secure_cookies
    )
    return response
