"""How the cookies of people who sign in are called.

Behind HTTPS a name begins ``__Host-``: a browser takes such a cookie from this very host alone,
never from a neighbour under the same domain (RFC 6265bis, section 4.1.3.2).
"""

from typing import Final

from flask import request

_SESSION, _FORM = "archive_session", "archive_form"
_THIS_HOST: Final = "__Host-"


def session_cookie(*, secure: bool) -> str:
    """Return the name of the cookie that holds the token of a session."""
    return f"{_THIS_HOST}{_SESSION}" if secure else _SESSION


def form_cookie(*, secure: bool) -> str:
    """Return the name of the cookie that holds what forms and messages need."""
    return f"{_THIS_HOST}{_FORM}" if secure else _FORM


def is_personal() -> bool:
    """Tell whether the reader brought a cookie for whom a page may say what is theirs alone."""
    return any(name.removeprefix(_THIS_HOST) in {_SESSION, _FORM} for name in request.cookies)
