"""/login and /logout; and what becomes of a form whose sender is no longer logged in."""

from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, g, make_response, render_template, request, session
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy import Connection
from werkzeug.exceptions import Unauthorized

from archive.commands.accounts import Account, close_session, open_session
from archive.commands.drafts import note
from archive.commands.entering import LOGGED_IN, LOGGED_OUT, ThrottledError, authenticate
from archive.languages import Words
from archive.storage import writing
from archive.web.frame import guarding
from archive.web.frame.carrying import bare, carried_on, typed_here
from archive.web.frame.errors import Refusal, shown
from archive.web.frame.htmx import into_messages, respond, see_other, wants_fragment
from archive.web.frame.keys import KeptKeySessions
from archive.web.frame.session import current_connection, engine
from archive.web.frame.translating import current_locale

blueprint = Blueprint("signing", __name__)
blueprint.before_app_request(guarding.recognise)

_UNAUTHORIZED: Final = 401
_REFUSED: Final = 422
_TOO_MANY: Final = 429
_BAD_FORM: Final = 400
_FOREIGN: Final = Words(
    "这个表单不是从本站发出的；什么都没有记录。",
    "This form was not sent from this site; nothing was recorded.",
)


@blueprint.record_once
def _share_the_key(state: BlueprintSetupState) -> None:
    if isinstance(state.app, Flask):
        state.app.session_interface = KeptKeySessions()


@blueprint.get("/login")
def show_login() -> Response:
    """Ask for name and password, unless somebody is logged in already."""
    address = guarding.local_address(request.args.get("next", ""))
    if "account" in g:
        return see_other(address)
    return _ask(address)


@blueprint.post("/login")
def log_in() -> Response:
    """Open a session, and go on to where it was asked for."""
    address = guarding.local_address(request.form.get("next", ""))
    try:
        account = _authenticated()
    except ThrottledError as error:
        return _ask(address, error=error.words(current_locale()), status=_TOO_MANY)
    if account is None:
        sentence = gettext("Name and password do not belong together.")
        return _ask(address, error=sentence, status=_REFUSED)
    with writing(engine()) as connection:
        _close_present(connection)
        now = guarding.current_instant()
        token = open_session(connection, account=account, now=now)
        note(connection, deed=LOGGED_IN, about=account.name, account=account.name, now=now)
    session.clear()
    g.account = account
    return guarding.begin(_onward(address), token=token)


@blueprint.post("/logout")
def log_out() -> Response:
    """End the session, here and in the archive."""
    with writing(engine()) as connection:
        if _close_present(connection) and "account" in g:
            by, now = guarding.current_account().name, guarding.current_instant()
            note(connection, deed=LOGGED_OUT, about=by, account=by, now=now)
    session.clear()
    return guarding.end(see_other("/"))


def _authenticated() -> Account | None:
    current_connection()  # says so where the database is not migrated
    return authenticate(
        engine(),
        name=request.form.get("name", ""),
        password=request.form.get("password", ""),
        address=request.remote_addr or "",
        now=guarding.current_instant(),
    )


def _close_present(connection: Connection) -> bool:
    token = guarding.present_token()
    return bool(token) and close_session(connection, token=token)


def _onward(address: str) -> Response:
    fields = bare(carried_on())
    if not fields:
        return see_other(address)
    return respond("admin_carried", "admin_carried", onward=address, fields=fields)


def _ask(address: str, *, error: str = "", status: int = 200, is_ours: bool = True) -> Response:
    return respond(
        "admin_login",
        "admin_login",
        status=status,
        onward=address,
        error=error,
        name=request.form.get("name", "") if is_ours else "",
        carried=carried_on() if is_ours else [],
    )


def _ask_with_what_was_typed(status: int) -> Response:
    return respond(
        "admin_login",
        "admin_login",
        status=status,
        onward=_here(),
        error="",
        name="",
        carried=typed_here(),
    )


def _here() -> str:
    return request.full_path.rstrip("?")


@blueprint.app_errorhandler(Unauthorized)
def ask_first(_error: Unauthorized) -> Response:
    """Send a stranger to the login page; what they typed goes with them."""
    if request.method == "POST" and not wants_fragment():
        return _ask_with_what_was_typed(_UNAUTHORIZED)
    if not wants_fragment():
        return see_other(f"/login?{urlencode({'next': _here()})}")
    sentence = gettext("Your session has ended. Send the form: what you typed is kept.")
    page = render_template("fragments/refusal.html", refusal=Refusal(_UNAUTHORIZED, sentence))
    return into_messages(make_response(page, _UNAUTHORIZED))


@blueprint.app_errorhandler(CSRFError)
def show_again(_error: CSRFError) -> Response:
    """Give a form whose token has ended back to its sender, to be looked at and sent again."""
    guarding.recognise()
    if not request.path.startswith("/admin"):
        sentence = gettext("This form had grown old; here is a fresh one.")
        is_ours = guarding.is_from_here()
        return _ask(guarding.local_address(""), error=sentence, status=_BAD_FORM, is_ours=is_ours)
    if not guarding.is_from_here():
        # Another site's form must not stand on our page as what our reader typed.
        return shown(Refusal(_BAD_FORM, _FOREIGN.in_language(current_locale())))
    if "account" not in g:
        return (
            ask_first(Unauthorized()) if wants_fragment() else _ask_with_what_was_typed(_BAD_FORM)
        )
    return respond(
        "admin_carried",
        "admin_carried",
        status=_BAD_FORM,
        onward=_here(),
        fields=bare(typed_here()),
    )
