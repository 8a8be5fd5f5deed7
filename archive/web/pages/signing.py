"""/login and /logout; and what becomes of a form whose sender is no longer logged in."""

from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, g, make_response, render_template, request, session
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Unauthorized

from archive.commands.accounts import Account
from archive.commands.entering_twice import open_half
from archive.commands.noting import note
from archive.commands.quotas import FullError
from archive.commands.second_factor import standing
from archive.commands.throttling import ThrottledError
from archive.commands.visits import LOGGED_OUT
from archive.languages import Words
from archive.storage import writing
from archive.web.frame import guarding
from archive.web.frame.carrying import bare, typed_here
from archive.web.frame.entering import (
    ask_code,
    ask_password,
    authenticated,
    close_present,
    enter,
)
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
    return ask_password(address)


@blueprint.post("/login")
def log_in() -> Response:
    """Open a session, and go on to where it was asked for."""
    address = guarding.local_address(request.form.get("next", ""))
    try:
        account = _authenticated()
    except ThrottledError as error:
        return ask_password(address, error=error.words(current_locale()), status=_TOO_MANY)
    if account is None:
        sentence = gettext("Name and password do not belong together.")
        return ask_password(address, error=sentence, status=_REFUSED)
    if standing(current_connection(), account=account).is_set:
        with writing(engine()) as connection:
            now = guarding.current_instant()
            session[guarding.HALF] = open_half(connection, account=account, now=now)
        return ask_code(address)
    return enter(account, address)


@blueprint.post("/logout")
def log_out() -> Response:
    """End the session, here and in the archive."""
    with writing(engine()) as connection:
        if close_present(connection) and "account" in g:
            by, now = guarding.current_account().name, guarding.current_instant()
            note(connection, deed=LOGGED_OUT, about=by, account=by, now=now)
    session.clear()
    return guarding.end(see_other("/"))


def _authenticated() -> Account | None:
    current_connection()  # says so where the database is not migrated
    return authenticated(request.form.get("name", ""), request.form.get("password", ""))


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
    guarding.note_refusal()
    if not request.path.startswith("/admin"):
        sentence = gettext("This form had grown old; here is a fresh one.")
        is_ours = guarding.is_from_here()
        return ask_password(
            guarding.local_address(""), error=sentence, status=_BAD_FORM, is_ours=is_ours
        )
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


@blueprint.app_errorhandler(FullError)
def give_back(error: FullError) -> Response:
    """Say that no more is kept of this person; what they typed is given back."""
    sentence = error.words(current_locale())
    if wants_fragment():
        return shown(Refusal(_REFUSED, sentence))
    fields = bare(typed_here())
    return respond(
        "admin_carried",
        "admin_carried",
        status=_REFUSED,
        onward=_here(),
        fields=fields,
        why=sentence,
    )
