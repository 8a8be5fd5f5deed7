"""The door of the desk: the login page, and the session that begins once all was shown."""

from flask import Response, flash, g, request, session
from flask_babel import ngettext
from sqlalchemy import Connection

from archive.commands.accounts import Account
from archive.commands.entering import authenticate
from archive.commands.noticing import count_unread
from archive.commands.noting import note
from archive.commands.sessions import close_session, open_session
from archive.commands.visits import LOGGED_IN
from archive.storage import writing
from archive.web.frame import guarding
from archive.web.frame.carrying import bare, carried_on
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_settings, engine


def authenticated(name: str, password: str) -> Account | None:
    """Return whose password that is; guesses are counted, and ThrottledError after too many."""
    return authenticate(
        engine(),
        name=name,
        password=password,
        address=request.remote_addr or "",
        now=guarding.current_instant(),
        pepper=current_settings().password_key,
    )


def enter(account: Account, address: str) -> Response:
    """Open a session for *account*, and go on to *address* with what was typed before."""
    with writing(engine()) as connection:
        close_present(connection)
        now = guarding.current_instant()
        token = open_session(connection, account=account, now=now)
        note(connection, deed=LOGGED_IN, about=account.name, account=account.name, now=now)
        news = count_unread(connection, name=account.name)
    session.clear()
    g.account = account
    if news:
        told = ngettext(
            "There is %(num)s notice about your account: it is under “Your account”.",
            "There are %(num)s notices about your account: they are under “Your account”.",
            news,
        )
        flash(told, "warn")
    return guarding.begin(_onward(address), token=token)


def close_present(connection: Connection) -> bool:
    """End the session that the browser brought, and tell whether there was one."""
    token = guarding.present_token()
    return bool(token) and close_session(connection, token=token)


def ask_password(
    address: str, *, error: str = "", status: int = 200, is_ours: bool = True
) -> Response:
    """Ask for name and password; what was typed before is carried along if it is *ours*."""
    return respond(
        "admin_login",
        "admin_login",
        status=status,
        onward=address,
        error=error,
        name=request.form.get("name", "") if is_ours else "",
        carried=carried_on() if is_ours else [],
    )


def ask_code(address: str, *, error: str = "", status: int = 200) -> Response:
    """Ask for the second factor; what was typed before is carried along."""
    return respond(
        "admin_code",
        "admin_code",
        status=status,
        onward=address,
        error=error,
        carried=carried_on(),
    )


def _onward(address: str) -> Response:
    fields = bare(carried_on())
    if not fields:
        return see_other(address)
    return respond("admin_carried", "admin_carried", onward=address, fields=fields)
