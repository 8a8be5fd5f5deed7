"""/login/code: the second half of a login, for whoever has a second factor."""

from flask import Blueprint, Response, request, session
from flask_babel import gettext

from archive.commands.accounts import Account
from archive.commands.entering_twice import close_half, complete, half_account
from archive.commands.throttling import ThrottledError
from archive.storage import writing
from archive.web.frame import guarding
from archive.web.frame.entering import ask_code, ask_password, enter
from archive.web.frame.guarding import HALF
from archive.web.frame.session import current_connection, current_settings, engine
from archive.web.frame.telling import tell_by_mail
from archive.web.frame.translating import current_locale

blueprint = Blueprint("signing_twice", __name__, url_prefix="/login/code")

_REFUSED, _TOO_MANY = 422, 429


@blueprint.get("/")
def show_code() -> Response:
    """Ask for the second factor, or for the password where that is not shown yet."""
    address = guarding.local_address(request.args.get("next", ""))
    return ask_code(address) if _half() else ask_password(address)


@blueprint.post("/")
def take_code() -> Response:
    """Open a session if the code is right, and go on to where it was asked for."""
    address = guarding.local_address(request.form.get("next", ""))
    account = _half()
    if account is None:
        sentence = gettext("That took too long; enter your name and password again.")
        return ask_password(address, error=sentence, status=_REFUSED)
    try:
        is_right = _completed(account)
    except ThrottledError as error:
        return ask_code(address, error=error.words(current_locale()), status=_TOO_MANY)
    tell_by_mail()
    if not is_right:
        sentence = gettext("This code is not taken: it is wrong, too old, or was used before.")
        return ask_code(address, error=sentence, status=_REFUSED)
    with writing(engine()) as connection:
        close_half(connection, token=session.get(HALF, ""))
    return enter(account, address)


def _half() -> Account | None:
    token, now = session.get(HALF, ""), guarding.current_instant()
    return half_account(current_connection(), token=token, now=now) if token else None


def _completed(account: Account) -> bool:
    return complete(
        engine(),
        account=account,
        code=request.form.get("code", ""),
        secret_key=current_settings().secret_key,
        address=request.remote_addr or "",
        now=guarding.current_instant(),
    )
