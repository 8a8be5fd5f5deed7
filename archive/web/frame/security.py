"""What protects a reader: the headers of every answer, and the token of every form."""

import json
import secrets
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, g
from flask_wtf.csrf import CSRFProtect, generate_csrf

from archive.settings import Settings
from archive.web.frame.cookies import form_cookie

_CONTENT_SECURITY: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
CONTENT_SECURITY_POLICY: Final = "; ".join(map(" ".join, _CONTENT_SECURITY.items()))
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_POLICIES: Final = frozenset({"Content-Security-Policy", "X-Frame-Options"})
_FRAMED: Final = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
_PICTURE: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"
LARGEST_FORM: Final = 4_000_000
_ONE_YEAR: Final = "max-age=31536000"

csrf: Final = CSRFProtect()


def install(app: Flask) -> None:
    """Protect every answer and every form of *app*."""
    settings: Settings = app.extensions["archive_settings"]
    app.config.update(
        SECRET_KEY=settings.secret_key or secrets.token_hex(32),
        SESSION_COOKIE_NAME=form_cookie(secure=settings.secure_cookies),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
    )
    csrf.init_app(app)
    app.context_processor(_for_templates)
    app.after_request(lambda response: _protect(response, secure=settings.secure_cookies))


def let_frame(response: Response) -> Response:
    """Let any site show *response* in a frame; whoever calls this shows nobody's own things."""
    response.headers["Content-Security-Policy"] = _FRAMED
    return response


def let_style(response: Response) -> Response:
    """Let a picture, in which nothing can run, bring its own style."""
    response.headers["Content-Security-Policy"] = _PICTURE
    return response


def _for_templates() -> dict[str, object]:
    # Readers send no form that changes anything, so they need neither cookie nor token.
    account = g.get("account")
    headers = json.dumps({"X-CSRFToken": generate_csrf()}) if account else ""
    return {"account": account, "csrf_headers": headers}


def _protect(response: Response, *, secure: bool) -> Response:
    # An answer that says "as before" brings no policy: it would take the place of the one before.
    is_new = response.status_code != HTTPStatus.NOT_MODIFIED
    for name, value in HEADERS.items():
        if is_new or name not in _POLICIES:
            response.headers.setdefault(name, value)
    if "frame-ancestors *" in response.headers.get("Content-Security-Policy", ""):
        del response.headers["X-Frame-Options"]
    if secure:
        response.headers.setdefault("Strict-Transport-Security", _ONE_YEAR)
    return response
