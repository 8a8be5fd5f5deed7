"""/admin/account: one's own password and sessions, for everybody who can log in."""

from typing import Final

from flask import Blueprint, Response, flash, json, make_response, request, session
from flask_babel import gettext

from archive.commands.accounts import ROLES, change_mail, mail_of
from archive.commands.guessing import STRENGTHS, strength
from archive.commands.hashing import LONGEST_PASSWORD, SHORTEST_PASSWORD, demand_strong
from archive.commands.noticing import put_aside, unread
from archive.commands.own_account import (
    change_own_password,
    end_other_sessions,
    end_own_session,
    sessions_of,
)
from archive.commands.people import kept_of
from archive.commands.second_factor import standing
from archive.commands.throttling import ThrottledError
from archive.errors import FieldError
from archive.storage import writing
from archive.web.frame.entering import authenticated
from archive.web.frame.guarding import (
    begin,
    current_account,
    current_instant,
    demand_account,
    present_token,
)
from archive.web.frame.htmx import respond, see_other
from archive.web.frame.session import current_connection, current_settings, engine
from archive.web.frame.telling import tell_by_mail
from archive.web.frame.translating import current_locale

blueprint = Blueprint("own_account", __name__, url_prefix="/admin/account")
blueprint.before_request(demand_account)

_HERE: Final = "/admin/account"
_REFUSED, _TOO_MANY = 422, 429
_PRESENT, _FRESH, _AGAIN = "present_password", "password", "password_again"
_MAIL_PASSWORD: Final = "password_for_mail"  # noqa: S105 - the name of a field
_MAIL, _LONGEST_NUMBER = "mail", 18
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
    tell_by_mail()
    flash(gettext("Your password is changed; all your other sessions have ended."), "done")
    flash(gettext("How hard your new password is to guess: %(how)s.", how=_strength()), "done")
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
    tell_by_mail()
    told = gettext("Ended.") if has_ended else gettext("There was no such session any more.")
    flash(told, "done" if has_ended else "warn")
    return see_other(_HERE)


@blueprint.post("/strength")
def show_strength() -> Response:
    """Tell how hard a new password is to guess, while it is typed; nothing is kept."""
    return respond("admin_strength", "admin_strength", strength=_strength())


@blueprint.post("/mail")
def take_mail() -> Response:
    """Let notices be mailed to another address, if the present password is right."""
    typed, account, now = request.form.get(_MAIL, ""), current_account(), current_instant()
    try:
        if not _is_present_password(_MAIL_PASSWORD):
            sentence = gettext("This is not your present password.")
            return _shown({_MAIL_PASSWORD: sentence}, status=_REFUSED, mail=typed)
        with writing(engine()) as connection:
            change_mail(connection, name=account.name, mail=typed, now=now, by=account.name)
    except ThrottledError as error:
        told = {_MAIL_PASSWORD: error.words(current_locale())}
        return _shown(told, status=_TOO_MANY, mail=typed)
    except FieldError as error:
        told = {_MAIL: error.words(current_locale())}
        return _shown(told, status=_REFUSED, mail=typed)
    tell_by_mail()
    flash(gettext("The address for notices is changed."), "done")
    return see_other(_HERE)


@blueprint.post("/notices")
def put_notices_aside() -> Response:
    """Put aside the notices that were shown."""
    shown = request.form.get("until", "")
    until = int(shown) if shown.isdecimal() and len(shown) <= _LONGEST_NUMBER else 0
    with writing(engine()) as connection:
        put_aside(connection, name=current_account().name, until=until, now=current_instant())
    return see_other(_HERE)


@blueprint.get("/data")
def give_data() -> Response:
    """Give people a file of all that is kept of them beside the log."""
    kept = kept_of(current_connection(), name=current_account().name)
    response = make_response(json.dumps(kept, ensure_ascii=False, indent=1))
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = 'attachment; filename="account.json"'
    return response


def _is_present_password(field: str) -> bool:
    return authenticated(current_account().name, request.form.get(field, "")) is not None


def _strength() -> str:
    typed = request.form.get(_FRESH, "")[:LONGEST_PASSWORD]
    place = strength(typed, name=current_account().name)
    return STRENGTHS[place].in_language(current_locale())


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
        pepper=current_settings().password_key,
    )


def _shown(
    errors: dict[str, str] | None = None, *, status: int = 200, mail: str | None = None
) -> Response:
    account, connection = current_account(), current_connection()
    live = sessions_of(connection, account=account, token=present_token(), now=current_instant())
    return respond(
        "admin_account",
        "admin_account",
        status=status,
        who=account,
        role=ROLES[account.role],
        errors=errors or {},
        sessions=live,
        notices=unread(connection, name=account.name),
        standing=standing(connection, account=account),
        mail=mail_of(connection, name=account.name) if mail is None else mail,
        is_mailed=bool(current_settings().mail_url),
        strength=_strength() if request.form.get(_FRESH) else "",
        shortest=SHORTEST_PASSWORD,
        longest=LONGEST_PASSWORD,
    )
