"""/admin/account: one's own password and sessions, for everybody who can log in."""

from typing import Final

from flask import Blueprint, Response, flash, request, session
from flask_babel import gettext

from archive.commands.accounts import (
    LONGEST_PASSWORD,
    ROLES,
    SHORTEST_PASSWORD,
    demand_strong,
)
from archive.commands.entering import ThrottledError
from archive.commands.own_account import (
    change_own_password,
    end_other_sessions,
    end_own_session,
    sessions_of,
)
from archive.errors import FieldError
from archive.storage import writing
from archive.web.frame.guarding import (
    begin,
    current_account,
    current_instant,
    demand_account,
    present_token,
)
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection, engine
from archive.web.frame.translating import current_locale

blueprint = Blueprint("own_account", __name__, url_prefix="/admin/account")
blueprint.before_request(demand_account)

_HERE: Final = "/admin/account"
_REFUSED, _TOO_MANY = 422, 429
_PRESENT, _FRESH, _AGAIN = "present_password", "password", "password_again"
_OTHERS: Final = "others"


@blueprint.get("/")
def show_account() -> Response:
    """Show the form for another password, and the sessions there are."""
    return _shown()


@blueprint.post("/")
def change_password() -> Response:
    """Take another password, end all sessions, and go on in a fresh one."""
    errors = _faults()
    if errors:
        return _shown(errors, status=_REFUSED)
    try:
        token = _changed()
    except ThrottledError as error:
        return _shown({_PRESENT: error.words(current_locale())}, status=_TOO_MANY)
    if token is None:
        sentence = gettext("This is not your present password.")
        return _shown({_PRESENT: sentence}, status=_REFUSED)
    session.clear()
    flash(gettext("Your password is changed; all your other sessions have ended."), "done")
    return begin(see_other(_HERE), token=token)


@blueprint.post("/sessions")
def end_sessions() -> Response:
    """End one of one's sessions, or all but the present one."""
    named, account, now = request.form.get("session", ""), current_account(), current_instant()
    with writing(engine()) as connection:
        has_ended = (
            end_other_sessions(connection, account=account, token=present_token(), now=now) > 0
            if named == _OTHERS
            else end_own_session(connection, account=account, mark=named, now=now)
        )
    told = gettext("Ended.") if has_ended else gettext("There was no such session any more.")
    flash(told, "done" if has_ended else "warn")
    return see_other(_HERE)


def _faults() -> dict[str, str]:
    typed = request.form
    errors = {}
    if not typed.get(_PRESENT):
        errors[_PRESENT] = gettext("Your present password is missing.")
    try:
        demand_strong(typed.get(_FRESH, ""), name=current_account().name)
    except FieldError as error:
        accepted = error.accepted.in_language(current_locale())
        errors[_FRESH] = gettext("Not taken as a new password. Wanted: %(what)s.", what=accepted)
    if typed.get(_FRESH, "") != typed.get(_AGAIN, ""):
        errors[_AGAIN] = gettext("The new password was typed in two different ways.")
    return errors


def _changed() -> str | None:
    return change_own_password(
        engine(),
        account=current_account(),
        present=request.form.get(_PRESENT, ""),
        password=request.form.get(_FRESH, ""),
        address=request.remote_addr or "",
        now=current_instant(),
    )


def _shown(errors: dict[str, str] | None = None, *, status: int = 200) -> Response:
    account = current_account()
    live = sessions_of(
        current_connection(), account=account, token=present_token(), now=current_instant()
    )
    return respond(
        "admin_account",
        "admin_account",
        status=status,
        who=account,
        role=ROLES[account.role],
        errors=errors or {},
        sessions=live,
        shortest=SHORTEST_PASSWORD,
        longest=LONGEST_PASSWORD,
    )
