"""/admin/account/second-factor: one-time codes set up, shown once, and taken away again."""

from collections.abc import Sequence
from typing import Final

import segno
from flask import Blueprint, Response, flash, request
from flask_babel import gettext
from markupsafe import Markup

from archive.commands.accounts import ROLES
from archive.commands.entering_twice import complete
from archive.commands.own_account import end_other_sessions
from archive.commands.second_factor import (
    NoSetUpError,
    address_of,
    begin_factor,
    confirm_factor,
    remove_factor,
    renew_codes,
    standing,
    unconfirmed_secret,
)
from archive.commands.throttling import ThrottledError
from archive.storage import writing
from archive.web.frame.entering import authenticated
from archive.web.frame.guarding import (
    current_account,
    current_instant,
    demand_account,
    must_set_second_factor,
    present_token,
)
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection, current_settings, engine
from archive.web.frame.telling import tell_by_mail
from archive.web.frame.translating import current_locale

blueprint = Blueprint("second_factor", __name__, url_prefix="/admin/account/second-factor")
blueprint.before_request(demand_account)

_HERE: Final = "/admin/account"
_REFUSED: Final = 422
_PRESENT, _CODE = "present_password", "code"
_GROUP: Final = 4

Errors = dict[str, str]


@blueprint.get("/")
def show_factor() -> Response:
    """Show whether there is a second factor, and the way to set one up."""
    return _shown({})


@blueprint.post("/begin")
def begin() -> Response:
    """Show a fresh secret, this once, to be confirmed by a code."""
    errors = _password_faults()
    if errors:
        return _shown(errors)
    with writing(engine()) as connection:
        secret = begin_factor(
            connection,
            account=current_account(),
            secret_key=current_settings().secret_key,
            now=current_instant(),
        )
    return _shown({}, secret=secret)


@blueprint.post("/confirm")
def confirm() -> Response:
    """Set the second factor if the code is right, end all other sessions, show recovery codes."""
    account, now = current_account(), current_instant()
    key = current_settings().secret_key
    with writing(engine()) as connection:
        codes = confirm_factor(
            connection,
            account=account,
            code=request.form.get(_CODE, ""),
            secret_key=key,
            now=now,
        )
        if codes:
            end_other_sessions(connection, account=account, token=present_token(), now=now)
    if codes:
        return _told(codes)
    secret = unconfirmed_secret(current_connection(), account=account, secret_key=key)
    sentence = gettext("This code is wrong. Is the clock of your device right?")
    return _shown({_CODE: sentence}, secret=secret or "")


@blueprint.post("/codes")
def renew() -> Response:
    """Show fresh recovery codes, this once; the old ones are void."""
    errors = _password_faults()
    if errors:
        return _shown(errors)
    with writing(engine()) as connection:
        codes = renew_codes(connection, account=current_account(), now=current_instant())
    return _told(codes)


@blueprint.post("/remove")
def remove() -> Response:
    """Take the second factor away, if the password and a code are right."""
    if must_set_second_factor():
        return _shown({_CODE: gettext("Administrators of this site need a second factor.")})
    if not standing(current_connection(), account=current_account()).is_set:
        raise NoSetUpError
    errors = _password_faults() or _code_faults()
    if errors:
        return _shown(errors)
    with writing(engine()) as connection:
        remove_factor(connection, account=current_account(), now=current_instant())
    tell_by_mail()
    flash(gettext("The second factor was removed."), "done")
    return see_other(_HERE)


def _password_faults() -> Errors:
    try:
        is_own = authenticated(current_account().name, request.form.get(_PRESENT, ""))
    except ThrottledError as error:
        return {_PRESENT: error.words(current_locale())}
    return {} if is_own else {_PRESENT: gettext("This is not your present password.")}


def _code_faults() -> Errors:
    try:
        is_right = complete(
            engine(),
            account=current_account(),
            code=request.form.get(_CODE, ""),
            secret_key=current_settings().secret_key,
            address=request.remote_addr or "",
            now=current_instant(),
        )
    except ThrottledError as error:
        return {_CODE: error.words(current_locale())}
    tell_by_mail()
    wrong = gettext("This code is not taken: it is wrong, too old, or was used before.")
    return {} if is_right else {_CODE: wrong}


def _told(codes: Sequence[str]) -> Response:
    tell_by_mail()
    return _shown({}, codes=codes)


def _shown(errors: Errors, *, secret: str = "", codes: Sequence[str] = ()) -> Response:
    account = current_account()
    address = address_of(secret, account=account) if secret else ""
    return respond(
        "admin_factor",
        "admin_factor",
        status=_REFUSED if errors else 200,
        who=account,
        role=ROLES[account.role],
        errors=errors,
        is_required=must_set_second_factor(),
        standing=standing(current_connection(), account=account),
        secret=" ".join(secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP)),
        otpauth=address,
        picture=_picture(address) if address else "",
        codes=codes,
    )


def _picture(address: str) -> Markup:
    drawn = segno.make(address, error="m").svg_inline(
        border=4, light="#fff", svgclass="factor-picture", lineclass=None, omitsize=True
    )
    return Markup(drawn)  # noqa: S704 - a drawing of squares; the address is not in it as text
